import { judgedPlanBy } from "../testing";
import { previewsKeepToThemselves } from "./p14-previews-keep-to-themselves";

const given = { pack: "preview" as const, stack: "previews-pr-12" };
const version = (id: string) => ({
  "google_app_engine_standard_app_version.v": { after: { version_id: id, service: "orders" } },
});

describe("P14", () => {
  test("GIVEN what previews share WHEN judged THEN it is not applicable", () => {
    expect(
      judgedPlanBy(previewsKeepToThemselves, version("v1"), { pack: "preview", stack: "preview-platform" }),
    ).toEqual("not applicable");
  });

  test("GIVEN its own version and its own user WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(
        previewsKeepToThemselves,
        {
          ...version("pr-12-3f9a1c2"),
          "mongodbatlas_database_user.u": { after: { username: "x", roles: [{ role_name: "pr_12" }] } },
        },
        given,
      ),
    ).toEqual("compliant");
  });

  test("GIVEN a configuration of its own API, and what only the state knows WHEN judged THEN it is compliant", () => {
    const config = { after: { api: "pr-12-shop-api", api_config_id: "c-84856f6fe3d0" } };
    const changes = {
      "google_api_gateway_api_config.c": config,
      "terraform_data.d": { after: { input: "x" } },
    };
    expect(judgedPlanBy(previewsKeepToThemselves, changes, given)).toEqual("compliant");
  });

  test("GIVEN another's version WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(previewsKeepToThemselves, version("pr-123-3f9a1c2"), given)).toEqual([
      "google_app_engine_standard_app_version.v",
    ]);
  });

  test("GIVEN a shared thing that goes WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        previewsKeepToThemselves,
        { "google_storage_bucket.b": { before: { name: "assets" } } },
        given,
      ),
    ).toEqual(["google_storage_bucket.b"]);
  });

  test("GIVEN a name that is known later WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        previewsKeepToThemselves,
        { "google_storage_bucket.b": { after: {}, unknown: { name: true } } },
        given,
      ),
    ).toEqual(["google_storage_bucket.b"]);
  });

  test("GIVEN a shared thing that is taken over WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        previewsKeepToThemselves,
        { "google_storage_bucket.b": { before: { name: "assets" }, after: { name: "pr-12-assets" } } },
        given,
      ),
    ).toEqual(["google_storage_bucket.b"]);
  });
});
