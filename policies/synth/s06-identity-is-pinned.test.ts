import { judgedBy } from "../testing";
import { identityIsPinned } from "./s06-identity-is-pinned";

const provider = (condition: string | null) => ({
  "google_iam_workload_identity_pool_provider.p": {
    attribute_condition: condition,
    oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com" }],
  },
});
const numbers = "assertion.repository_owner_id == '12' && assertion.repository_id == \"34\"";
const prod = `${numbers} && assertion.environment == 'prod' && assertion.ref == 'refs/heads/main'`;

describe("S6", () => {
  test("GIVEN no workload identity WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(identityIsPinned, {})).toEqual("not applicable");
  });

  test("GIVEN numbers, environment and ref WHEN judged THEN it is compliant", () => {
    expect(judgedBy(identityIsPinned, provider(prod))).toEqual("compliant");
  });

  test("GIVEN the same in parentheses, and more WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(identityIsPinned, provider(`(${prod}) && (assertion.actor == 'a' || assertion.actor == 'b')`)),
    ).toEqual("compliant");
  });

  test("GIVEN numbers from a list WHEN judged THEN it is compliant", () => {
    expect(judgedBy(identityIsPinned, provider(prod.replace("== '12'", "in ['12', '13']")))).toEqual(
      "compliant",
    );
  });

  test("GIVEN numbers alone, outside of production WHEN judged THEN it is compliant", () => {
    expect(judgedBy(identityIsPinned, provider(numbers), { pack: "dev" })).toEqual("compliant");
  });

  test("GIVEN several environments, each with its refs WHEN judged THEN it is compliant", () => {
    const plan =
      'assertion.environment == "prod-plan" && (assertion.ref == "refs/heads/main" || assertion.ref.startsWith("refs/pull/"))';
    const apply = 'assertion.environment == "prod" && assertion.ref == "refs/heads/main"';
    expect(judgedBy(identityIsPinned, provider(`${numbers} && ((${apply}) || (${plan}))`))).toEqual(
      "compliant",
    );
    expect(
      judgedBy(identityIsPinned, provider(`${numbers} && ((${apply}) || assertion.environment == "dev")`)),
    ).toEqual(["attribute_condition"]);
  });

  test("GIVEN an environment for plans without a ref WHEN judged THEN it is compliant; GIVEN one for applies THEN not", () => {
    const either = (environment: string) =>
      provider(
        `${numbers} && (assertion.environment == "${environment}" || (assertion.environment == "prod" && assertion.ref == "refs/heads/main"))`,
      );
    expect(judgedBy(identityIsPinned, either("prod-plan"))).toEqual("compliant");
    expect(judgedBy(identityIsPinned, either("prod-apply"))).toEqual(["attribute_condition"]);
  });

  test("GIVEN no condition WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(identityIsPinned, provider(null))).toEqual(["attribute_condition"]);
  });

  test("GIVEN numbers alone, in production WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(identityIsPinned, provider(numbers))).toEqual([
      "attribute_condition",
      "attribute_condition",
    ]);
  });

  test("GIVEN a name instead of a number WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        identityIsPinned,
        provider(prod.replace('repository_id == "34"', "repository == 'shop/platform'")),
      ),
    ).toEqual(["attribute_condition"]);
  });

  test("GIVEN an 'or' that lets everybody in WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(identityIsPinned, provider(`${prod} || true`))).toEqual([
      "attribute_condition",
      "attribute_condition",
      "attribute_condition",
      "attribute_condition",
    ]);
  });

  test("GIVEN a number inside a text WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(identityIsPinned, provider(`assertion.sub == "assertion.repository_id == '34'"`), {
        pack: "dev",
      }),
    ).toEqual(["attribute_condition", "attribute_condition"]);
  });
});
