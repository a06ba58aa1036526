import { DatabaseUser, type DatabaseUserConfig } from "@cdktf/provider-mongodbatlas/lib/database-user";
import type { Construct } from "constructs";
import { checkName } from "../problems";
import { transformed } from "../transform";
import type { ClusterLike } from "./cluster-like";
import { roleNamePattern } from "./database-access";

/** An account with the number that Google gave it. */
export interface NumberedAccount {
  readonly uniqueId: string;
}

/** Who signs in, where, and in which role. */
export interface WorkloadUserProps {
  /** The only cluster that the user may sign in to; one of another stack by its name. */
  readonly cluster: Pick<ClusterLike, "clusterName" | "project">;
  /** Name of the custom role, unique in the project; not starting with `xgen-`. */
  readonly roleName: string;
  /** The account whose tokens are shown. */
  readonly account: NumberedAccount;
  /** The organisation's workload identity provider for Google accounts: 24 hexadecimal digits. */
  readonly identityProviderId: string;
}

/** What is wrong with a role's name or a provider's id. */
export function workloadUserProblems({ roleName, identityProviderId }: WorkloadUserProps) {
  return [
    checkName(roleName, roleNamePattern, "roleName", "letters, digits, - and _, not starting with xgen-"),
    checkName(identityProviderId, /^[0-9a-f]{24}$/, "identityProviderId", "24 hexadecimal digits"),
  ];
}

/** A user without a password, which is a Google account, with one role in one cluster. */
export function createWorkloadUser(
  scope: Construct,
  { cluster, roleName, account, identityProviderId }: WorkloadUserProps,
  transform?: (config: DatabaseUserConfig) => void,
): DatabaseUser {
  return new DatabaseUser(
    scope,
    "user",
    transformed<DatabaseUserConfig>(
      {
        projectId: cluster.project.projectId,
        username: `${identityProviderId}/${account.uniqueId}`,
        authDatabaseName: "$external",
        oidcAuthType: "USER",
        // Custom roles live in the admin database, whatever database they give access to.
        roles: [{ roleName, databaseName: "admin" }],
        scopes: [{ name: cluster.clusterName, type: "CLUSTER" }],
      },
      transform,
    ),
  );
}
