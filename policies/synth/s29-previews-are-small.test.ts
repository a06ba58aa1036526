import { judgedBy } from "../testing";
import { previewsAreSmall } from "./s29-previews-are-small";

const version = (size: string, most?: number) => ({
  "google_app_engine_standard_app_version.v": {
    instance_class: size,
    ...(most === undefined
      ? {}
      : { automatic_scaling: { standard_scheduler_settings: { max_instances: most } } }),
  },
});

describe("S29", () => {
  test("GIVEN nothing that costs WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(previewsAreSmall, {}, { pack: "preview" })).toEqual("not applicable");
  });

  test("GIVEN F1, two instances WHEN judged THEN it is compliant", () => {
    expect(judgedBy(previewsAreSmall, version("F1", 2), { pack: "preview" })).toEqual("compliant");
  });

  test("GIVEN F4, ten instances WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(previewsAreSmall, version("F4", 10), { pack: "preview" })).toEqual([
      "instance_class",
      "automatic_scaling.standard_scheduler_settings.max_instances",
    ]);
  });

  test("GIVEN no limit WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(previewsAreSmall, version("F1"), { pack: "preview" })).toEqual([
      "automatic_scaling.standard_scheduler_settings.max_instances",
    ]);
  });

  test("GIVEN an alert and a flexible version WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        previewsAreSmall,
        { "google_monitoring_alert_policy.a": {}, "google_app_engine_flexible_app_version.v": {} },
        { pack: "preview" },
      ),
    ).toEqual(["google_monitoring_alert_policy.a", "google_app_engine_flexible_app_version.v"]);
  });
});
