import { Account } from "../identity/account";
import { refusals, synthesized } from "../testing";
import { DatabaseKeeper } from "./database-keeper";
import { exampleCluster } from "./example-cluster";

describe("DatabaseKeeper", () => {
  const build = (identityProviderId = "66a04be1d2c93f57b8e6a114") =>
    synthesized((stack) => {
      const account = new Account(stack, "account", { accountId: "keeper", purpose: "Keeps databases." });
      const cluster = exampleCluster(stack);
      new DatabaseKeeper(stack, "keeper", { cluster, roleName: "keeper", account, identityProviderId });
    });

  test("lists, fills and drops every database of one cluster, and reads none", () => {
    const { one } = build();
    const { actions } = one("mongodbatlas_custom_db_role") as {
      actions: { action: string; resources: object[] }[];
    };
    expect(actions.map(({ action, resources }) => [action, resources])).toEqual([
      ["INSERT", [{ database_name: "", collection_name: "" }]],
      ["DROP_DATABASE", [{ database_name: "", collection_name: "" }]],
      ["LIST_DATABASES", [{ cluster: true }]],
    ]);
    const user = one("mongodbatlas_database_user");
    expect(user).toMatchObject({ oidc_auth_type: "USER", scopes: [{ type: "CLUSTER" }] });
    expect(user).not.toHaveProperty("password");
  });

  test("refuses an identity provider that is none", () => {
    expect(refusals(() => build("none"))).toEqual(["identityProviderId: 24 hexadecimal digits"]);
  });
});
