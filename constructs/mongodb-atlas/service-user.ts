import { CustomDbRole, type CustomDbRoleConfig } from "@cdktf/provider-mongodbatlas/lib/custom-db-role";
import { DatabaseUser, type DatabaseUserConfig } from "@cdktf/provider-mongodbatlas/lib/database-user";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { ClusterLike } from "./cluster-like";
import { actionsOf, type DatabaseAccess, databaseNamePattern, roleNamePattern } from "./database-access";
import { databaseNameBytes } from "./tiers";

/** An account with the number that Google gave it. */
export interface NumberedAccount {
  readonly uniqueId: string;
}

/** Props of `ServiceUser`. */
export interface ServiceUserProps
  extends Transformable<{ role: CustomDbRoleConfig; user: DatabaseUserConfig }> {
  /** The only cluster that the user may sign in to; one of another stack by its name. */
  readonly cluster: Pick<ClusterLike, "clusterName" | "project">;
  /** Name of the custom role, unique in the project; not starting with `xgen-`. */
  readonly roleName: string;
  readonly database: string;
  readonly access: DatabaseAccess;
  /** The account that the service runs as. */
  readonly account: NumberedAccount;
  /** The organisation's workload identity provider for Google accounts: 24 hexadecimal digits. */
  readonly identityProviderId: string;
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
    this.createUser(props, this.createRole(props));
  }

  private validate({ roleName, database, identityProviderId }: ServiceUserProps): void {
    refuse(this, `database user of ${roleName}`, [
      checkName(roleName, roleNamePattern, "roleName", "letters, digits, - and _, not starting with xgen-"),
      checkName(
        database,
        databaseNamePattern(databaseNameBytes),
        "database",
        `1 to ${databaseNameBytes} letters, digits, - and _`,
      ),
      checkName(identityProviderId, /^[0-9a-f]{24}$/, "identityProviderId", "24 hexadecimal digits"),
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

  private createUser(props: ServiceUserProps, role: CustomDbRole): void {
    const { cluster, account, identityProviderId, transform } = props;
    new DatabaseUser(
      this,
      "user",
      transformed<DatabaseUserConfig>(
        {
          projectId: cluster.project.projectId,
          username: `${identityProviderId}/${account.uniqueId}`,
          authDatabaseName: "$external",
          oidcAuthType: "USER",
          // Custom roles live in the admin database, whatever database they give access to.
          roles: [{ roleName: role.roleName, databaseName: "admin" }],
          scopes: [{ name: cluster.clusterName, type: "CLUSTER" }],
        },
        transform?.user,
      ),
    );
  }
}
