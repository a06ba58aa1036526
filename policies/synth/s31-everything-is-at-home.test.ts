import { judgedBy } from "../testing";
import { everythingIsAtHome } from "./s31-everything-is-at-home";

const strangers = { dev: ["shop-dev", "shop-dev-tfstate"] };
const bucket = (values: Record<string, string>) => ({ "google_storage_bucket.b": values });

describe("S31", () => {
  test("GIVEN nothing at all WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(everythingIsAtHome, {})).toEqual("not applicable");
  });

  test("GIVEN an allowed region, App Engine's name of it, and a zone WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(everythingIsAtHome, {
        ...bucket({ location: "EUROPE-WEST1" }),
        "google_app_engine_application.a": { location_id: "europe-west" },
        "google_compute_address.z": { zone: "europe-west1-b" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a project whose name begins alike WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(everythingIsAtHome, bucket({ location: "EU", name: "shop-dev2-assets" }), { strangers }),
    ).toEqual("compliant");
  });

  test("GIVEN a private endpoint by Google's name of the region WHEN judged THEN it is compliant", () => {
    const endpoint = { "mongodbatlas_privatelink_endpoint.e": { region: "europe-west1" } };
    expect(judgedBy(everythingIsAtHome, endpoint)).toEqual("compliant");
  });

  test("GIVEN another continent WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(everythingIsAtHome, bucket({ location: "us-central1" }))).toEqual(["location"]);
  });

  test("GIVEN Atlas elsewhere WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(everythingIsAtHome, {
        "mongodbatlas_advanced_cluster.c": {
          replication_specs: [{ region_configs: [{ region_name: "EASTERN_US" }] }],
        },
      }),
    ).toEqual(["replication_specs[0].region_configs[0].region_name"]);
  });

  test("GIVEN another environment's project WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(everythingIsAtHome, { "google_project_iam_member.m": { project: "shop-dev" } }, { strangers }),
    ).toEqual(["project"]);
  });

  test("GIVEN another environment's service WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        everythingIsAtHome,
        bucket({ name: "x", website: "https://v1-dot-shop-dev.ew.r.appspot.com" }),
        { strangers },
      ),
    ).toEqual(["website"]);
  });

  test("GIVEN another environment's bucket WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(everythingIsAtHome, bucket({ name: "shop-dev-artifacts" }), { strangers })).toEqual([
      "name",
    ]);
  });
});
