import { judgedPlanBy } from "../testing";
import { noSecretInPlan } from "./p12-no-secret-in-plan";

const bucket = (content: string) => ({ "google_storage_bucket_object.o": { after: { content } } });

describe("P12", () => {
  test("GIVEN no change WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(noSecretInPlan, {})).toEqual("not applicable");
  });

  test("GIVEN harmless texts WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(noSecretInPlan, bucket("postgres://host/database"))).toEqual("compliant");
  });

  test("GIVEN a private key WHEN judged THEN it is not compliant", () => {
    expect(judgedPlanBy(noSecretInPlan, bucket("-----BEGIN PRIVATE KEY-----\nabc"))).toEqual(["content"]);
  });

  test("GIVEN a token inside a document WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        noSecretInPlan,
        bucket(Buffer.from(`{"token":"ghp_${"a".repeat(36)}"}`).toString("base64")),
      ),
    ).toEqual(["content"]);
  });

  test("GIVEN a credential of whoever plans WHEN judged THEN it is not compliant, wherever it stands", () => {
    const surroundings = { credentials: ["7d1c5b0e-93f4-4c55"] };
    const judged = (content: string) => judgedPlanBy(noSecretInPlan, bucket(content), { surroundings });
    expect(judged("Shop 7d1c5b0e-93f4-4c55")).toEqual(["content"]);
    expect(judged(Buffer.from("a document, and in it 7d1c5b0e-93f4-4c55").toString("base64"))).toEqual([
      "content",
    ]);
    expect(judged("7d1c5b0e")).toEqual("compliant");
  });

  test("GIVEN a password of a user WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(noSecretInPlan, { "mongodbatlas_database_user.u": { after: { password: "hunter2" } } }),
    ).toEqual(["password"]);
  });

  test("GIVEN a variable WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(noSecretInPlan, {
        "google_app_engine_standard_app_version.v": { after: { env_variables: { API_KEY: "x" } } },
      }),
    ).toEqual(["env_variables.API_KEY"]);
  });
});
