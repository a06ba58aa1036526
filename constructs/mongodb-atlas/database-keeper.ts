import { CustomDbRole, type CustomDbRoleConfig } from "@cdktf/provider-mongodbatlas/lib/custom-db-role";
import type { DatabaseUserConfig } from "@cdktf/provider-mongodbatlas/lib/database-user";
import { Construct } from "constructs";
import { refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { createWorkloadUser, type WorkloadUserProps, workloadUserProblems } from "./workload-user";

/** Props of `DatabaseKeeper`. */
export interface DatabaseKeeperProps
  extends WorkloadUserProps,
    Transformable<{ role: CustomDbRoleConfig; user: DatabaseUserConfig }> {}

/** In every database: Atlas's roles know no patterns of names. */
const everywhere = ["INSERT", "DROP_DATABASE"] as const;

/**
 * Fills databases and drops them when their names aren't known beforehand, as those of previews: it lists the names of all,
 * adds documents and drops whole databases, and can read and change none of what is in them. For a cluster that holds
 * nothing of value only: an empty name of a database in its role means all of them.
 *
 * @throws UserError when a name or id is none
 * @see https://www.mongodb.com/docs/atlas/security-add-mongodb-roles/
 */
export class DatabaseKeeper extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseKeeperProps) {
    super(scope, id);
    refuse(this, `keeper of databases ${props.roleName}`, workloadUserProblems(props));
    atlas(this);
    const { roleName } = this.createRole(props);
    createWorkloadUser(this, { ...props, roleName }, props.transform?.user);
  }

  private createRole({ cluster, roleName, transform }: DatabaseKeeperProps): CustomDbRole {
    return new CustomDbRole(
      this,
      "role",
      transformed<CustomDbRoleConfig>(
        {
          projectId: cluster.project.projectId,
          roleName,
          actions: [
            ...everywhere.map((action) => ({
              action,
              resources: [{ databaseName: "", collectionName: "" }],
            })),
            { action: "LIST_DATABASES", resources: [{ cluster: true }] },
          ],
        },
        transform?.role,
      ),
    );
  }
}
