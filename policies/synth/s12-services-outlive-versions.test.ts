import { judgedBy } from "../testing";
import { servicesOutliveVersions } from "./s12-services-outlive-versions";

const version = (more: Record<string, string | boolean>) => ({
  "google_app_engine_standard_app_version.v": { service: "orders", ...more },
});
const application = { "google_app_engine_application.a": {} };

describe("S12", () => {
  test("GIVEN no App Engine WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(servicesOutliveVersions, {})).toEqual("not applicable");
  });

  test("GIVEN a version that goes alone WHEN judged THEN it is compliant", () => {
    expect(judgedBy(servicesOutliveVersions, version({ delete_service_on_destroy: false }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN an application with a first version that stays WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(servicesOutliveVersions, {
        ...application,
        ...version({ service: "default", noop_on_destroy: true }),
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a preview's own service WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(
        servicesOutliveVersions,
        version({ service: "pr-12-orders", delete_service_on_destroy: true }),
        { pack: "preview" },
      ),
    ).toEqual("compliant");
  });

  test("GIVEN a version that takes its service along WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(servicesOutliveVersions, version({ delete_service_on_destroy: true }))).toEqual([
      "delete_service_on_destroy",
    ]);
  });

  test("GIVEN a preview that takes another's service along WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(servicesOutliveVersions, version({ delete_service_on_destroy: true }), { pack: "preview" }),
    ).toEqual(["delete_service_on_destroy"]);
  });

  test("GIVEN an application without a first version WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(servicesOutliveVersions, application)).toEqual(["google_app_engine_application.a"]);
  });
});
