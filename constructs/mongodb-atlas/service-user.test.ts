import { Account } from "../identity/account";
import { refusals, synthesized } from "../testing";
import { exampleCluster } from "./example-cluster";
import { ServiceUser } from "./service-user";

const identityProviderId = "66a04be1d2c93f57b8e6a114";

describe("ServiceUser", () => {
  const build = (access: "read" | "read-write", roleName = "orders-service") =>
    synthesized((stack) => {
      const account = new Account(stack, "account", { accountId: "run-orders", purpose: "Runs orders." });
      const props = { cluster: exampleCluster(stack), database: "orders", account, identityProviderId };
      new ServiceUser(stack, "orders", { ...props, roleName, access });
    });

  test("signs in with the service's account, to one cluster, in a role of its own", () => {
    const user = build("read-write").one("mongodbatlas_database_user");
    expect(user).toMatchObject({
      auth_database_name: "$external",
      oidc_auth_type: "USER",
      scopes: [{ type: "CLUSTER" }],
      roles: [{ database_name: "admin" }],
    });
    expect(user.username).toMatch(
      new RegExp(`^${identityProviderId}/\\$\\{google_service_account\\..*unique_id\\}$`),
    );
    expect(user).not.toHaveProperty("password");
  });

  test("may do no more than its job in its own database", () => {
    const actions = (access: "read" | "read-write") => {
      const role = build(access).one("mongodbatlas_custom_db_role") as {
        actions: { action: string; resources: object[] }[];
      };
      expect(role.actions.flatMap(({ resources }) => resources)).toEqual(
        role.actions.map(() => ({ database_name: "orders", collection_name: "" })),
      );
      return role.actions.map(({ action }) => action);
    };
    expect(actions("read")).not.toContain("INSERT");
    expect(actions("read-write")).toEqual(expect.arrayContaining(["FIND", "INSERT", "UPDATE", "REMOVE"]));
    expect(actions("read-write")).not.toContain("DROP_DATABASE");
  });

  test("refuses a role name that Atlas keeps for itself", () => {
    expect(refusals(() => build("read", "xgen-orders"))).toEqual([
      "roleName: letters, digits, - and _, not starting with xgen-",
    ]);
  });
});
