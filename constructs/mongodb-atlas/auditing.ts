import { type AuditingConfig, Auditing as AuditingResource } from "@cdktf/provider-mongodbatlas/lib/auditing";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";

/** Who may do what, and what exists: everything that changes it is audited. */
const changes = [
  "createUser",
  "dropUser",
  "dropAllUsersFromDatabase",
  "updateUser",
  "grantRolesToUser",
  "revokeRolesFromUser",
  "createRole",
  "updateRole",
  "dropRole",
  "dropAllRolesFromDatabase",
  "grantRolesToRole",
  "revokeRolesFromRole",
  "grantPrivilegesToRole",
  "revokePrivilegesFromRole",
  "dropDatabase",
  "dropCollection",
  "dropIndex",
  "renameCollection",
  "enableSharding",
  "shardCollection",
  "addShard",
  "removeShard",
  "replSetReconfig",
  "shutdown",
  "auditConfigure",
  "logout",
] as const;

/**
 * What is audited unless a project says otherwise: every change of users, roles, databases, collections and shards, and
 * every attempt to sign in or to do something that failed. Reads and writes of documents are not: they would fill the
 * logs and slow the cluster down.
 *
 * @see https://www.mongodb.com/docs/manual/reference/audit-message/
 */
export const defaultAuditFilter = {
  $or: [{ atype: { $in: changes } }, { atype: { $in: ["authenticate", "authCheck"] }, result: { $ne: 0 } }],
} as const;

/** Props of `Auditing`. */
export interface AuditingProps extends Transformable<{ auditing: AuditingConfig }> {
  readonly project: AtlasProjectLike;
  /**
   * Which events, as a query over audit messages.
   *
   * @default - see `defaultAuditFilter`
   */
  readonly filter?: Readonly<Record<string, unknown>>;
  /**
   * Also what was allowed, so that a filter can ask for reads and writes. Costs speed.
   *
   * @default false
   */
  readonly successes?: boolean;
}

/**
 * The audit log of a project's dedicated clusters; it is downloaded with the clusters' other logs. To switch it off,
 * remove the construct.
 *
 * @throws UserError when the filter asks for nothing
 * @see https://www.mongodb.com/docs/atlas/database-auditing/
 */
export class Auditing extends Construct {
  constructor(scope: Construct, id: string, props: AuditingProps) {
    super(scope, id);
    const { project, filter = defaultAuditFilter, successes = false, transform } = props;
    refuse(this, "auditing", [
      check(
        Object.keys(filter).length > 0,
        "filter",
        filter,
        "a query; the empty one would audit everything",
      ),
    ]);
    atlas(this);
    new AuditingResource(
      this,
      "auditing",
      transformed<AuditingConfig>(
        {
          projectId: project.projectId,
          enabled: true,
          auditFilter: JSON.stringify(filter),
          auditAuthorizationSuccess: successes,
        },
        transform?.auditing,
      ),
    );
  }
}
