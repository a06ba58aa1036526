import { CustomDbRole, type CustomDbRoleConfig } from "@cdktf/provider-mongodbatlas/lib/custom-db-role";
import type { DatabaseUserConfig } from "@cdktf/provider-mongodbatlas/lib/database-user";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { actionsOf, type DatabaseAccess, databaseNamePattern } from "./database-access";
import { databaseNameBytes } from "./tiers";
import { createWorkloadUser, type WorkloadUserProps, workloadUserProblems } from "./workload-user";

/** Props of `ServiceUser`; its account is the one that the service runs as. */
export interface ServiceUserProps
  extends WorkloadUserProps,
    Transformable<{ role: CustomDbRoleConfig; user: DatabaseUserConfig }> {
  readonly database: string;
  readonly access: DatabaseAccess;
}

/**
 * A service's way into its database: a role of its own, on one database, and a user without a password. The service
 * shows a token of its Google account; Atlas checks it with the organisation's identity provider. One cluster only.
 *
 * @throws UserError when a name or id is none
 * @see https://www.mongodb.com/docs/atlas/workload-oidc/
 */
export class ServiceUser extends Construct {
  constructor(scope: Construct, id: string, props: ServiceUserProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    const { roleName } = this.createRole(props);
    createWorkloadUser(this, { ...props, roleName }, props.transform?.user);
  }

  private validate(props: ServiceUserProps): void {
    refuse(this, `database user of ${props.roleName}`, [
      ...workloadUserProblems(props),
      checkName(
        props.database,
        databaseNamePattern(databaseNameBytes),
        "database",
        `1 to ${databaseNameBytes} letters, digits, - and _`,
      ),
    ]);
  }

  private createRole({ cluster, roleName, database, access, transform }: ServiceUserProps): CustomDbRole {
    return new CustomDbRole(
      this,
      "role",
      transformed<CustomDbRoleConfig>(
        {
          projectId: cluster.project.projectId,
          roleName,
          actions: actionsOf[access].map((action) => ({
            action,
            resources: [{ databaseName: database, collectionName: "" }],
          })),
        },
        transform?.role,
      ),
    );
  }
}
