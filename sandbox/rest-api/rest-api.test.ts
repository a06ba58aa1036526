import { createFaults, type Faults } from "../faults/faults";
import { TrialCloud } from "../services/trial-cloud";
import { type StateServer, startStateServer } from "../state-server/state-server";
import { RestApi } from "./rest-api";

const token = "the-token";
const project = "acme-dev";
const source = { deployment: [{ zip: [{ source_url: "https://storage.googleapis.com/a/b.zip" }] }] };

let cloud: TrialCloud;
let faults: Faults;
let server: StateServer;

beforeAll(async () => {
  cloud = new TrialCloud();
  faults = createFaults(cloud.store);
  const services = faults.around(cloud.services);
  const { buckets } = cloud.store;
  const apis = new RestApi({ store: cloud.store, services, faults });
  server = await startStateServer({ buckets, token, apis });
  await cloud.created("google_app_engine_application", { location_id: "europe-west" });
  for (const [service, version] of [
    ["default", "v1"],
    ["orders", "v1"],
    ["orders", "pr-12-3f9a1c2"],
    ["pr-12-orders", "v1"],
  ] as const) {
    await cloud.created("google_app_engine_standard_app_version", {
      service,
      version_id: version,
      runtime: "nodejs22",
      entrypoint: [{ shell: "node ." }],
      ...source,
    });
  }
});
afterAll(async () => {
  await server.close();
  await cloud.close();
});

async function ask(method: string, address: string, password = token) {
  const answer = await fetch(`http://127.0.0.1:${server.port}/${address}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`sandbox:${password}`).toString("base64")}` },
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
}
const appEngine = `appengine.googleapis.com/v1/apps/${project}`;
const namesIn = (list: { name: string }[]) => list.map(({ name }) => name.split("/").at(-1));

describe("the REST APIs beside Terraform", () => {
  test("GIVEN versions WHEN listed THEN page by page; WHEN deleted THEN by the rules of Terraform's deletes", async () => {
    const services = await ask("GET", `${appEngine}/services?pageSize=2`);
    expect(namesIn(services.body.services)).toEqual(["default", "orders"]);
    expect(services.body.services[0].split).toEqual({ allocations: { v1: 1 } });
    const rest = await ask(
      "GET",
      `${appEngine}/services?pageSize=2&pageToken=${services.body.nextPageToken}`,
    );
    expect([namesIn(rest.body.services), rest.body.nextPageToken]).toEqual([["pr-12-orders"], undefined]);
    expect(namesIn((await ask("GET", `${appEngine}/services/orders/versions`)).body.versions)).toEqual([
      "pr-12-3f9a1c2",
      "v1",
    ]);

    const refused = await ask("DELETE", `${appEngine}/services/orders/versions/v1`);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 400 } } });
    const deleted = await ask("DELETE", `${appEngine}/services/orders/versions/pr-12-3f9a1c2`);
    expect(deleted).toMatchObject({ status: 200, body: { done: false } });
    const operation = await ask("GET", `appengine.googleapis.com/v1/${deleted.body.name}`);
    expect(operation.body.done).toBe(true);
    expect((await ask("DELETE", `${appEngine}/services/orders/versions/pr-12-3f9a1c2`)).status).toBe(404);

    expect((await ask("DELETE", `${appEngine}/services/pr-12-orders`)).status).toBe(200);
    expect((await ask("DELETE", `${appEngine}/services/default`)).status).toBe(400);
    expect(namesIn((await ask("GET", `${appEngine}/services`)).body.services)).toEqual(["default", "orders"]);
  });

  test("GIVEN secrets and accounts THEN they are told with labels and addresses, and deleted", async () => {
    await cloud.created("google_secret_manager_secret", {
      secret_id: "pr-12-secret",
      replication: [{ auto: [{}] }],
      effective_labels: { pr: "12" },
    });
    await cloud.created("google_service_account", { account_id: "preview-pr-12" });
    const secrets = `secretmanager.googleapis.com/v1/projects/${project}/secrets`;
    const listed = await ask("GET", secrets);
    expect(listed.body.secrets).toMatchObject([{ name: expect.stringMatching(/\/secrets\/pr-12-secret$/) }]);
    expect(await ask("DELETE", `${secrets}/pr-12-secret`)).toEqual({ status: 200, body: {} });
    const accounts = `iam.googleapis.com/v1/projects/${project}/serviceAccounts`;
    const email = `preview-pr-12@${project}.iam.gserviceaccount.com`;
    expect((await ask("GET", accounts)).body.accounts).toMatchObject([{ email }]);
    expect((await ask("DELETE", `${accounts}/${email}`)).status).toBe(200);
    expect([(await ask("GET", secrets)).body.secrets, (await ask("GET", accounts)).body.accounts]).toEqual([
      [],
      [],
    ]);
  });

  test("GIVEN database users and roles THEN they are found through their project's name, and deleted", async () => {
    const { id } = await cloud.created("mongodbatlas_project", {
      name: "hazelwick-preview",
      org_id: "65f1c0a2b7d94e3f8a1c5d20",
    });
    await cloud.created("mongodbatlas_custom_db_role", {
      project_id: id as string,
      role_name: "pr_12",
      actions: [{ action: "FIND", resources: [{ database_name: "pr_12", collection_name: "" }] }],
    });
    await cloud.created("mongodbatlas_database_user", {
      project_id: id as string,
      username: "66a0/1047",
      auth_database_name: "$external",
      oidc_auth_type: "USER",
      roles: [{ role_name: "pr_12", database_name: "admin" }],
    });
    const atlas = "cloud.mongodb.com/api/atlas/v2/groups";
    expect((await ask("GET", `${atlas}/byName/hazelwick-preview`)).body).toMatchObject({ id });
    const users = await ask("GET", `${atlas}/${id}/databaseUsers?itemsPerPage=500&pageNum=1`);
    expect(users.body).toMatchObject({
      totalCount: 1,
      results: [{ username: "66a0/1047", databaseName: "$external", roles: [{ roleName: "pr_12" }] }],
    });
    const user = `${atlas}/${id}/databaseUsers/%24external/${encodeURIComponent("66a0/1047")}`;
    expect([(await ask("DELETE", user)).status, (await ask("DELETE", user)).status]).toEqual([204, 404]);
    const roles = `${atlas}/${id}/customDBRoles/roles`;
    expect((await ask("GET", roles)).body).toEqual([{ roleName: "pr_12" }]);
    expect((await ask("DELETE", `${roles}/pr_12`)).status).toBe(204);
    expect((await ask("GET", `${atlas}/${"0".repeat(24)}/databaseUsers`)).body.results).toEqual([]);
    expect((await ask("GET", `${atlas}/byName/nobody`)).body).toMatchObject({
      errorCode: "RESOURCE_NOT_FOUND",
    });
  });

  test("GIVEN faults, a wrong token or a strange path THEN it is refused as the API would", async () => {
    const services = `${appEngine}/services`;
    const { id } = await faults.add({
      type: "google_app_engine_*",
      operations: ["read"],
      effect: { kind: "error", status: 503 },
      times: 1,
    });
    expect(await ask("GET", services)).toMatchObject({
      status: 503,
      body: { error: { message: expect.stringContaining("currently unavailable") } },
    });
    await faults.remove(id);
    expect((await ask("GET", services)).status).toBe(200);
    expect((await ask("GET", services, "guessed")).status).toBe(401);
    expect((await ask("POST", services)).status).toBe(405);
    expect((await ask("GET", "appengine.googleapis.com/v1/nothing")).status).toBe(404);
  });
});
