import { refusals, synthesized } from "../testing";
import type { DnsRecord } from "./dns-records";
import { DnsZone, type DnsZoneProps } from "./dns-zone";
import { networkNamed } from "./network-name";

const props: DnsZoneProps = { name: "shop", domain: "shop.example" };
const zone = (change: Partial<DnsZoneProps> = {}) =>
  synthesized((stack) => new DnsZone(stack, "zone", { ...props, ...change })).one("google_dns_managed_zone");
const record = (given: DnsRecord) =>
  synthesized((stack) => new DnsZone(stack, "zone", props).addRecord("record", given)).one(
    "google_dns_record_set",
  );

describe("DnsZone", () => {
  test("is signed, logs questions, and stays", () => {
    expect(zone()).toMatchObject({
      dns_name: "shop.example.",
      visibility: "public",
      dnssec_config: { state: "on", non_existence: "nsec3" },
      cloud_logging_config: { enable_logging: true },
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("may be seen by networks alone, and is then not signed: nobody could check it", () => {
    const made = zone({ privateTo: [networkNamed("shop-dev", "dev-network")], protected: false });
    expect(made).toMatchObject({
      visibility: "private",
      private_visibility_config: {
        networks: [{ network_url: "projects/shop-dev/global/networks/dev-network" }],
      },
      lifecycle: { prevent_destroy: false },
    });
    expect(made).not.toHaveProperty("dnssec_config");
  });

  test("refuses names that are none", () => {
    for (const domain of ["shop.example.", "Shop.example", "", "a..b", "-a.example"]) {
      expect(refusals(() => zone({ domain }))).toHaveLength(1);
    }
    expect(refusals(() => zone({ name: "z".repeat(64) }))).toHaveLength(1);
    expect(() => zone({ name: "z".repeat(63) })).not.toThrow();
  });

  test("stands twice in one stack, and hands its configurations to transform last", () => {
    const { all } = synthesized((stack) => {
      for (const n of ["one", "two"]) {
        const made = new DnsZone(stack, n, {
          name: n,
          domain: `${n}.example`,
          transform: {
            zone: (config) => {
              config.description = "changed";
            },
          },
        });
        made.addRecord("www", { name: `www.${n}.example`, type: "A", values: ["198.51.100.7"] }, (config) => {
          config.ttl = 7;
        });
      }
    });
    expect(all("google_dns_managed_zone")).toMatchObject(Array(2).fill({ description: "changed" }));
    expect(all("google_dns_record_set")).toMatchObject(Array(2).fill({ ttl: 7 }));
  });
});

describe("a record", () => {
  test.each<[DnsRecord["type"], string, string]>([
    ["A", "198.51.100.7", "198.51.100.7"],
    ["AAAA", "2001:db8::1", "2001:db8::1"],
    ["CAA", '0 issue "pki.goog"', '0 issue "pki.goog"'],
    ["CNAME", "shop.web.app", "shop.web.app."],
    ["MX", "10 mail.example", "10 mail.example."],
    ["NS", "ns1.example", "ns1.example."],
    ["TXT", "v=spf1 -all", '"v=spf1 -all"'],
    ["TXT", "x".repeat(300), `"${"x".repeat(255)}" "${"x".repeat(45)}"`],
  ])("of kind %s is written as Cloud DNS has it", (type, value, written) => {
    expect(record({ name: "www.shop.example", type, values: [value] })).toMatchObject({
      name: "www.shop.example.",
      ttl: 300,
      rrdatas: [written],
    });
  });

  test.each<[DnsRecord["type"], string]>([
    ["A", "2001:db8::1"],
    ["AAAA", "198.51.100.7"],
    ["CNAME", "shop.web.app."],
    ["MX", "mail.example"],
    ["CAA", "pki.goog"],
    ["TXT", 'a "b"'],
  ])("of kind %s refuses %s", (type, value) => {
    expect(refusals(() => record({ name: "www.shop.example", type, values: [value] }))).toHaveLength(1);
  });

  test("refuses names of other zones, nothing, and a CNAME for the zone itself", () => {
    const bad: DnsRecord = { name: "www.other.example", type: "A", values: [], ttl: "8 days" };
    expect(refusals(() => record(bad)).map((line) => line.split(":")[0])).toEqual(["name", "values", "ttl"]);
    expect(
      refusals(() => record({ name: "shop.example", type: "CNAME", values: ["shop.web.app"] })),
    ).toHaveLength(1);
  });
});
