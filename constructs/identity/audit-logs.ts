import {
  ProjectIamAuditConfig,
  type ProjectIamAuditConfigConfig,
} from "@cdktf/provider-google/lib/project-iam-audit-config";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** A service's calls that somebody makes and that are not logged. */
export interface AuditExemption {
  /** Service with its API's name: `storage`. */
  readonly service: string;
  /** What is not logged: reads or writes of data. What administrators do is always logged. */
  readonly calls: readonly ("reads" | "writes")[];
  /** Whose calls, as IAM writes them: `serviceAccount:…`. At least one. */
  readonly members: readonly string[];
  /** Why, for the reader of the code. */
  readonly because: string;
}

/** Props of `AuditLogs`. */
export interface AuditLogsProps extends Transformable<{ audit: ProjectIamAuditConfigConfig }> {
  /** Accounts whose calls would drown the rest, such as one that copies every object. @default - none: everything is logged */
  readonly exemptions?: readonly AuditExemption[];
}

/**
 * Logs every call to every Google service in the project: who read, wrote or administered what. Reads and writes of data
 * are logged nowhere before this is on.
 *
 * @throws UserError when an exemption exempts nobody, or a service has two
 * @see https://cloud.google.com/logging/docs/audit/configure-data-access
 */
export class AuditLogs extends Construct {
  constructor(scope: Construct, id: string, props: AuditLogsProps = {}) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.logEverything(props);
    this.exempt(props);
  }

  private validate({ exemptions = [] }: AuditLogsProps): void {
    refuse(
      this,
      "the audit logs",
      exemptions.flatMap(({ service, members }, index) => [
        check(
          /^[a-z][a-z0-9]*$/.test(service),
          `exemptions[${index}].service`,
          service,
          "a name such as storage",
        ),
        check(
          exemptions.findIndex((other) => other.service === service) === index,
          `exemptions[${index}].service`,
          service,
          "each service once",
        ),
        check(members.length > 0, `exemptions[${index}].members`, members, "at least one"),
      ]),
    );
  }

  private logEverything({ transform }: AuditLogsProps): void {
    new ProjectIamAuditConfig(
      this,
      "all-services",
      transformed<ProjectIamAuditConfigConfig>(
        {
          project: cloudOf(this).project,
          service: "allServices",
          auditLogConfig: [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
        },
        transform?.audit,
      ),
    );
  }

  private exempt({ exemptions = [] }: AuditLogsProps): void {
    for (const { service, calls, members } of exemptions) {
      new ProjectIamAuditConfig(this, `exempt-${service}`, {
        project: cloudOf(this).project,
        service: `${service}.googleapis.com`,
        auditLogConfig: [...new Set(calls)].map((call) => ({
          logType: call === "reads" ? "DATA_READ" : "DATA_WRITE",
          exemptedMembers: [...members],
        })),
      });
    }
  }
}
