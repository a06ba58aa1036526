import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const BACKEND = "google_compute_backend_service";
const ENDPOINTS = "google_compute_region_network_endpoint_group";
const FORWARDING = "google_compute_global_forwarding_rule";
const HTTPS = "google_compute_target_https_proxy";
const POLICY = "google_compute_security_policy";
const TLS = "google_compute_ssl_policy";
const URLS = "google_compute_url_map";
const ADDRESS = "google_compute_global_address";
const AUTHORIZATION = "google_certificate_manager_dns_authorization";
const CERTIFICATE = "google_certificate_manager_certificate";
const ENTRY = "google_certificate_manager_certificate_map_entry";
const MAP = "google_certificate_manager_certificate_map";

describe("load balancing", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  const id = ({ id }: ObjectValue) => id ?? null;

  /** Everything from the address to the group of endpoints, each naming the next. */
  async function balancer() {
    const endpoints = await trial.created(ENDPOINTS, {
      name: "shop",
      region: "europe-west1",
      serverless_deployment: [{ platform: "apigateway.googleapis.com", resource: "shop" }],
    });
    const policy = await trial.created(POLICY, { name: "shop" });
    const backend = await trial.created(BACKEND, {
      name: "shop",
      backend: [{ group: id(endpoints) }],
      security_policy: id(policy),
    });
    const urls = await trial.created(URLS, { name: "shop", default_service: id(backend) });
    const tls = await trial.created(TLS, { name: "shop", profile: "MODERN" });
    const map = await trial.created(MAP, { name: "shop" });
    const https = await trial.created(HTTPS, {
      name: "shop",
      url_map: urls.self_link ?? null,
      ssl_policy: id(tls),
      certificate_map: `//certificatemanager.googleapis.com/${String(map.id)}`,
    });
    const address = await trial.created(ADDRESS, { name: "shop" });
    const forwarding = await trial.created(FORWARDING, {
      name: "shop",
      target: id(https),
      ip_address: address.address ?? null,
      port_range: "443",
    });
    return { endpoints, policy, backend, urls, tls, map, https, address, forwarding };
  }

  test("GIVEN a load balancer WHEN what something names is destroyed THEN it is refused, from the front it goes", async () => {
    const made = await balancer();
    const types = [
      [ENDPOINTS, made.endpoints],
      [POLICY, made.policy],
      [BACKEND, made.backend],
      [URLS, made.urls],
      [TLS, made.tls],
      [MAP, made.map],
      [HTTPS, made.https],
      [ADDRESS, made.address],
    ] as const;
    for (const [type, state] of types) {
      expect([type, errorsOf(await trial.destroy(type, state))]).toEqual([
        type,
        [expect.stringMatching(/already being used by|is referenced by/)],
      ]);
    }
    for (const [type, state] of [[FORWARDING, made.forwarding] as const, ...[...types].reverse()]) {
      expect([type, (await trial.destroy(type, state)).state]).toEqual([type, null]);
    }
  });

  test("GIVEN nothing WHEN something names it THEN 404", async () => {
    const missing = "projects/acme-dev/global/backendServices/none";
    expect(errorsOf(await trial.create(URLS, { name: "shop", default_service: missing }))[0]).toContain(
      `Error 404: The resource '${missing}' was not found`,
    );
    const proxy = { name: "shop", target: "projects/acme-dev/global/targetHttpsProxies/none" };
    expect(errorsOf(await trial.create(FORWARDING, proxy))[0]).toContain("Error 404");
  });

  test("GIVEN serverless endpoints WHEN a time limit is set THEN it is refused", async () => {
    const { endpoints } = await balancer();
    const other = { name: "other", backend: [{ group: id(endpoints) }], timeout_sec: 60 };
    expect(errorsOf(await trial.create(BACKEND, other))[0]).toContain("Timeout sec is not supported");
  });

  test("GIVEN a load balancer THEN its values look real", async () => {
    const { policy, tls, address, forwarding, backend } = await balancer();
    expect(policy.self_link).toBe(
      "https://www.googleapis.com/compute/v1/projects/acme-dev/global/securityPolicies/shop",
    );
    expect(tls.enabled_features).toContain("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    expect(address.address).toMatch(/^203\.0\.113\.\d+$/);
    expect(forwarding).toMatchObject({ network_tier: "PREMIUM", psc_connection_id: "" });
    expect(backend).toMatchObject({ timeout_sec: 30, session_affinity: "NONE" });
    const six = await trial.created(ADDRESS, { name: "six", ip_version: "IPV6" });
    expect(six.address).toMatch(/^2001:db8:/);
  });
});

describe("Certificate Manager", () => {
  test("GIVEN a certificate in a map THEN its record can be put into DNS, and nothing that is named can go", async () => {
    const trial = new TrialCloud();
    const authorization = await trial.created(AUTHORIZATION, { name: "api", domain: "api.shop.example" });
    const certificate = await trial.created(CERTIFICATE, {
      name: "api",
      managed: [{ domains: ["api.shop.example"], dns_authorizations: [authorization.id ?? null] }],
    });
    const map = await trial.created(MAP, { name: "shop" });
    const entry = await trial.created(ENTRY, {
      name: "api",
      map: "shop",
      hostname: "api.shop.example",
      certificates: [certificate.id ?? null],
    });

    expect(authorization).toMatchObject({
      type: "FIXED_RECORD",
      dns_resource_record: [
        {
          name: "_acme-challenge.api.shop.example.",
          type: "CNAME",
          data: expect.stringMatching(/\.authorize\.certificatemanager\.goog\.$/),
        },
      ],
    });
    expect(certificate.san_dnsnames).toEqual(["api.shop.example"]);
    for (const [type, state] of [
      [AUTHORIZATION, authorization],
      [CERTIFICATE, certificate],
      [MAP, map],
    ] as const) {
      expect([type, errorsOf(await trial.destroy(type, state)).length]).toEqual([type, 1]);
    }
    for (const [type, state] of [
      [ENTRY, entry],
      [MAP, map],
      [CERTIFICATE, certificate],
      [AUTHORIZATION, authorization],
    ] as const) {
      expect([type, (await trial.destroy(type, state)).state]).toEqual([type, null]);
    }
    await trial.close();
  });
});
