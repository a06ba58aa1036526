import { judgedBy, ref } from "../testing";
import { noAdministrativeRoles } from "./s02-no-administrative-roles";

const member = ref("google_service_account.a.member");
const to = (role: string, who = member) => ({ "google_project_iam_member.m": { role, member: who } });

describe("S2", () => {
  test("GIVEN no account gets anything WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(noAdministrativeRoles, to("roles/owner", "user:ann@shop.example"))).toEqual(
      "not applicable",
    );
  });

  test("GIVEN a small role WHEN judged THEN it is compliant", () => {
    expect(judgedBy(noAdministrativeRoles, to("roles/logging.logWriter"))).toEqual("compliant");
  });

  test("GIVEN an administrator of one bucket WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(noAdministrativeRoles, {
        "google_storage_bucket_iam_member.m": { role: "roles/storage.objectAdmin", member },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN an account of CI with a role that it can't do without WHEN judged THEN it is compliant", () => {
    const ci = "serviceAccount:tf-apply-data@shop-prod.iam.gserviceaccount.com";
    expect(judgedBy(noAdministrativeRoles, to("roles/storage.admin", ci))).toEqual("compliant");
    expect(
      judgedBy(noAdministrativeRoles, {
        ...to("roles/storage.admin", ref("google_service_account.ci.member")),
        "google_service_account.ci": { account_id: "tf-apply-data" },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN another account with such a role WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(noAdministrativeRoles, to("roles/storage.admin"))).toEqual(["role"]);
    const runtime = "serviceAccount:run-orders@shop-prod.iam.gserviceaccount.com";
    expect(judgedBy(noAdministrativeRoles, to("roles/storage.admin", runtime))).toEqual(["role"]);
  });

  test("GIVEN Owner WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(noAdministrativeRoles, to("roles/owner"))).toEqual(["role"]);
  });

  test("GIVEN Editor for an account by its address WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noAdministrativeRoles, to("roles/editor", "serviceAccount:a@shop.iam.gserviceaccount.com")),
    ).toEqual(["role"]);
  });

  test("GIVEN an administrator of the project WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(noAdministrativeRoles, to("roles/bigquery.admin"))).toEqual(["role"]);
  });

  test("GIVEN Owner of one bucket WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noAdministrativeRoles, {
        "google_storage_bucket_iam_member.m": { role: "roles/owner", member },
      }),
    ).toEqual(["role"]);
  });

  test("GIVEN Owner in a policy WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noAdministrativeRoles, {
        "google_project_iam_policy.p": { policy_data: ref("data.google_iam_policy.d.policy_data") },
        "data.google_iam_policy.d": { binding: [{ role: "roles/owner", members: [member] }] },
      }),
    ).toEqual(["role"]);
  });
});
