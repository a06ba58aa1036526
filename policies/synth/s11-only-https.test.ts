import { judgedBy } from "../testing";
import { onlyHttps } from "./s11-only-https";

const version = (...handlers: { url_regex: string; security_level?: string }[]) => ({
  "google_app_engine_standard_app_version.v": { handlers },
});

describe("S11", () => {
  test("GIVEN no version WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(onlyHttps, {})).toEqual("not applicable");
  });

  test("GIVEN everything over HTTPS WHEN judged THEN it is compliant", () => {
    expect(judgedBy(onlyHttps, version({ url_regex: ".*", security_level: "SECURE_ALWAYS" }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN no handler WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(onlyHttps, version())).toEqual(["handlers"]);
  });

  test("GIVEN one path over HTTP too WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(onlyHttps, version({ url_regex: "/a", security_level: "SECURE_ALWAYS" }, { url_regex: ".*" })),
    ).toEqual(["handlers.security_level"]);
  });
});
