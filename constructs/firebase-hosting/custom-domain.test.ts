import { DnsZone } from "../network/dns-zone";
import { refusals, synthesized } from "../testing";
import { CustomDomain, type CustomDomainProps } from "./custom-domain";
import { FirebaseProject } from "./firebase-project";
import { Site, siteByName } from "./site";

const props: CustomDomainProps = { site: siteByName("shop-dev-storefront"), domain: "www.shop.example" };

function build(change: Partial<CustomDomainProps> = {}) {
  return synthesized((stack) => new CustomDomain(stack, "domain", { ...props, ...change }));
}

describe("CustomDomain", () => {
  test("leads to the site with a certificate of its own, and no apply waits for DNS", () => {
    expect(build().one("google_firebase_hosting_custom_domain")).toMatchObject({
      provider: "google-beta.firebase",
      site_id: "shop-dev-storefront",
      custom_domain: "www.shop.example",
      cert_preference: "DEDICATED",
      wait_dns_verification: false,
    });
  });

  test("comes after the site that the same stack makes", () => {
    const { one } = synthesized((stack) => {
      const project = new FirebaseProject(stack, "project");
      const site = new Site(stack, "site", { siteId: "shop-dev-admin", title: "Admin", project });
      new CustomDomain(stack, "domain", { ...props, site });
    });
    expect(one("google_firebase_hosting_custom_domain").depends_on).toEqual([
      expect.stringMatching(/^google_firebase_hosting_site\./),
    ]);
  });

  test("is an alias of the site, or its address and a proof where there can't be an alias", () => {
    const { all } = synthesized((stack) => {
      const zone = new DnsZone(stack, "zone", { name: "shop", domain: "shop.example" });
      new CustomDomain(stack, "www", { ...props, redirectTo: "shop.example", zone });
      new CustomDomain(stack, "apex", { ...props, domain: "shop.example", zone });
    });
    expect(all("google_dns_record_set").map(({ name, type, rrdatas }) => [name, type, rrdatas])).toEqual(
      expect.arrayContaining([
        ["www.shop.example.", "CNAME", ["shop-dev-storefront.web.app."]],
        ["shop.example.", "A", ["199.36.158.100"]],
        ["shop.example.", "TXT", ['"hosting-site=shop-dev-storefront"']],
      ]),
    );
    expect(all("google_firebase_hosting_custom_domain")).toContainEqual(
      expect.objectContaining({ redirect_target: "shop.example" }),
    );
  });

  test("refuses what is no domain, and one that leads to itself", () => {
    expect(refusals(() => build({ domain: "https://shop.example" }))).toHaveLength(1);
    expect(refusals(() => build({ redirectTo: "www.shop.example" }))).toHaveLength(1);
  });

  test("hands its configuration to transform last", () => {
    const { one } = build({
      transform: {
        domain: (config) => {
          config.waitDnsVerification = true;
        },
      },
    });
    expect(one("google_firebase_hosting_custom_domain")).toMatchObject({ wait_dns_verification: true });
  });
});
