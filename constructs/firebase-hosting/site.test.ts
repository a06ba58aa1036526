import { refusals, synthesized } from "../testing";
import { FirebaseProject } from "./firebase-project";
import { Site, type SiteProps } from "./site";

function build(change: Partial<SiteProps> = {}) {
  return synthesized((stack) => {
    const project = new FirebaseProject(stack, "project");
    new Site(stack, "one", { siteId: "shop-dev-storefront", title: "Storefront", project, ...change });
    new Site(stack, "two", { siteId: "shop-dev-admin", title: "Admin", project });
  });
}

describe("Site", () => {
  test("is made with the project as the one that quota is counted in", () => {
    const { resources, providers } = build();
    expect(providers).toEqual({
      "google-beta": [
        expect.objectContaining({
          alias: "firebase",
          user_project_override: true,
          billing_project: "shop-dev",
        }),
      ],
    });
    for (const resource of Object.values(resources).flatMap((ofType) => Object.values(ofType))) {
      expect(resource.provider).toBe("google-beta.firebase");
    }
  });

  test("belongs to a web app of its own, after Firebase is there", () => {
    const { all } = build();
    expect(all("google_firebase_hosting_site")).toHaveLength(2);
    expect(all("google_firebase_web_app")).toHaveLength(2);
    expect(all("google_firebase_web_app")[0]?.depends_on).toHaveLength(1);
    expect(all("google_firebase_hosting_site")[0]?.app_id).toMatch(
      /^\$\{google_firebase_web_app\..*\.app_id\}$/,
    );
  });

  test("takes ids of 6 to 30 characters", () => {
    expect(() => build({ siteId: "s".repeat(30) })).not.toThrow();
    expect(refusals(() => build({ siteId: "s".repeat(31) }))).toHaveLength(1);
    expect(refusals(() => build({ siteId: "shop-" }))).toHaveLength(1);
  });

  test("hands its configurations to transform last", () => {
    const { all } = build({
      transform: {
        webApp: (config) => {
          config.deletionPolicy = "ABANDON";
        },
        site: (config) => {
          config.siteId = "other-site";
        },
      },
    });
    expect(all("google_firebase_web_app")[0]).toMatchObject({ deletion_policy: "ABANDON" });
    expect(all("google_firebase_hosting_site")[0]).toMatchObject({ site_id: "other-site" });
  });
});
