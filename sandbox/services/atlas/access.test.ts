import type { ObjectValue, Value } from "../../values/value";
import { errorsOf, TrialCloud } from "../trial-cloud";
import { encodeStateId } from "./identity";

const ROLE = "mongodbatlas_custom_db_role";
const USER = "mongodbatlas_database_user";
const LIST = "mongodbatlas_project_ip_access_list";

describe("access to Atlas", () => {
  let trial: TrialCloud;
  let project: Value;
  beforeEach(async () => {
    trial = new TrialCloud();
    const created = await trial.created("mongodbatlas_project", {
      name: "shop-dev",
      org_id: "5f76e20cfaeaad58bc70a115",
    });
    project = created.id ?? null;
  });
  afterEach(() => trial.close());

  const user = (more: ObjectValue = {}): ObjectValue => ({
    project_id: project,
    username: "orders",
    auth_database_name: "admin",
    roles: [{ role_name: "readWrite", database_name: "orders" }],
    ...more,
  });
  const role = (more: ObjectValue = {}): ObjectValue => ({
    project_id: project,
    role_name: "ordersWriter",
    actions: [{ action: "INSERT", resources: [{ database_name: "orders", collection_name: "" }] }],
    ...more,
  });
  const preview = (): Promise<ObjectValue> =>
    trial.created("mongodbatlas_flex_cluster", {
      project_id: project,
      name: "preview",
      provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
    });

  test("GIVEN a user THEN its id is the provider's, a second is a conflict, and the password is nowhere", async () => {
    const state = await trial.created(USER, user({ password: "s3cret-value" }));
    expect(state).toMatchObject({
      id: encodeStateId({ project_id: String(project), username: "orders", auth_database_name: "admin" }),
      password: "s3cret-value",
    });
    const refused = await trial.create(USER, user({ password: "s3cret-value" }));
    expect(errorsOf(refused)).toEqual(["error during database user creation"]);
    expect(refused.diagnostics[0]?.detail).toContain("USER_ALREADY_EXISTS");
    expect(
      JSON.stringify([refused.diagnostics, trial.store.read((cloud) => cloud.list(USER))]),
    ).not.toContain("s3cret-value");
    expect(await trial.read(USER, state)).toEqual(state);
    expect(await trial.import(USER, `${project}-orders-admin`)).toMatchObject({
      username: "orders",
      password: null,
    });
  });

  test("GIVEN a custom role THEN users may have it, once it exists", async () => {
    const roles = [{ role_name: "ordersWriter", database_name: "admin" }];
    expect((await trial.create(USER, user({ roles }))).diagnostics[0]?.detail).toContain(
      "ATLAS_CUSTOM_ROLE_NOT_FOUND",
    );
    const state = await trial.created(ROLE, role());
    expect(state.id).toBe(encodeStateId({ project_id: String(project), role_name: "ordersWriter" }));
    expect(errorsOf(await trial.create(ROLE, role()))[0]).toMatch(
      /^error creating custom db role: .*already exists/,
    );
    expect(errorsOf(await trial.create(ROLE, role({ role_name: "readWrite" })))[0]).toContain(
      "built-in role",
    );
    await trial.created(USER, user({ roles }));
    expect(await trial.import(ROLE, `${project}-ordersWriter`)).toMatchObject({ role_name: "ordersWriter" });
  });

  test("GIVEN only shared tiers WHEN a user is a workload THEN it is refused, scoped to a dedicated cluster it is not", async () => {
    await preview();
    const workload = user({ auth_database_name: "$external", username: "idp/1", oidc_auth_type: "USER" });
    expect((await trial.create(USER, workload)).diagnostics[0]?.detail).toContain("need a dedicated cluster");
    await trial.created("mongodbatlas_advanced_cluster", {
      project_id: project,
      name: "orders",
      cluster_type: "REPLICASET",
      replication_specs: [
        {
          region_configs: [
            {
              provider_name: "GCP",
              region_name: "WESTERN_EUROPE",
              priority: 7,
              electable_specs: [{ instance_size: "M10", node_count: 3 }],
            },
          ],
        },
      ],
    });
    const onFlex = { ...workload, scopes: [{ name: "preview", type: "CLUSTER" }] };
    expect((await trial.create(USER, onFlex)).diagnostics[0]?.detail).toContain("need a dedicated cluster");
    await trial.created(USER, { ...workload, scopes: [{ name: "orders", type: "CLUSTER" }] });
  });

  test("GIVEN only shared tiers WHEN a database's name has more than 38 bytes THEN it is refused", async () => {
    await preview();
    const long = `pr_${"x".repeat(36)}`;
    const fitting = long.slice(0, 38);
    const roles = (name: string): ObjectValue => ({
      roles: [{ role_name: "readWrite", database_name: name }],
    });
    expect((await trial.create(USER, user(roles(long)))).diagnostics[0]?.detail).toContain(
      "longer than 38 bytes",
    );
    await trial.created(USER, user(roles(fitting)));
    const actions = [{ action: "FIND", resources: [{ database_name: long, collection_name: "" }] }];
    expect(errorsOf(await trial.create(ROLE, role({ actions })))[0]).toContain("longer than 38 bytes");
  });

  test("GIVEN an address THEN it is listed as a range too; a range by its own name", async () => {
    const address = await trial.created(LIST, {
      project_id: project,
      ip_address: "10.1.2.3",
      comment: "office",
    });
    expect(address).toMatchObject({
      id: encodeStateId({ entry: "10.1.2.3/32", project_id: String(project) }),
      cidr_block: "10.1.2.3/32",
      aws_security_group: "",
    });
    const range = await trial.created(LIST, { project_id: project, cidr_block: "10.2.0.0/16" });
    expect(range).toMatchObject({ ip_address: "", comment: "" });
    expect(await trial.import(LIST, `${project}-10.2.0.0/16`)).toMatchObject({ cidr_block: "10.2.0.0/16" });
    expect(
      (await trial.create(LIST, { project_id: project, cidr_block: "10.2.0.0/40" })).diagnostics[0]?.detail,
    ).toContain("INVALID_IP_ADDRESS_OR_CIDR_NOTATION");
  });
});
