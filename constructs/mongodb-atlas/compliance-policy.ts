import {
  BackupCompliancePolicy,
  type BackupCompliancePolicyConfig,
} from "@cdktf/provider-mongodbatlas/lib/backup-compliance-policy";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, inDays, parts } from "../units";
import type { AtlasProjectLike } from "./atlas-project";
import type { BackupPlan } from "./backup-plan";
import type { BackupSchedule } from "./backup-schedule";
import { intervals, retention } from "./retention";

/** Who accepted, and where it is written down, that this can't be undone. */
export interface SignOff {
  /** Full name. */
  readonly signedOffBy: string;
  /** Where the decision is kept: a ticket, a signed document. */
  readonly reference: string;
}

/** Props of `CompliancePolicy`. */
export interface CompliancePolicyProps extends Transformable<{ policy: BackupCompliancePolicyConfig }> {
  readonly project: AtlasProjectLike;
  /**
   * What every cluster of the project must keep at least. It can be made stricter later, never weaker, and switched off
   * by MongoDB's support alone, after the person below has been called and identified.
   */
  readonly atLeast: Pick<BackupPlan, "hourly" | "daily" | "weekly" | "monthly" | "yearly" | "restoreWindow">;
  /** The schedules of the project's clusters; they come first, and each must keep at least as much. */
  readonly schedules: readonly BackupSchedule[];
  /** The person whom MongoDB's support asks. */
  readonly authorised: { readonly email: string; readonly firstName: string; readonly lastName: string };
  /** Without it the policy is not made: it is for production only, and for ever. */
  readonly irreversible: SignOff;
  /**
   * How long snapshots taken by hand are kept.
   *
   * @default "7 days"
   */
  readonly onDemandKeep?: Duration;
  /**
   * Every cluster must have continuous backup.
   *
   * @default true
   */
  readonly pointInTime?: boolean;
  /**
   * Copies in other regions can't be deleted either.
   *
   * @default false
   */
  readonly protectCopies?: boolean;
  /**
   * Every cluster must be encrypted with the project's own key.
   *
   * @default false
   */
  readonly ownKey?: boolean;
}

/**
 * Snapshots that nobody can delete before their time: neither the team nor an intruder with its rights.
 *
 * @throws UserError when nobody signed, or a schedule keeps less than the policy
 * @see https://www.mongodb.com/docs/atlas/backup/cloud-backup/backup-compliance-policy/
 */
export class CompliancePolicy extends Construct {
  constructor(scope: Construct, id: string, props: CompliancePolicyProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.createPolicy(props);
  }

  private validate(props: CompliancePolicyProps): void {
    const { irreversible, authorised, schedules, atLeast, pointInTime = true } = props;
    refuse(this, "the backup compliance policy", [
      check(
        irreversible.signedOffBy.trim().includes(" "),
        "irreversible.signedOffBy",
        irreversible.signedOffBy,
        "the full name of who accepted that the policy can't be undone",
      ),
      check(
        irreversible.reference.trim() !== "",
        "irreversible.reference",
        irreversible.reference,
        "where that decision is kept",
      ),
      check(
        /^[^@\s]+@[^@\s]+$/.test(authorised.email),
        "authorised.email",
        authorised.email,
        "an e-mail address",
      ),
      ...schedules.flatMap(({ plan }, index) => checkKept(`schedules.${index}`, plan, atLeast)),
      ...schedules.map(({ cluster }, index) =>
        check(
          cluster.pointInTime || !pointInTime,
          `schedules.${index}.cluster`,
          cluster.clusterName,
          "a cluster with continuous backup",
        ),
      ),
    ]);
  }

  private createPolicy(props: CompliancePolicyProps): BackupCompliancePolicy {
    const { project, authorised, atLeast, schedules, onDemandKeep = "7 days" } = props;
    const { hourly, daily, weekly, monthly, yearly, restoreWindow } = atLeast;
    return new BackupCompliancePolicy(
      this,
      "policy",
      transformed<BackupCompliancePolicyConfig>(
        {
          projectId: project.projectId,
          authorizedEmail: authorised.email,
          authorizedUserFirstName: authorised.firstName,
          authorizedUserLastName: authorised.lastName,
          pitEnabled: props.pointInTime ?? true,
          copyProtectionEnabled: props.protectCopies ?? false,
          encryptionAtRestEnabled: props.ownKey ?? false,
          restoreWindowDays: inDays(restoreWindow),
          onDemandPolicyItem: { frequencyInterval: 0, ...retention(onDemandKeep) },
          policyItemHourly: { frequencyInterval: parts(hourly.every).amount, ...retention(hourly.keep) },
          policyItemDaily: { frequencyInterval: intervals.daily, ...retention(daily.keep) },
          policyItemWeekly: [{ frequencyInterval: intervals.weekly, ...retention(weekly.keep) }],
          policyItemMonthly: [{ frequencyInterval: intervals.monthly, ...retention(monthly.keep) }],
          ...(yearly === "none"
            ? {}
            : { policyItemYearly: [{ frequencyInterval: intervals.yearly, ...retention(yearly.keep) }] }),
          dependsOn: schedules.map(({ resource }) => resource),
        },
        props.transform?.policy,
      ),
    );
  }
}

/** Atlas refuses a policy that a cluster's schedule does not meet. */
function checkKept(
  field: string,
  plan: BackupPlan,
  atLeast: CompliancePolicyProps["atLeast"],
): (Problem | undefined)[] {
  const frequencies = ["hourly", "daily", "weekly", "monthly", "yearly"] as const;
  return [
    check(
      inDays(plan.restoreWindow) >= inDays(atLeast.restoreWindow),
      `${field}.restoreWindow`,
      plan.restoreWindow,
      `at least ${atLeast.restoreWindow}, as the policy demands`,
    ),
    ...frequencies.map((frequency) => {
      const [kept, demanded] = [plan[frequency], atLeast[frequency]];
      if (demanded === "none") {
        return undefined;
      }
      const days = kept === "none" ? 0 : inDays(kept.keep);
      const found = kept === "none" ? "none" : kept.keep;
      return check(
        days >= inDays(demanded.keep),
        `${field}.${frequency}`,
        found,
        `at least ${demanded.keep}, as the policy demands`,
      );
    }),
  ];
}
