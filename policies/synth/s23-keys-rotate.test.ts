import { judgedBy } from "../testing";
import { keysRotate } from "./s23-keys-rotate";

const key = (more = {}) => ({
  "google_kms_crypto_key.k": { rotation_period: "7776000s", lifecycle: { prevent_destroy: true }, ...more },
});

describe("S23", () => {
  test("GIVEN no key WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(keysRotate, {})).toEqual("not applicable");
  });

  test("GIVEN 90 days, protected WHEN judged THEN it is compliant", () => {
    expect(judgedBy(keysRotate, key())).toEqual("compliant");
  });

  test("GIVEN a key that signs WHEN judged THEN it is compliant", () => {
    expect(judgedBy(keysRotate, key({ purpose: "ASYMMETRIC_SIGN", rotation_period: null }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN 91 days WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(keysRotate, key({ rotation_period: "7862400s" }))).toEqual(["rotation_period"]);
  });

  test("GIVEN a bare key WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(keysRotate, { "google_kms_crypto_key.k": {} })).toEqual([
      "rotation_period",
      "lifecycle.prevent_destroy",
    ]);
  });
});
