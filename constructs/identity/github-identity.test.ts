import fc from "fast-check";
import { refusals, synthesized } from "../testing";
import { CiAccount } from "./ci-account";
import { GithubIdentity, type GithubIdentityProps } from "./github-identity";

const apply = "hazelwick/platform/.github/workflows/apply.yml@refs/heads/main";
const release = "hazelwick/platform/.github/workflows/release.yml@refs/heads/main";
const props: GithubIdentityProps = {
  poolId: "continuous-integration",
  repository: { ownerId: "9919", id: "123456789" },
  trusts: [{ environment: "prod", refs: ["refs/heads/main"], workflows: [apply, release] }],
};
const build = (change: Partial<GithubIdentityProps> = {}) =>
  synthesized((stack) => new GithubIdentity(stack, "github", { ...props, ...change }));
const condition = (change: Partial<GithubIdentityProps>) =>
  build(change).one("google_iam_workload_identity_pool_provider").attribute_condition;

describe("GithubIdentity", () => {
  test("lets in one repository by numbers, from one environment, branch and set of workflows", () => {
    expect(condition({})).toBe(
      'assertion.repository_owner_id == "9919" && assertion.repository_id == "123456789" && ' +
        'assertion.environment == "prod" && assertion.ref == "refs/heads/main" && ' +
        `(assertion.job_workflow_ref == "${apply}" || assertion.job_workflow_ref == "${release}")`,
    );
  });

  test("lets in runs of pull requests from an environment of their own", () => {
    expect(
      condition({
        trusts: [
          { environment: "prod", refs: ["refs/heads/main"] },
          { environment: "prod-plan", refs: ["refs/heads/main", "refs/pull/*"] },
        ],
      }),
    ).toMatch(
      /&& \(\(assertion\.environment == "prod" && assertion\.ref == "refs\/heads\/main"\) \|\| \(assertion\.environment == "prod-plan" && \(assertion\.ref == "refs\/heads\/main" \|\| assertion\.ref\.startsWith\("refs\/pull\/"\)\)\)\)$/,
    );
  });

  test("maps what accounts are bound by, and never the token's own subject", () => {
    const { attribute_mapping: mapping, oidc } = build().one("google_iam_workload_identity_pool_provider");
    expect(mapping).toMatchObject({
      "attribute.environment": "assertion.environment",
      "attribute.job_workflow_ref": "assertion.job_workflow_ref",
      "attribute.ref": "assertion.ref",
      "attribute.repository_id": "assertion.repository_id",
      "attribute.repository_owner_id": "assertion.repository_owner_id",
      "google.subject": expect.any(String),
    });
    expect(JSON.stringify(mapping)).not.toMatch(/assertion\.sub\b/);
    expect(oidc).toEqual({ issuer_uri: "https://token.actions.githubusercontent.com" });
  });

  test("is not destroyed: its ids would be blocked for 30 days", () => {
    const { one } = build();
    for (const type of ["google_iam_workload_identity_pool", "google_iam_workload_identity_pool_provider"]) {
      expect(one(type)).toMatchObject({ lifecycle: { prevent_destroy: true } });
    }
  });

  test("refuses names that can be taken over, trust without limits, and ids that are none", () => {
    expect(
      refusals(() =>
        build({
          poolId: "gcp-ci",
          providerId: "a",
          repository: { ownerId: "hazelwick", id: "platform" },
          trusts: [
            { environment: "", refs: ["main"], workflows: ["apply.yml"] },
            { environment: "prod", refs: [], workflows: [] },
          ],
        }),
      ).map((line) => line.split(":")[0]),
    ).toEqual([
      "poolId",
      "providerId",
      "repository.ownerId",
      "repository.id",
      "trusts[0].environment",
      "trusts[0].refs[0]",
      "trusts[0].workflows[0]",
      "trusts[1].refs",
      "trusts[1].workflows",
    ]);
    expect(refusals(() => build({ trusts: [] }))).toEqual(["trusts: at least one"]);
    const many = Array.from({ length: 60 }, (_, index) => ({
      environment: `environment-${index}`,
      refs: ["refs/heads/main", "refs/heads/next"],
    }));
    expect(refusals(() => build({ trusts: many }))).toEqual(["trusts: fewer: Google takes 4096"]);
  });

  test("takes ids of 4 to 32 characters", () => {
    expect(() => build({ poolId: "p".repeat(32), providerId: "prov" })).not.toThrow();
    expect(refusals(() => build({ poolId: "p".repeat(33), providerId: "pro" }))).toHaveLength(2);
  });

  test("no text that it takes can end a string of the condition", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (environment, ref) => {
        let made: unknown;
        try {
          made = condition({ trusts: [{ environment, refs: [ref] }] });
        } catch {
          return;
        }
        expect(String(made).split('"')).toHaveLength(9);
        expect(String(made)).not.toContain("\\");
      }),
      { numRuns: 100 },
    );
  });

  test("stands twice in one stack, and hands its configurations to transform last", () => {
    const { all } = synthesized((stack) => {
      new GithubIdentity(stack, "one", props);
      new GithubIdentity(stack, "two", {
        ...props,
        poolId: "previews",
        transform: {
          pool: (config) => {
            config.disabled = true;
          },
          provider: (config) => {
            config.disabled = true;
          },
        },
      });
    });
    expect(all("google_iam_workload_identity_pool").map(({ disabled }) => disabled)).toEqual([
      undefined,
      true,
    ]);
    expect(all("google_iam_workload_identity_pool_provider").map(({ disabled }) => disabled)).toEqual([
      undefined,
      true,
    ]);
  });
});

describe("an account of CI", () => {
  test("is worked as by one workflow of one environment, with the roles of its job", () => {
    const { one, all } = synthesized((stack) => {
      const identity = new GithubIdentity(stack, "github", props);
      new CiAccount(stack, "network", {
        does: "apply-network",
        workflows: [identity.workload({ environment: "prod", workflow: apply })],
      });
    });
    expect(one("google_service_account")).toMatchObject({ account_id: "tf-apply-network" });
    expect(one("google_service_account_iam_member")).toMatchObject({
      role: "roles/iam.workloadIdentityUser",
      member: expect.stringMatching(
        new RegExp(
          `^principalSet://iam\\.googleapis\\.com/\\$\\{google_iam_workload_identity_pool\\..*\\.name}/attribute\\.workload/prod:${apply}$`,
        ),
      ),
    });
    expect(all("google_project_iam_member").map(({ role }) => role)).toContain("roles/compute.networkAdmin");
  });

  test("may be worked as by every trusted workflow of an environment", () => {
    const { one } = synthesized((stack) => {
      const identity = new GithubIdentity(stack, "github", props);
      new CiAccount(stack, "plan", { does: "plan", workflows: [identity.workload({ environment: "prod" })] });
    });
    expect(one("google_service_account_iam_member").member).toMatch(/\/attribute\.environment\/prod$/);
  });

  test("is refused runs that are let in nowhere", () => {
    const ask = (environment: string, workflow?: string) =>
      refusals(() =>
        synthesized((stack) => {
          const identity = new GithubIdentity(stack, "github", props);
          identity.workload({ environment, ...(workflow && { workflow }) });
        }),
      ).map((line) => line.split(":")[0]);
    expect(ask("staging")).toEqual(["environment"]);
    expect(ask("prod", apply.replace("apply", "other"))).toEqual(["workflow"]);
    expect(ask("prod", "apply.yml")).toEqual(["workflow"]);
  });

  test("may give others only the roles that its job names", () => {
    const { all } = synthesized((stack) => {
      new CiAccount(stack, "data", { does: "apply-data", workflows: [] });
    });
    const admin = all("google_project_iam_member").find(
      ({ role }) => role === "roles/resourcemanager.projectIamAdmin",
    );
    expect(admin).toMatchObject({
      condition: { title: "gives-only", expression: expect.stringContaining("'roles/logging.logWriter'") },
    });
  });
});
