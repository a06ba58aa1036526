import { judgedBy } from "../testing";
import { limitsOfAppEngine } from "./s14-limits-of-app-engine";

const versions = (count: number, service = "orders") =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `google_app_engine_standard_app_version.v${index}`,
      { service, version_id: `v20261121-${String(index).padStart(7, "0")}` },
    ]),
  );

describe("S14", () => {
  test("GIVEN no version WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(limitsOfAppEngine, {})).toEqual("not applicable");
  });

  test("GIVEN as many as allowed WHEN judged THEN it is compliant", () => {
    expect(judgedBy(limitsOfAppEngine, versions(180))).toEqual("compliant");
  });

  test("GIVEN one too many WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(limitsOfAppEngine, versions(181))).toEqual(["prod-platform"]);
  });

  test("GIVEN a long name WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(limitsOfAppEngine, versions(1, "a-service-with-quite-a-long-name-of"))).toEqual([
      "version_id",
    ]);
  });
});
