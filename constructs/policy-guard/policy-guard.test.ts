import { refusals, synthesized } from "../testing";
import { guardRules } from "./guard-rules";
import { PolicyGuard, type PolicyGuardProps } from "./policy-guard";

interface Policy {
  readonly name: string;
  readonly parent: string;
  readonly spec?: { readonly rules: Record<string, unknown>[] };
  readonly dry_run_spec?: unknown;
}
const build = (props?: PolicyGuardProps) => {
  const { all } = synthesized((stack) => new PolicyGuard(stack, "guard", props));
  const policies = all("google_org_policy_policy") as unknown as Policy[];
  return new Map(policies.map((policy) => [policy.name.split("/").at(-1) ?? "", policy]));
};

describe("PolicyGuard", () => {
  test("GIVEN nothing THEN every rule that is on or off is on", () => {
    const policies = build();
    expect(policies.size).toBe(12);
    expect(policies.get("iam.disableServiceAccountKeyCreation")).toEqual({
      name: "projects/shop-dev/policies/iam.disableServiceAccountKeyCreation",
      parent: "projects/shop-dev",
      spec: { rules: [{ enforce: "TRUE" }] },
    });
    expect(policies.get("compute.vmExternalIpAccess")?.spec?.rules).toEqual([{ deny_all: "TRUE" }]);
    for (const constraint of [
      "storage.uniformBucketLevelAccess",
      "storage.publicAccessPrevention",
      "compute.skipDefaultNetworkCreation",
      "compute.requireOsLogin",
    ]) {
      expect(policies.get(constraint)?.spec?.rules).toEqual([{ enforce: "TRUE" }]);
    }
  });

  test("GIVEN places and customers THEN only they are allowed, in one order", () => {
    const policies = build({ locations: ["is:global", "in:eu-locations"], memberDomains: ["C0abc1234"] });
    expect(policies.get("gcp.resourceLocations")?.spec?.rules).toEqual([
      { values: { allowed_values: ["in:eu-locations", "is:global"] } },
    ]);
    expect(policies.get("iam.allowedPolicyMemberDomains")?.spec?.rules).toEqual([
      { values: { allowed_values: ["C0abc1234"] } },
    ]);
  });

  test("GIVEN a rule left out with a reason THEN the others stay", () => {
    const policies = build({
      without: { "no-external-addresses": "Flexible services have external addresses." },
    });
    expect(policies.has("compute.vmExternalIpAccess")).toBe(false);
    expect(policies.size).toBe(11);
  });

  test("GIVEN a trial THEN Google logs what it would refuse", () => {
    const policy = build({ effect: "log" }).get("compute.requireOsLogin");
    expect(policy?.spec).toBeUndefined();
    expect(policy?.dry_run_spec).toEqual({ rules: [{ enforce: "TRUE" }] });
  });

  test("reports everything that is wrong at once", () => {
    const wrong = { without: { "os-login": " " }, locations: ["Europe!"], memberDomains: ["shop.example"] };
    expect(refusals(() => build(wrong)).map((line) => line.split(":")[0])).toEqual([
      "without.os-login",
      "locations[0]",
      "memberDomains[0]",
    ]);
    expect(refusals(() => build({ locations: [], memberDomains: [] }))).toHaveLength(2);
  });

  test("every rule says why, and no constraint stands twice", () => {
    const rules = Object.values(guardRules);
    expect(rules.every(({ reason }) => reason.endsWith("."))).toBe(true);
    expect(new Set(rules.map(({ constraint }) => constraint)).size).toBe(rules.length);
  });

  test("hands each policy to transform", () => {
    const policies = build({
      transform: {
        policy: (config) => {
          config.parent = "folders/1";
        },
      },
    });
    expect([...policies.values()].every(({ parent }) => parent === "folders/1")).toBe(true);
  });
});
