import { accountsOf } from "./accounts";
import { describeCloudTarget } from "./cloud";

const stack = { stack: "data", project: "shop-prod" };

describe("as whom Terraform works", () => {
  test("GIVEN nothing THEN as whoever runs it", () => {
    expect(accountsOf({}).ofStack(stack)).toEqual({});
    expect(accountsOf({ GROUNDWORK_ACCOUNTS: "" }).ofBucket(stack)).toEqual({});
  });

  test("GIVEN accounts per stack THEN each stack as its own, and the bucket as the one that makes it", () => {
    const accounts = accountsOf({ GROUNDWORK_ACCOUNTS: "stack" });
    expect(accounts.ofStack(stack)).toEqual({
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: "tf-apply-data@shop-prod.iam.gserviceaccount.com",
    });
    expect(accounts.ofBucket(stack)).toEqual({
      GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: "tf-apply-foundation@shop-prod.iam.gserviceaccount.com",
    });
    expect(describeCloudTarget([], { GROUNDWORK_ACCOUNTS: "stack" }).at(-1)).toContain("tf-apply-<stack>");
  });

  test("GIVEN something else THEN refused", () => {
    expect(() => accountsOf({ GROUNDWORK_ACCOUNTS: "mine" })).toThrow("GROUNDWORK_ACCOUNTS: found mine");
  });
});
