import { refusals, synthesized } from "../testing";
import { Account } from "./account";
import { accountByEmail } from "./principal";

const props = { accountId: "run-orders", purpose: "Runs orders." };

describe("Account", () => {
  test("may do nothing in the project unless a job is named", () => {
    const { one, all } = synthesized((stack) => new Account(stack, "account", props));
    expect(one("google_service_account")).toMatchObject({
      account_id: "run-orders",
      description: "Runs orders.",
    });
    expect(all("google_project_iam_member")).toEqual([]);
  });

  test("gets the roles of its job, one by one, in the project alone", () => {
    const { all } = synthesized(
      (stack) => new Account(stack, "account", { ...props, jobs: ["report-telemetry"] }),
    );
    const members = all("google_project_iam_member");
    expect(members.map(({ role }) => role).sort()).toEqual([
      "roles/cloudtrace.agent",
      "roles/logging.logWriter",
      "roles/monitoring.metricWriter",
    ]);
    for (const member of members) {
      expect(member).toMatchObject({
        project: "shop-dev",
        member: expect.stringMatching(/^\$\{.*\.member\}$/),
      });
    }
  });

  test("gets a role of two jobs once", () => {
    const { all } = synthesized(
      (stack) => new Account(stack, "account", { ...props, jobs: ["apply-network", "apply-data"] }),
    );
    const roles = all("google_project_iam_member").map(({ role }) => role);
    expect(new Set(roles).size).toBe(roles.length);
  });

  test("says who may work as it, start things as it, and be it", () => {
    const other = accountByEmail("release@shop-dev.iam.gserviceaccount.com");
    const { all } = synthesized((stack) => {
      const account = new Account(stack, "account", props);
      account.grantWorkload("workflow", { member: "principalSet://iam.googleapis.com/pool/attribute.a/b" });
      account.grantActAs("release", other);
      account.grantImpersonation("plan", other);
      account.grantIdToken("previews", other);
    });
    const roles = all("google_service_account_iam_member").map(({ role }) => String(role));
    expect(roles.sort()).toEqual([
      "roles/iam.serviceAccountOpenIdTokenCreator",
      "roles/iam.serviceAccountTokenCreator",
      "roles/iam.serviceAccountUser",
      "roles/iam.workloadIdentityUser",
    ]);
    expect(all("google_project_iam_member")).toEqual([]);
  });

  test("takes ids of 6 to 30 characters", () => {
    const build = (accountId: string) => () =>
      synthesized((stack) => new Account(stack, "account", { ...props, accountId }));
    expect(build("a".repeat(30))).not.toThrow();
    expect(build("a".repeat(6))).not.toThrow();
    for (const wrong of ["a".repeat(31), "short", "ends-with-", "Upper-case"]) {
      expect(refusals(build(wrong))).toHaveLength(1);
    }
  });

  test("stands twice in one stack, and hands its configuration to transform last", () => {
    const { all } = synthesized((stack) => {
      new Account(stack, "one", { ...props, jobs: ["read-project"] });
      new Account(stack, "two", {
        ...props,
        accountId: "run-catalogue",
        jobs: ["read-project"],
        transform: {
          account: (config) => {
            config.disabled = true;
          },
        },
      });
    });
    expect(all("google_service_account")).toHaveLength(2);
    expect(all("google_service_account").filter(({ disabled }) => disabled === true)).toHaveLength(1);
    expect(all("google_project_iam_member")).toHaveLength(6);
  });
});
