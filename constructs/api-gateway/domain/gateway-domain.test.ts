import { DnsZone } from "../../network/dns-zone";
import { refusals, synthesized } from "../../testing";
import { gatewayByName } from "../gateway";
import { usualRules } from "./attack-rules";
import { GatewayDomain, type GatewayDomainProps } from "./gateway-domain";

const props: GatewayDomainProps = {
  name: "shop-edge",
  domains: ["api.shop.example"],
  gateway: gatewayByName("shop-gateway", "europe-west1"),
};

function build(change: Partial<GatewayDomainProps> = {}) {
  return synthesized((stack) => new GatewayDomain(stack, "domain", { ...props, ...change }));
}

interface Rule {
  readonly action: string;
  readonly priority: number;
  readonly preview?: boolean;
  readonly match: { readonly expr?: { readonly expression: string } };
  readonly rate_limit_options?: object;
}

function rules(change: Partial<GatewayDomainProps> = {}): Rule[] {
  return build(change).one("google_compute_security_policy").rule as Rule[];
}

describe("GatewayDomain", () => {
  test("leads from an address over HTTPS to the gateway", () => {
    const { one, all } = build();
    expect(one("google_compute_region_network_endpoint_group")).toMatchObject({
      provider: "google-beta",
      region: "europe-west1",
      network_endpoint_type: "SERVERLESS",
      serverless_deployment: { platform: "apigateway.googleapis.com", resource: "shop-gateway" },
      lifecycle: { create_before_destroy: true },
    });
    const reference = (type: string, attribute = "id") =>
      expect.stringMatching(new RegExp(`\\$\\{google_${type}\\.[^}]*\\.${attribute}\\}$`));
    expect(one("google_compute_backend_service")).toMatchObject({
      backend: [{ group: reference("compute_region_network_endpoint_group") }],
      security_policy: reference("compute_security_policy"),
      log_config: { enable: true, sample_rate: 1 },
      load_balancing_scheme: "EXTERNAL_MANAGED",
    });
    expect(one("google_compute_target_https_proxy")).toMatchObject({
      certificate_map: reference("certificate_manager_certificate_map"),
      ssl_policy: reference("compute_ssl_policy"),
    });
    expect(all("google_compute_global_forwarding_rule")).toEqual([
      expect.objectContaining({ port_range: "80", target: reference("compute_target_http_proxy") }),
      expect.objectContaining({ port_range: "443", target: reference("compute_target_https_proxy") }),
    ]);
  });

  test("speaks TLS 1.2 or newer only, and sends plain HTTP on", () => {
    const { one, all } = build({ httpsOnly: "30 days" });
    expect(one("google_compute_ssl_policy")).toMatchObject({ profile: "MODERN", min_tls_version: "TLS_1_2" });
    expect(all("google_compute_url_map")).toContainEqual(
      expect.objectContaining({
        default_url_redirect: {
          https_redirect: true,
          strip_query: false,
          redirect_response_code: "MOVED_PERMANENTLY_DEFAULT",
        },
      }),
    );
    expect(one("google_compute_backend_service").custom_response_headers).toEqual([
      "Strict-Transport-Security: max-age=2592000; includeSubDomains",
    ]);
  });

  test("has a certificate for each domain, so that a further one touches none of the others", () => {
    const one = build().resources;
    const two = build({ domains: ["api.shop.example", "api.shop.test"] }).resources;
    const type = "google_certificate_manager_certificate";
    expect(Object.keys(two[type] ?? {})).toHaveLength(2);
    expect(two[type]).toMatchObject(one[type] ?? {});
  });

  test("puts what DNS needs into a zone, or tells it", () => {
    const { all } = synthesized((stack) => {
      const zone = new DnsZone(stack, "zone", { name: "shop", domain: "shop.example" });
      const domain = new GatewayDomain(stack, "domain", { ...props, ipv6: true, zone });
      expect(domain.records.map(({ name, type }) => `${name} ${type}`)).toEqual([
        "api.shop.example A",
        "api.shop.example AAAA",
        "_acme-challenge.api.shop.example CNAME",
      ]);
    });
    expect(all("google_dns_record_set").map(({ name, type }) => `${name} ${type}`)).toEqual([
      "_acme-challenge.api.shop.example. CNAME",
      "api.shop.example. A",
      "api.shop.example. AAAA",
    ]);
  });

  test("spreads over the gateway's regions, and leaves out one that fails", () => {
    const { all, one } = build({ gateway: gatewayByName("shop-gateway", "europe-west1", "us-east1") });
    const groups = all("google_compute_region_network_endpoint_group");
    expect(new Set(groups.map(({ name }) => name)).size).toBe(2);
    expect(one("google_compute_backend_service")).toMatchObject({
      outlier_detection: { consecutive_errors: 5 },
    });
    expect(build().one("google_compute_backend_service")).not.toHaveProperty("outlier_detection");
  });

  test("points to another gateway by a group of another name", () => {
    const nameOf = (id: string) =>
      build({ gateway: gatewayByName(id, "europe-west1") }).one(
        "google_compute_region_network_endpoint_group",
      ).name;
    expect(nameOf("one")).not.toBe(nameOf("two"));
  });

  test("blocks what OWASP's rules know, slows down who calls too often, and lets the rest in, in this order", () => {
    const usual = rules();
    expect(usual.map(({ action }) => action)).toEqual([
      ...Object.keys(usualRules).map(() => "deny(403)"),
      "throttle",
      "allow",
    ]);
    expect(usual.map(({ priority }) => priority)).toEqual(
      usual.map(({ priority }) => priority).sort((a, b) => a - b),
    );
    expect(usual[0]?.match.expr?.expression).toBe(
      "evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 1})",
    );
    expect(usual.at(-2)?.rate_limit_options).toMatchObject({
      exceed_action: "deny(429)",
      rate_limit_threshold: { count: 600, interval_sec: 60 },
    });
  });

  test("takes sensitivities, exceptions, ranges, countries and bans", () => {
    const some = rules({
      protection: {
        rateLimit: { calls: 50, within: "10 seconds", ban: "5 minutes" },
        attacks: { "sql-injection": 3, php: 1, nodejs: "off" },
        withoutRules: { "sql-injection": ["owasp-crs-v030301-id942110-sqli"] },
        trusted: ["192.0.2.0/24"],
        blocked: ["2001:db8::/32"],
        blockedCountries: ["XB", "XA"],
        mode: "watch",
      },
    });
    const expressions = some.map(({ match }) => match.expr?.expression ?? "");
    expect(expressions).toContain(
      "evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 3, 'opt_out_rule_ids': ['owasp-crs-v030301-id942110-sqli']})",
    );
    expect(expressions).toContain("origin.region_code == 'XA' || origin.region_code == 'XB'");
    expect(expressions.join()).toContain("php-v33-stable");
    expect(expressions.join()).not.toContain("nodejs");
    expect(some.find(({ action }) => action === "rate_based_ban")?.rate_limit_options).toMatchObject({
      ban_duration_sec: 300,
    });
    expect(some.filter(({ action, preview }) => action !== "allow" && !preview)).toEqual([]);
    expect(some[0]).toMatchObject({ action: "allow", preview: false });
  });

  test("reports everything that is wrong at once", () => {
    const wrong: Partial<GatewayDomainProps> = {
      name: "Shop",
      domains: ["Shop", "a.example", "a.example"],
      gateway: gatewayByName("shop-gateway"),
      logShare: 0,
      httpsOnly: "1 hour",
      protection: {
        rateLimit: { calls: 0, within: "7 seconds", ban: "1 second" },
        trusted: ["10.0.0.0/33", "nowhere"],
        blockedCountries: ["Germany"],
        withoutRules: { php: ["a b"] },
      },
    };
    expect(refusals(() => build(wrong)).map((one) => one.split(":")[0])).toEqual([
      "name",
      "domains",
      "domains",
      "gateway.regions",
      "logShare",
      "httpsOnly",
      "protection.rateLimit.calls",
      "protection.rateLimit.within",
      "protection.rateLimit.ban",
      "protection.withoutRules.php",
      "protection.trusted",
      "protection.trusted",
      "protection.blockedCountries",
    ]);
  });

  test("keeps every name within 63 characters, with the longest name that it takes", () => {
    const { resources } = build({
      name: "n".repeat(40),
      ipv6: true,
      domains: ["a".repeat(52).concat(".example")],
    });
    const names = Object.values(resources).flatMap((ofType) =>
      Object.values(ofType).map(({ name }) => String(name)),
    );
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(63);
    expect(refusals(() => build({ name: "n".repeat(41) }))).toHaveLength(1);
  });

  test("stands twice in one stack", () => {
    const { all } = synthesized((stack) => {
      new GatewayDomain(stack, "one", props);
      new GatewayDomain(stack, "two", { ...props, name: "other-edge", domains: ["api.other.example"] });
    });
    const names = all("google_compute_url_map").map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
  });

  test("hands its configurations to transform last", () => {
    const { one } = build({
      balancer: "classic",
      transform: {
        backend: (config) => {
          config.description = "Changed";
        },
        tls: (config) => {
          config.profile = "RESTRICTED";
        },
      },
      protection: {
        transform: {
          policy: (config) => {
            config.description = "Changed too";
          },
        },
      },
    });
    expect(one("google_compute_backend_service")).toMatchObject({
      description: "Changed",
      load_balancing_scheme: "EXTERNAL",
    });
    expect(one("google_compute_ssl_policy")).toMatchObject({ profile: "RESTRICTED" });
    expect(one("google_compute_security_policy")).toMatchObject({ description: "Changed too" });
  });
});
