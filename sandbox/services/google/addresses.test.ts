import { errorsOf, TrialCloud } from "../trial-cloud";

describe("regional addresses", () => {
  let trial: TrialCloud;
  beforeEach(async () => {
    trial = new TrialCloud();
    await trial.created("google_compute_network", { name: "net", auto_create_subnetworks: false });
    await trial.created("google_compute_subnetwork", {
      name: "atlas",
      region: "europe-west1",
      network: "projects/acme-dev/global/networks/net",
      ip_cidr_range: "10.9.0.0/29",
    });
  });
  afterEach(() => trial.close());

  const address = (
    name: string,
    subnetwork = "projects/acme-dev/regions/europe-west1/subnetworks/atlas",
  ) => ({
    name,
    region: "europe-west1",
    address_type: "INTERNAL",
    subnetwork,
  });

  test("GIVEN a subnet THEN its addresses are given out once, without Google's own, until there is none left", async () => {
    const given = [];
    for (const name of ["one", "two", "three", "four"]) {
      given.push((await trial.created("google_compute_address", address(name))).address);
    }
    expect(given).toEqual(["10.9.0.2", "10.9.0.3", "10.9.0.4", "10.9.0.5"]);
    expect(errorsOf(await trial.create("google_compute_address", address("five")))[0]).toContain("exhausted");
    const nowhere = address("six", "projects/acme-dev/regions/europe-west1/subnetworks/other");
    expect(errorsOf(await trial.create("google_compute_address", nowhere))[0]).toContain("was not found");
  });

  test("GIVEN a rule to a service attachment THEN it is a connected endpoint and no load balancer", async () => {
    const rule = await trial.created("google_compute_forwarding_rule", {
      name: "one",
      region: "europe-west1",
      load_balancing_scheme: "",
      ip_address: "10.9.0.2",
      network: "projects/acme-dev/global/networks/net",
      target: "projects/p-x/regions/europe-west1/serviceAttachments/sa-0",
    });
    expect(rule).toMatchObject({ psc_connection_status: "ACCEPTED", ip_protocol: "", port_range: "" });
    expect(rule.psc_connection_id).toMatch(/^\d+$/);
  });
});
