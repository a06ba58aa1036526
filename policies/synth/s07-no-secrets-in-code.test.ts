import { judgedBy, ref } from "../testing";
import { noSecretsInCode } from "./s07-no-secrets-in-code";

const version = (env_variables: Record<string, string>) => ({
  "google_app_engine_standard_app_version.v": { env_variables },
});

describe("S7", () => {
  test("GIVEN nothing that could hold one WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(noSecretsInCode, { "google_storage_bucket.b": {} })).toEqual("not applicable");
  });

  test("GIVEN harmless variables, and the name of a secret WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(
        noSecretsInCode,
        version({ LOG_LEVEL: "warn", TOKEN_LIFETIME: "300", SECRET_NAME: "session" }),
      ),
    ).toEqual("compliant");
  });

  test("GIVEN a write-only payload WHEN judged THEN it is compliant", () => {
    expect(
      judgedBy(noSecretsInCode, {
        "google_secret_manager_secret_version.v": {
          secret_data_wo: ref("ephemeral.random_password.p.result"),
          secret_data_wo_version: 1,
        },
      }),
    ).toEqual("compliant");
  });

  test("GIVEN a variable named like one WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(noSecretsInCode, version({ DB_PASSWORD: "x" }))).toEqual(["env_variables.DB_PASSWORD"]);
  });

  test("GIVEN a value that looks like one WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noSecretsInCode, version({ DATABASE: "mongodb+srv://shop:hunter2@x.mongodb.net" })),
    ).toEqual(["env_variables.DATABASE"]);
  });

  test("GIVEN a payload in code WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noSecretsInCode, { "google_secret_manager_secret_version.v": { secret_data: ref("var.x") } }),
    ).toEqual(["secret_data"]);
  });

  test("GIVEN a database user's password WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(noSecretsInCode, { "mongodbatlas_database_user.u": { password: "x" } })).toEqual([
      "password",
    ]);
  });

  test("GIVEN a channel's token WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(noSecretsInCode, {
        "google_monitoring_notification_channel.c": { sensitive_labels: [{ auth_token: "x" }] },
      }),
    ).toEqual(["sensitive_labels.auth_token"]);
  });
});
