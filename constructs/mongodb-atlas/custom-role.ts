import { CustomDbRole, type CustomDbRoleConfig } from "@cdktf/provider-mongodbatlas/lib/custom-db-role";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import { databaseNamePattern, roleNamePattern } from "./database-access";
import { databaseNameBytes } from "./tiers";

/** Actions on one database, or on one of its collections. */
export interface Privilege {
  /** Atlas's names of actions: `FIND`, `CREATE_INDEX`. */
  readonly actions: readonly string[];
  readonly database: string;
  /** @default - every collection of the database */
  readonly collection?: string;
}

/** A role of a project, made here or elsewhere. */
export interface RoleLike {
  readonly roleName: string;
}

/** Props of `CustomRole`. */
export interface CustomRoleProps extends Transformable<{ role: CustomDbRoleConfig }> {
  readonly project: AtlasProjectLike;
  /** Unique in the project; not starting with `xgen-`. Can't change. */
  readonly name: string;
  readonly privileges: readonly Privilege[];
}

/**
 * A role of a project's own, for what reading and reading-and-writing are not: it can do what it lists in the databases
 * that it names, and nothing in others.
 *
 * @throws UserError when a name is none, or the role can do nothing
 * @see https://www.mongodb.com/docs/atlas/security-add-mongodb-roles/
 */
export class CustomRole extends Construct implements RoleLike {
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: CustomRoleProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.roleName = this.createRole(props).roleName;
  }

  private validate({ name, privileges }: CustomRoleProps): void {
    refuse(this, `role ${name}`, [
      checkName(name, roleNamePattern, "name", "letters, digits, - and _, not starting with xgen-"),
      check(
        privileges.some(({ actions }) => actions.length > 0),
        "privileges",
        privileges,
        "at least one action",
      ),
      ...privileges.flatMap(({ actions, database }, index) => [
        checkName(
          database,
          databaseNamePattern(databaseNameBytes),
          `privileges.${index}.database`,
          `1 to ${databaseNameBytes} letters, digits, - and _`,
        ),
        ...actions.map((action) =>
          checkName(action, /^[A-Z][A-Z_]+$/, `privileges.${index}.actions`, "Atlas's names, such as FIND"),
        ),
      ]),
    ]);
  }

  private createRole({ project, name, privileges, transform }: CustomRoleProps): CustomDbRole {
    return new CustomDbRole(
      this,
      "role",
      transformed<CustomDbRoleConfig>(
        {
          projectId: project.projectId,
          roleName: name,
          actions: privileges.flatMap(({ actions, database, collection = "" }) =>
            actions.map((action) => ({
              action,
              resources: [{ databaseName: database, collectionName: collection }],
            })),
          ),
        },
        transform?.role,
      ),
    );
  }
}
