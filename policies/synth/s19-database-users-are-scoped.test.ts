import type { JsonObject } from "../reading/json";
import { judgedBy } from "../testing";
import { databaseUsersAreScoped } from "./s19-database-users-are-scoped";

const user = (more = {}) => ({
  "mongodbatlas_database_user.u": {
    oidc_auth_type: "USER",
    roles: [{ role_name: "orders-service", database_name: "admin" }],
    scopes: [{ name: "c", type: "CLUSTER" }],
    ...more,
  },
});

describe("S19", () => {
  test("GIVEN no user WHEN judged THEN it is not applicable", () => {
    expect(judgedBy(databaseUsersAreScoped, {})).toEqual("not applicable");
  });

  test("GIVEN workload identity, one cluster WHEN judged THEN it is compliant", () => {
    expect(judgedBy(databaseUsersAreScoped, user())).toEqual("compliant");
  });

  test("GIVEN a password WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(databaseUsersAreScoped, user({ oidc_auth_type: null, password: "x" }))).toEqual([
      "password",
    ]);
  });

  test("GIVEN nothing that proves who it is WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(databaseUsersAreScoped, user({ oidc_auth_type: "NONE" }))).toEqual(["oidc_auth_type"]);
  });

  test("GIVEN every cluster WHEN judged THEN it is not compliant", () => {
    expect(judgedBy(databaseUsersAreScoped, user({ scopes: [] }))).toEqual(["scopes"]);
  });

  test("GIVEN everything WHEN judged THEN it is not compliant", () => {
    expect(
      judgedBy(
        databaseUsersAreScoped,
        user({ roles: [{ role_name: "atlasAdmin", database_name: "admin" }] }),
      ),
    ).toEqual(["roles"]);
  });

  test.each([
    ["INSERT", "preview", "compliant"],
    ["DROP_DATABASE", "preview", "compliant"],
    ["FIND", "preview", ["actions"]],
    ["INSERT", "dev", ["actions"]],
    ["DROP_DATABASE", "prod", ["actions"]],
  ] as const)("GIVEN a role for %s in every database of %s WHEN judged THEN %p", (action, pack, expected) => {
    const role = (resource: JsonObject) => ({
      "mongodbatlas_custom_db_role.r": { actions: [{ action, resources: [resource] }] },
    });
    const everywhere = role({ database_name: "", collection_name: "" });
    expect(judgedBy(databaseUsersAreScoped, everywhere, { pack })).toEqual(expected);
    expect(judgedBy(databaseUsersAreScoped, role({ database_name: "orders" }), { pack })).toEqual(
      "compliant",
    );
    expect(judgedBy(databaseUsersAreScoped, role({ cluster: true }), { pack })).toEqual("compliant");
  });
});
