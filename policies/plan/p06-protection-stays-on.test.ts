import { judgedPlanBy } from "../testing";
import { protectionStaysOn } from "./p06-protection-stays-on";

const cluster = (before: Record<string, boolean>, after: Record<string, boolean | null>, unknown = {}) => ({
  "mongodbatlas_advanced_cluster.c": { before, after, unknown },
});

describe("P6", () => {
  test("GIVEN nothing that changes WHEN judged THEN it is not applicable", () => {
    expect(judgedPlanBy(protectionStaysOn, { "google_storage_bucket.b": { after: {} } })).toEqual(
      "not applicable",
    );
  });

  test("GIVEN protection that stays WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(protectionStaysOn, cluster({ backup_enabled: true }, { backup_enabled: true })),
    ).toEqual("compliant");
  });

  test("GIVEN protection that is switched on WHEN judged THEN it is compliant", () => {
    expect(judgedPlanBy(protectionStaysOn, cluster({ pit_enabled: false }, { pit_enabled: true }))).toEqual(
      "compliant",
    );
  });

  test("GIVEN known later, in dev WHEN judged THEN it is compliant", () => {
    expect(
      judgedPlanBy(protectionStaysOn, cluster({ pit_enabled: true }, {}, { pit_enabled: true }), {
        pack: "dev",
      }),
    ).toEqual("compliant");
  });

  test("GIVEN everything off WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(
        protectionStaysOn,
        cluster(
          { backup_enabled: true, pit_enabled: true, termination_protection_enabled: true },
          { backup_enabled: false, pit_enabled: false, termination_protection_enabled: false },
        ),
      ),
    ).toEqual(["termination_protection_enabled", "backup_enabled", "pit_enabled"]);
  });

  test("GIVEN known later, in production WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(protectionStaysOn, cluster({ pit_enabled: true }, {}, { pit_enabled: true })),
    ).toEqual(["pit_enabled"]);
  });

  test("GIVEN a bucket without versions, open, and emptied WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(protectionStaysOn, {
        "google_storage_bucket.b": {
          before: {
            versioning: [{ enabled: true }],
            public_access_prevention: "enforced",
            force_destroy: false,
          },
          after: { versioning: [], public_access_prevention: "inherited", force_destroy: true },
        },
      }),
    ).toEqual(["versioning.enabled", "public_access_prevention", "force_destroy"]);
  });

  test("GIVEN a secret that may be deleted WHEN judged THEN it is not compliant", () => {
    expect(
      judgedPlanBy(protectionStaysOn, {
        "google_secret_manager_secret.s": {
          before: { deletion_protection: true },
          after: { deletion_protection: false },
        },
      }),
    ).toEqual(["deletion_protection"]);
  });
});
