import fc from "fast-check";
import { built, refusals, synthesized } from "../testing";
import { type DispatchRule, DispatchRules } from "./dispatch-rules";
import { DomainMapping } from "./domain-mapping";
import { Firewall, type FirewallRule } from "./firewall";
import { serviceByName } from "./service";
import { ServiceIngress } from "./service-ingress";
import { StandardService } from "./standard-service";
import { account, artifact, connector, settings } from "./trial";

const RULE = "google_app_engine_firewall_rule";
const orders = serviceByName("orders");
const office: FirewallRule = {
  priority: 100,
  from: "203.0.113.0/24",
  action: "allow",
  reason: "The office.",
};

describe("DispatchRules", () => {
  const dispatch = (rules: readonly DispatchRule[]) =>
    synthesized((stack) => new DispatchRules(stack, "dispatch", { rules }));

  test("name hosts, paths and services in their order, after the services are there", () => {
    const { one } = synthesized((stack) => {
      const service = new StandardService(stack, "orders", {
        service: "orders",
        versions: [{ id: "v20261118-aa01b77", artifact: artifact("1"), settings }],
        traffic: { "v20261118-aa01b77": 1 },
        shardBy: "RANDOM",
        account,
        connector,
      });
      new DispatchRules(stack, "dispatch", {
        rules: [
          { path: "/orders/*", service },
          { host: "*.shop.example", path: "/*", service: serviceByName("catalogue") },
        ],
      });
    });
    expect(one("google_app_engine_application_url_dispatch_rules")).toMatchObject({
      dispatch_rules: [
        { domain: "*", path: "/orders/*", service: "orders" },
        { domain: "*.shop.example", path: "/*", service: "catalogue" },
      ],
      depends_on: [expect.stringMatching(/^google_app_engine_standard_app_version\.orders_/)],
    });
  });

  test("hand their configuration to transform last", () => {
    const { one } = synthesized((stack) => {
      new DispatchRules(stack, "dispatch", {
        rules: [{ path: "/*", service: orders }],
        transform: {
          rules: (config) => {
            config.dispatchRules = [];
          },
        },
      });
    });
    expect(one("google_app_engine_application_url_dispatch_rules")).toMatchObject({ dispatch_rules: [] });
  });

  test("refuse what is no host or path, what is too long, and what an earlier rule hides", () => {
    expect(
      refusals(() =>
        dispatch([
          { host: "shop", path: "orders", service: orders },
          { path: "/a/*/b", service: serviceByName("Orders") },
          { host: "shop.example", path: `/${"x".repeat(90)}`, service: orders },
          { path: "/shop/*", service: orders },
          { host: "shop.example", path: "/shop/cart", service: orders },
        ]),
      ),
    ).toEqual([
      "rules[0].host: a host such as shop.example or *.shop.example",
      "rules[0].path: a path that starts with /, with at most one * at its end",
      "rules[1].path: a path that starts with /, with at most one * at its end",
      expect.stringContaining("rules[1].service: 1 to 63"),
      "rules[2].path: at most 100",
      "rules[4]: a place before that rule",
    ]);
    expect(refusals(() => dispatch([]))).toEqual(["rules: 1 to 20"]);
  });
});

describe("Firewall", () => {
  test("allows before it denies, and denies everybody else just before App Engine's own rule", () => {
    const { all } = synthesized((stack) => {
      new Firewall(stack, "firewall", {
        rules: [{ priority: 50, from: "203.0.113.7", action: "deny", reason: "A noisy host." }, office],
        otherwise: "deny",
      });
    });
    const allowed = [expect.stringMatching(/^google_app_engine_firewall_rule\.firewall_rule-100_/)];
    expect(all(RULE)).toMatchObject([
      { priority: 100, source_range: "203.0.113.0/24", action: "ALLOW", description: "The office." },
      { priority: 2_147_483_646, source_range: "*", action: "DENY", depends_on: allowed },
      { priority: 50, source_range: "203.0.113.7", action: "DENY", depends_on: allowed },
    ]);
  });

  test("makes a moved rule anew, because the cloud can't move it", () => {
    const idsWith = (priority: number) =>
      Object.keys(
        synthesized((stack) => new Firewall(stack, "f", { rules: [{ ...office, priority }] })).resources[
          RULE
        ] ?? {},
      );
    expect(idsWith(100)).not.toEqual(idsWith(200));
  });

  test("refuses priorities that are taken or App Engine's, and what is no range", () => {
    expect(
      refusals(() =>
        synthesized((stack) => {
          new Firewall(stack, "firewall", {
            rules: [
              office,
              { ...office, from: "203.0.113.1/24" },
              { ...office, priority: 2_147_483_647, from: "everywhere", reason: "" },
            ],
          });
        }),
      ),
    ).toEqual([
      "rules[1].priority: each priority once",
      "rules[1].from: an address, a range without host bits such as 203.0.113.0/24, or *",
      "rules[2].priority: a whole number from 1 to 2147483645",
      "rules[2].from: an address, a range without host bits such as 203.0.113.0/24, or *",
      "rules[2].reason: why, in at most 100 characters",
    ]);
  });

  test("takes every address, and a range only by its first address", () => {
    const accepted = (from: string) => {
      try {
        built((stack) => new Firewall(stack, "f", { rules: [{ ...office, from }] }));
        return true;
      } catch {
        return false;
      }
    };
    expect(["2001:db8::/32", "::/0", "::ffff:192.0.2.0/120", "0.0.0.0/0"].filter(accepted)).toHaveLength(4);
    expect(["2001:db8::1/32", "1.2.3.4/33", "1.2.3/8", "10.0.0.0/8/8"].filter(accepted)).toEqual([]);
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(accepted(address)).toBe(true);
        expect(accepted(`${address}/128`)).toBe(true);
      }),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 32 }),
        (number, length) => {
          const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
          expect(accepted(`${address}/${length}`)).toBe(number % 2 ** (32 - length) === 0);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("ServiceIngress", () => {
  test.each([
    ["all", "INGRESS_TRAFFIC_ALLOWED_ALL"],
    ["internal", "INGRESS_TRAFFIC_ALLOWED_INTERNAL_ONLY"],
    ["internal-and-load-balancer", "INGRESS_TRAFFIC_ALLOWED_INTERNAL_AND_LB"],
  ] as const)("lets %s in, by an id that carries the service's name", (ingress, setting) => {
    const { resources } = synthesized(
      (stack) => new ServiceIngress(stack, "ingress", { service: orders, ingress }),
    );
    expect(Object.entries(resources.google_app_engine_service_network_settings ?? {})).toMatchObject([
      [
        expect.stringContaining("orders"),
        { service: "orders", network_settings: { ingress_traffic_allowed: setting } },
      ],
    ]);
  });

  test("hands its configuration to transform last, and refuses what is no service", () => {
    const { one } = synthesized((stack) => {
      new ServiceIngress(stack, "ingress", {
        service: orders,
        ingress: "all",
        transform: {
          settings: (config) => {
            config.timeouts = { create: "30m" };
          },
        },
      });
    });
    expect(one("google_app_engine_service_network_settings")).toMatchObject({ timeouts: { create: "30m" } });
    expect(
      refusals(() =>
        synthesized(
          (stack) => new ServiceIngress(stack, "i", { service: serviceByName("a-dot-b"), ingress: "all" }),
        ),
      ),
    ).toHaveLength(1);
  });
});

describe("DomainMapping", () => {
  test("has a certificate of Google's, or one's own, and takes nothing from others unasked", () => {
    const { all } = synthesized((stack) => {
      new DomainMapping(stack, "www", { domain: "www.shop.example" });
      new DomainMapping(stack, "top", {
        domain: "shop.example",
        certificate: { certificateId: "12345" },
        takeOver: true,
        transform: {
          mapping: (config) => {
            config.timeouts = { create: "1h" };
          },
        },
      });
    });
    expect(all("google_app_engine_domain_mapping")).toMatchObject([
      {
        domain_name: "shop.example",
        override_strategy: "OVERRIDE",
        ssl_settings: { ssl_management_type: "MANUAL", certificate_id: "12345" },
        timeouts: { create: "1h" },
      },
      {
        domain_name: "www.shop.example",
        override_strategy: "STRICT",
        ssl_settings: { ssl_management_type: "AUTOMATIC" },
      },
    ]);
  });

  test("refuses what is no domain or certificate, and takes the longest label", () => {
    const build = (domain: string, certificateId = "1") =>
      synthesized((stack) => {
        new DomainMapping(stack, "d", { domain, certificate: { certificateId } });
      });
    expect(() => build(`${"a".repeat(63)}.shop.example`)).not.toThrow();
    expect(refusals(() => build(`${"a".repeat(64)}.example`, "abc"))).toEqual([
      "domain: a domain such as shop.example, in lowercase",
      "certificate.certificateId: the number of an uploaded certificate",
    ]);
  });
});
