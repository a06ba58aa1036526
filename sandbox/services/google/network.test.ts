import type { ObjectValue } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";

const NETWORK = "google_compute_network";
const SUBNETWORK = "google_compute_subnetwork";
const CONNECTOR = "google_vpc_access_connector";

const subnetwork = (name: string, range: string, more: ObjectValue = {}): ObjectValue => ({
  name,
  ip_cidr_range: range,
  network: "projects/acme-dev/global/networks/main",
  region: "europe-west1",
  ...more,
});

describe("networks", () => {
  let trial: TrialCloud;
  let network: ObjectValue;
  beforeEach(async () => {
    trial = new TrialCloud();
    network = await trial.created(NETWORK, { name: "main", auto_create_subnetworks: false });
  });
  afterEach(() => trial.close());

  test("GIVEN a network and a subnetwork THEN links, numbers and gateway look real", async () => {
    const state = await trial.created(SUBNETWORK, subnetwork("apps", "10.8.0.0/24"));
    expect(network).toMatchObject({
      id: "projects/acme-dev/global/networks/main",
      self_link: "https://www.googleapis.com/compute/v1/projects/acme-dev/global/networks/main",
    });
    expect(network.numeric_id).toMatch(/^\d{19}$/);
    expect(state).toMatchObject({
      id: "projects/acme-dev/regions/europe-west1/subnetworks/apps",
      self_link:
        "https://www.googleapis.com/compute/v1/projects/acme-dev/regions/europe-west1/subnetworks/apps",
      gateway_address: "10.8.0.1",
    });
    expect(await trial.import(SUBNETWORK, "europe-west1/apps")).toMatchObject({
      ip_cidr_range: "10.8.0.0/24",
    });
  });

  test("GIVEN a range in use WHEN another overlaps it THEN it is refused, elsewhere it is not", async () => {
    await trial.created(SUBNETWORK, subnetwork("apps", "10.8.0.0/24"));
    expect(errorsOf(await trial.create(SUBNETWORK, subnetwork("more", "10.8.0.128/25")))[0]).toContain(
      "10.8.0.128/25 conflicts with existing subnetwork 'apps' in region 'europe-west1'",
    );
    const more = await trial.created(SUBNETWORK, subnetwork("more", "10.8.1.0/24"));
    expect(errorsOf(await trial.update(SUBNETWORK, more, { ip_cidr_range: "10.8.0.0/23" }))[0]).toContain(
      "conflicts",
    );
    expect(errorsOf(await trial.update(SUBNETWORK, more, { private_ip_google_access: true }))).toEqual([]);
    await trial.created(NETWORK, { name: "other", auto_create_subnetworks: false });
    await trial.created(SUBNETWORK, subnetwork("elsewhere", "10.8.0.0/24", { network: "other" }));
  });

  test("GIVEN a network in use WHEN it is deleted THEN it is refused", async () => {
    await trial.created(SUBNETWORK, subnetwork("apps", "10.8.0.0/24"));
    expect(errorsOf(await trial.destroy(NETWORK, network))).toEqual([
      "Error waiting for Deleting Network: The network resource 'projects/acme-dev/global/networks/main' is already " +
        "being used by 'projects/acme-dev/regions/europe-west1/subnetworks/apps'",
    ]);
  });

  test("GIVEN a firewall rule that logs THEN the switch of old is not read back", async () => {
    const rule = await trial.created("google_compute_firewall", {
      name: "deny",
      network: "main",
      deny: [{ protocol: "all" }],
      source_ranges: ["0.0.0.0/0"],
      log_config: [{ metadata: "INCLUDE_ALL_METADATA" }],
    });
    expect(rule.enable_logging).toBeNull();
  });

  test("GIVEN a network that doesn't exist WHEN a subnetwork or connector goes into it THEN 404", async () => {
    const nowhere = { network: "nowhere" };
    expect(errorsOf(await trial.create(SUBNETWORK, subnetwork("apps", "10.8.0.0/24", nowhere)))[0]).toContain(
      "The resource 'projects/acme-dev/global/networks/nowhere' was not found, notFound",
    );
    expect(
      errorsOf(await trial.create(CONNECTOR, { name: "apps", ip_cidr_range: "10.9.0.0/28", ...nowhere }))[0],
    ).toContain("Error 404");
  });

  test("GIVEN a connector THEN its range is a free /28", async () => {
    await trial.created(SUBNETWORK, subnetwork("apps", "10.8.0.0/24"));
    const connector = (range: string): ObjectValue => ({
      name: "apps",
      network: "main",
      ip_cidr_range: range,
    });
    expect(errorsOf(await trial.create(CONNECTOR, connector("10.9.0.0/27")))[0]).toContain("/28");
    expect(errorsOf(await trial.create(CONNECTOR, connector("10.8.0.16/28")))[0]).toContain("overlaps");
    expect(await trial.created(CONNECTOR, connector("10.9.0.0/28"))).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/connectors/apps",
      state: "READY",
    });
  });
});
