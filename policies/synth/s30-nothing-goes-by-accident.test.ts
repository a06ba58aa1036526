import { judgedBy } from "../testing";
import { nothingGoesByAccident } from "./s30-nothing-goes-by-accident";

describe("S30", () => {
  test("GIVEN nothing of that kind WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(nothingGoesByAccident, { "google_storage_bucket.b": {} })).toEqual("not applicable");
  });

  test("GIVEN an API that stays, an application that is protected WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(nothingGoesByAccident, {
        "google_project_service.s": { disable_on_destroy: false },
        "google_app_engine_application.a": { lifecycle: { prevent_destroy: true } },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN an API by default WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(nothingGoesByAccident, { "google_project_service.s": {} })).toEqual([
      "disable_on_destroy",
    ]);
  });

  test("GIVEN an API that takes others along WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(nothingGoesByAccident, {
        "google_project_service.s": { disable_on_destroy: false, disable_dependent_services: true },
      }),
    ).toEqual(["disable_dependent_services"]);
  });

  test("GIVEN an unprotected pool WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(nothingGoesByAccident, { "google_iam_workload_identity_pool.p": {} })).toEqual([
      "lifecycle.prevent_destroy",
    ]);
  });
});
