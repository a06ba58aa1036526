import type { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { BackupSchedule } from "@groundwork/constructs/mongodb-atlas/backup-schedule";
import type { CloudAccess } from "@groundwork/constructs/mongodb-atlas/cloud-access";
import { CompliancePolicy } from "@groundwork/constructs/mongodb-atlas/compliance-policy";
import type { DedicatedCluster } from "@groundwork/constructs/mongodb-atlas/dedicated-cluster";
import { SnapshotBucket } from "@groundwork/constructs/mongodb-atlas/snapshot-bucket";
import { ExportBucket } from "@groundwork/constructs/storage/export-bucket";
import type { Backups } from "../../environments/schema/backups";
import type { DataStack } from "../data";
import { durableLocation, keyFor } from "../places";

type ExportedFor = Exclude<Backups["exports"], "none">["keep"];

/** When the cluster is kept, for how long, where copies go, and what nobody can shorten. */
export function createBackups(
  stack: DataStack,
  project: AtlasProject,
  cluster: DedicatedCluster,
  access: CloudAccess | undefined,
): void {
  const { backups } = stack.loaded.environment.atlas;
  if (backups === "none") {
    return;
  }
  const { exports, compliance, ...plan } = backups;
  stack.attempt("atlas.backups", () => {
    const schedule = new BackupSchedule(stack, "backups", {
      cluster,
      ...plan,
      ...(exports === "none" || !access
        ? {}
        : { export: { to: createExportBucket(stack, project, access, exports.keep), every: "month" } }),
    });
    if (compliance !== "none") {
      new CompliancePolicy(stack, "compliance", {
        project,
        atLeast: plan,
        schedules: [schedule],
        pointInTime: cluster.pointInTime,
        ...compliance,
      });
    }
  });
}

function createExportBucket(
  stack: DataStack,
  project: AtlasProject,
  access: CloudAccess,
  keep: ExportedFor,
): SnapshotBucket {
  const { names } = stack.loaded;
  return new SnapshotBucket(stack, "snapshots", {
    project,
    access,
    bucket: new ExportBucket(stack, "exports", {
      name: names.exportBucket,
      location: durableLocation(stack.loaded),
      keep,
      ...keyFor(stack.loaded, "storage"),
    }),
  });
}
