import {
  CloudBackupSchedule,
  type CloudBackupScheduleConfig,
  type CloudBackupScheduleCopySettings,
} from "@cdktf/provider-mongodbatlas/lib/cloud-backup-schedule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { inDays, parts } from "../units";
import { type BackupPlan, checkPlan, copyRegions } from "./backup-plan";
import type { ClusterLike } from "./cluster-like";
import { intervals, retention } from "./retention";

/** A bucket that Atlas may put snapshots into, made here or elsewhere. */
export interface SnapshotBucketLike {
  /** 24 hexadecimal digits; known only after Atlas knows the bucket. */
  readonly exportBucketId: string;
}

/** Which snapshots also go into a bucket, as files that outlive the Atlas project. */
export interface SnapshotExport {
  readonly to: SnapshotBucketLike;
  /** The policy whose snapshots are exported. */
  readonly every: "day" | "week" | "month" | "year";
}

/** Props of `BackupSchedule`. */
export interface BackupScheduleProps
  extends BackupPlan,
    Transformable<{ schedule: CloudBackupScheduleConfig }> {
  readonly cluster: ClusterLike;
  /**
   * UTC time of the daily snapshot, and of the others on their day.
   *
   * @default "02:30"
   */
  readonly at?: `${number}:${number}`;
  /**
   * Snapshots that are exported.
   *
   * @default - none
   */
  readonly export?: SnapshotExport;
}

/**
 * The snapshots of a cluster. Atlas refuses a schedule in which a rarer snapshot is kept shorter than a more frequent
 * one; here that is found before anything is planned.
 *
 * @throws UserError with every rule that the plan breaks
 * @see https://www.mongodb.com/docs/atlas/backup/cloud-backup/scheduling/
 */
export class BackupSchedule extends Construct {
  readonly cluster: ClusterLike;
  readonly plan: BackupPlan;
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: BackupScheduleProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.cluster = props.cluster;
    this.plan = props;
    this.resource = this.createSchedule(props);
  }

  private validate(props: BackupScheduleProps): void {
    refuse(this, `the backup schedule of ${props.cluster.clusterName}`, [
      ...checkPlan(props, props.cluster.region),
      check(
        props.at === undefined || /^([01]\d|2[0-3]):[0-5]\d$/.test(props.at),
        "at",
        props.at,
        "a time of day such as 02:30",
      ),
      check(
        props.export?.every !== "year" || props.yearly !== "none",
        "export.every",
        props.export?.every,
        "a policy that the plan has",
      ),
    ]);
  }

  private createSchedule(props: BackupScheduleProps): CloudBackupSchedule {
    const { cluster, hourly, daily, weekly, monthly, yearly, restoreWindow, at = "02:30" } = props;
    const [hour = 0, minute = 0] = at.split(":").map(Number);
    return new CloudBackupSchedule(
      this,
      "schedule",
      transformed<CloudBackupScheduleConfig>(
        {
          projectId: cluster.project.projectId,
          clusterName: cluster.clusterName,
          referenceHourOfDay: hour,
          referenceMinuteOfHour: minute,
          restoreWindowDays: inDays(restoreWindow),
          // A shorter retention applies to snapshots to come; those that exist keep what they were promised.
          updateSnapshots: false,
          policyItemHourly: { frequencyInterval: parts(hourly.every).amount, ...retention(hourly.keep) },
          policyItemDaily: { frequencyInterval: intervals.daily, ...retention(daily.keep) },
          policyItemWeekly: [{ frequencyInterval: intervals.weekly, ...retention(weekly.keep) }],
          policyItemMonthly: [{ frequencyInterval: intervals.monthly, ...retention(monthly.keep) }],
          ...(yearly === "none"
            ? {}
            : { policyItemYearly: [{ frequencyInterval: intervals.yearly, ...retention(yearly.keep) }] }),
          ...this.exportOf(props),
          ...this.copiesOf(props),
        },
        props.transform?.schedule,
      ),
    );
  }

  /** Off is written out: what is left away stays as it was. */
  private exportOf({
    export: exported,
  }: BackupScheduleProps): Pick<CloudBackupScheduleConfig, "autoExportEnabled" | "export"> {
    if (!exported) {
      return { autoExportEnabled: false };
    }
    const frequencyType = exported.every === "day" ? "daily" : `${exported.every}ly`;
    return {
      autoExportEnabled: true,
      export: { exportBucketId: exported.to.exportBucketId, frequencyType },
    };
  }

  private copiesOf(props: BackupScheduleProps): Pick<CloudBackupScheduleConfig, "copySettings"> {
    const { cluster, yearly } = props;
    const regions = copyRegions(props);
    return regions.length === 0
      ? {}
      : {
          copySettings: regions.map(
            (regionName): CloudBackupScheduleCopySettings => ({
              cloudProvider: "GCP",
              regionName,
              zoneId: cluster.zoneId,
              frequencies: ["DAILY", "WEEKLY", "MONTHLY", ...(yearly === "none" ? [] : ["YEARLY"])],
              // Atlas copies the operations between snapshots only where it keeps them.
              shouldCopyOplogs: cluster.pointInTime,
            }),
          ),
        };
  }
}
