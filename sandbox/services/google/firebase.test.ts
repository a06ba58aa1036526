import { projectNumber } from "../identity/derived";
import { errorsOf, TrialCloud } from "../trial-cloud";

const SITE = "google_firebase_hosting_site";
const DOMAIN = "google_firebase_hosting_custom_domain";

describe("Firebase", () => {
  let trial: TrialCloud;
  beforeEach(() => {
    trial = new TrialCloud();
  });
  afterEach(() => trial.close());

  test("GIVEN a project without Firebase WHEN an app or a site is made THEN it is refused", async () => {
    expect(errorsOf(await trial.create("google_firebase_web_app", { display_name: "Shop" }))[0]).toContain(
      "Error 404",
    );
    expect(errorsOf(await trial.create(SITE, { site_id: "acme-dev-shop" }))[0]).toContain("Error 404");
  });

  test("GIVEN Firebase WHEN it is destroyed THEN it stays on, and can be taken up again", async () => {
    const state = await trial.created("google_firebase_project", { project: "acme-dev" });
    expect(state).toMatchObject({ id: "projects/acme-dev", project_number: projectNumber("acme-dev") });
    expect((await trial.destroy("google_firebase_project", state)).state).toBeNull();
    await trial.created("google_firebase_project", { project: "acme-dev" });
  });

  test("GIVEN Firebase WHEN app and site are made THEN ids and URLs look real; a site's name is taken everywhere", async () => {
    await trial.created("google_firebase_project", { project: "acme-dev" });
    const app = await trial.created("google_firebase_web_app", { display_name: "Shop" });
    const site = await trial.created(SITE, { site_id: "acme-shop", app_id: app.app_id ?? null });
    expect(app.app_id).toMatch(new RegExp(`^1:${projectNumber("acme-dev")}:web:[0-9a-f]{22}$`));
    expect(app.name).toBe(`projects/acme-dev/webApps/${app.app_id}`);
    expect(site).toMatchObject({
      id: "projects/acme-dev/sites/acme-shop",
      name: "projects/acme-dev/sites/acme-shop",
      default_url: "https://acme-shop.web.app",
    });

    await trial.created("google_firebase_project", { project: "acme-prod" });
    expect(errorsOf(await trial.create(SITE, { project: "acme-prod", site_id: "acme-shop" }))[0]).toContain(
      "reserved",
    );
    expect(errorsOf(await trial.create(SITE, { site_id: "acme-other", app_id: "1:2:web:3" }))[0]).toContain(
      "Error 404",
    );
  });

  test("GIVEN a site WHEN a domain is connected THEN it tells what DNS needs, and no other site can have it", async () => {
    await trial.created("google_firebase_project", { project: "acme-dev" });
    for (const site of ["acme-shop", "acme-admin"]) await trial.created(SITE, { site_id: site });
    const domain = { site_id: "acme-shop", custom_domain: "www.shop.example" };
    const state = await trial.created(DOMAIN, domain);
    expect(state).toMatchObject({
      id: "projects/acme-dev/sites/acme-shop/customDomains/www.shop.example",
      host_state: "HOST_UNHOSTED",
      cert_preference: "GROUPED",
      required_dns_updates: [{ desired: [{ records: [{ type: "CNAME", rdata: "acme-shop.web.app" }] }] }],
    });
    expect(errorsOf(await trial.create(DOMAIN, { ...domain, site_id: "acme-admin" }))[0]).toContain(
      "Error 409",
    );
    expect((await trial.destroy(DOMAIN, state)).state).toBeNull();
  });
});
