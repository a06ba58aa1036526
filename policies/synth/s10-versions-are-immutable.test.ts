import { judgedBy } from "../testing";
import { versionsAreImmutable } from "./s10-versions-are-immutable";

const version = (more = {}) => ({
  "google_app_engine_standard_app_version.v": {
    version_id: "v20261121-3f9a1c2",
    runtime: "nodejs24",
    service_account: "run-a@shop-prod.iam.gserviceaccount.com",
    automatic_scaling: { standard_scheduler_settings: { max_instances: 4 } },
    lifecycle: { create_before_destroy: true },
    ...more,
  },
});

describe("S10", () => {
  test("GIVEN no version WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(versionsAreImmutable, {})).toEqual("not applicable");
  });

  test("GIVEN a version from its content WHEN judged THEN it is compliant", () => {
    expect(judgedBy(versionsAreImmutable, version())).toEqual("compliant");
  });

  test("GIVEN the first version, which stays WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(versionsAreImmutable, version({ version_id: "bootstrap", noop_on_destroy: true })),
    ).toEqual("compliant");
  });

  test("GIVEN a preview's version WHEN judged THEN it is compliant", () => {
    expect(judgedBy(versionsAreImmutable, version({ version_id: "pr-12-3f9a1c2" }))).toEqual("compliant");
  });

  test("GIVEN a bare version WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(versionsAreImmutable, { "google_app_engine_standard_app_version.v": {} })).toEqual([
      "lifecycle.create_before_destroy",
      "version_id",
      "automatic_scaling",
      "service_account",
      "runtime",
    ]);
  });

  test("GIVEN a name that people chose WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(versionsAreImmutable, version({ version_id: "v2" }))).toEqual(["version_id"]);
  });

  test("GIVEN a preview's own service, which goes as a whole WHEN judged THEN its versions need no successor first", () => {
    expect(
      judgedBy(versionsAreImmutable, {
        "google_app_engine_standard_app_version.v": {
          delete_service_on_destroy: true,
          service: "pr-12-orders",
          version_id: "pr-12-3f9a1c2",
        },
      }),
    ).not.toContain("lifecycle.create_before_destroy");
  });

  test("GIVEN the common account WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(versionsAreImmutable, version({ service_account: "shop-prod@appspot.gserviceaccount.com" })),
    ).toEqual(["service_account"]);
  });

  test("GIVEN an old runtime WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(versionsAreImmutable, version({ runtime: "nodejs20" }))).toEqual(["runtime"]);
  });

  test("GIVEN no limit of instances WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(versionsAreImmutable, version({ automatic_scaling: { min_idle_instances: 1 } }))).toEqual(
      ["automatic_scaling"],
    );
  });
});
