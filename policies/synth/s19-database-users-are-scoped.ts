import type { PackName } from "../packs";
import { blocksOf, textAt } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

const USER = "mongodbatlas_database_user";
const ROLE = "mongodbatlas_custom_db_role";

const everything = [
  "atlasAdmin",
  "readWriteAnyDatabase",
  "dbAdminAnyDatabase",
  "userAdminAnyDatabase",
  "clusterAdmin",
  "root",
];

export const databaseUsersAreScoped: SynthRule = {
  id: "S19",
  title: "Database users have no password, one cluster, and only what they need",
  why: "A password leaks; a user for every cluster and database takes everything with it.",
  mapsTo: ["Atlas"],
  check: (environment) =>
    judgeEach(environment.all(USER, ROLE), (one) =>
      one.type === ROLE ? reach(one, environment.pack) : [...proof(one), ...scope(one), ...roles(one)],
    ),
};

function proof(user: Resource): Violation[] {
  const without = ["oidc_auth_type", "x509_type", "aws_iam_type"].some((name) => {
    const value = textAt(user.values, name);
    return value !== undefined && value !== "NONE";
  });
  if (without && user.values.password === undefined) return [];
  return [
    user.violation(
      user.values.password === undefined ? "oidc_auth_type" : "password",
      "a user with a password",
      'use workload identity: oidc_auth_type "USER", the account\'s number in the name',
    ),
  ];
}

function scope(user: Resource): Violation[] {
  if (blocksOf(user.values.scopes).some((one) => textAt(one, "type") === "CLUSTER")) return [];
  return [user.violation("scopes", "a user of every cluster in the project", "name its cluster")];
}

/**
 * Where previews live, somebody has to seed and drop databases whose names nobody knows beforehand; whoever does can't see
 * what is in them.
 */
const blind = ["INSERT", "DROP_DATABASE"];

/** No name of a database means every database. */
function reach(role: Resource, pack: PackName): Violation[] {
  const wide = blocksOf(role.values.actions)
    .filter(({ resources }) =>
      blocksOf(resources).some((one) => one.cluster !== true && !textAt(one, "database_name")),
    )
    .map((action) => textAt(action, "action") ?? "")
    .filter((action) => pack !== "preview" || !blind.includes(action));
  if (wide.length === 0) return [];
  return [role.violation("actions", `${wide.join(", ")} in every database`, "name the databases")];
}

function roles(user: Resource): Violation[] {
  return blocksOf(user.values.roles)
    .map((role) => textAt(role, "role_name") ?? "")
    .filter((role) => everything.includes(role))
    .map((role) =>
      user.violation(
        "roles",
        `${role}: everything`,
        "give a custom role for the databases that it works with",
      ),
    );
}
