import { judgedBy } from "../testing";
import { databasesAreAudited } from "./s22-databases-are-audited";

const cluster = { "mongodbatlas_advanced_cluster.c": { encryption_at_rest_provider: "GCP" } };
const audit = { "mongodbatlas_auditing.a": { enabled: true } };
const key = { "mongodbatlas_encryption_at_rest.e": { google_cloud_kms_config: { enabled: true } } };

describe("S22", () => {
  test("GIVEN no cluster WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(databasesAreAudited, {})).toEqual("not applicable");
  });

  test("GIVEN audited, with a key WHEN judged THEN it is compliant", () => {
    expect(judgedBy(databasesAreAudited, { ...cluster, ...audit, ...key })).toEqual("compliant");
  });

  test("GIVEN neither WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(databasesAreAudited, cluster)).toEqual([
      "mongodbatlas_advanced_cluster.c",
      "mongodbatlas_advanced_cluster.c",
    ]);
  });

  test("GIVEN an audit that is off WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(databasesAreAudited, { ...cluster, ...key, "mongodbatlas_auditing.a": { enabled: false } }),
    ).toEqual(["mongodbatlas_advanced_cluster.c"]);
  });

  test("GIVEN a key that the cluster does not use WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(databasesAreAudited, { "mongodbatlas_advanced_cluster.c": {}, ...audit, ...key }),
    ).toEqual(["encryption_at_rest_provider"]);
  });
});
