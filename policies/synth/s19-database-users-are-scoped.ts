import { blocksOf, textAt } from "../reading/json";
import { judgeEach, type Resource } from "../reading/synthesized";
import type { SynthRule, Violation } from "../rule";

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
    judgeEach(environment.all("mongodbatlas_database_user"), (user) => [
      ...proof(user),
      ...scope(user),
      ...roles(user),
    ]),
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
