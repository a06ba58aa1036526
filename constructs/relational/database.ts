import { SqlDatabase, type SqlDatabaseConfig } from "@cdktf/provider-google/lib/sql-database";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { InstanceLike } from "./instance";

/** Props of `Database`. */
export interface DatabaseProps extends Transformable<{ database: SqlDatabaseConfig }> {
  readonly instance: Pick<InstanceLike, "instanceName">;
  /** 1 to 63 lowercase letters, digits and underscores, starting with a letter. Can't change. */
  readonly name: string;
}

/**
 * A database of an instance. Destroyed, it is only forgotten: data goes by hand, never by a plan.
 *
 * @throws UserError when the name is none or PostgreSQL's own
 */
export class Database extends Construct {
  readonly databaseName: string;

  constructor(scope: Construct, id: string, { instance, name, transform }: DatabaseProps) {
    super(scope, id);
    refuse(this, `database ${name}`, [
      checkName(
        name,
        /^(?!(postgres|template0|template1|cloudsqladmin)$)[a-z][a-z0-9_]{0,62}$/,
        "name",
        "1 to 63 lowercase letters, digits and underscores, starting with a letter, not one of PostgreSQL's own",
      ),
    ]);
    google(this);
    this.databaseName = new SqlDatabase(
      this,
      "database",
      transformed<SqlDatabaseConfig>(
        { instance: instance.instanceName, name, charset: "UTF8", deletionPolicy: "ABANDON" },
        transform?.database,
      ),
    ).name;
  }
}
