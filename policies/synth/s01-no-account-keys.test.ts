import { judgedBy } from "../testing";
import { noAccountKeys } from "./s01-no-account-keys";

const account = { "google_service_account.a": { account_id: "a" } };

describe("S1", () => {
  test("GIVEN nothing of accounts WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(noAccountKeys, {})).toEqual("not applicable");
  });

  test("GIVEN an account without a key WHEN judged THEN it is compliant", () => {
    expect(judgedBy(noAccountKeys, account)).toEqual("compliant");
  });

  test("GIVEN a key WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noAccountKeys, { ...account, "google_service_account_key.k": { service_account_id: "a" } }),
    ).toEqual(["google_service_account_key.k"]);
  });

  test("GIVEN a key for Cloud Storage WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(noAccountKeys, { "google_storage_hmac_key.k": {} })).toEqual([
      "google_storage_hmac_key.k",
    ]);
  });
});
