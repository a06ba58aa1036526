import { createFaults, type Faults } from "@groundwork/sandbox/faults/faults";
import { RestApi } from "@groundwork/sandbox/rest-api/rest-api";
import { TrialCloud } from "@groundwork/sandbox/services/trial-cloud";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { StorageBucket } from "../../bucket/storage-bucket";
import { transportOf } from "../../bucket/transport";
import { CloudApi } from "../clouds/cloud-api";
import { sandboxTransport } from "../clouds/transport";
import { AccountSide } from "./accounts";
import { AppEngineSide } from "./app-engine";
import { AtlasSide } from "./atlas";
import { ArtifactSide, StateBucketSide } from "./bucket-sides";
import { GatewaySide } from "./gateways";
import { readSides } from "./read-sides";
import { removeRest } from "./remove-rest";
import { SecretSide } from "./secrets";
import type { Side } from "./side";
import { createVersion } from "./testing";

const project = "acme-dev";

let cloud: TrialCloud;
let faults: Faults;
let server: StateServer;
let env: NodeJS.ProcessEnv;
let sides: Side[];

const bucket = (name: string) => new StorageBucket(name, { transport: transportOf(env) });

beforeAll(async () => {
  cloud = new TrialCloud();
  faults = createFaults(cloud.store);
  const apis = new RestApi({ store: cloud.store, services: faults.around(cloud.services), faults });
  server = await startStateServer({ buckets: cloud.store.buckets, token: "t", apis });
  env = { STORAGE_EMULATOR_HOST: `http://sandbox:t@127.0.0.1:${server.port}` };
  const transport = sandboxTransport(() => env);
  const api = (host: string) => new CloudApi(host, { transport, pause: async () => {} });
  sides = [
    new AppEngineSide(api("appengine.googleapis.com"), project),
    new GatewaySide(api("apigateway.googleapis.com"), project, ["europe-west1"]),
    new SecretSide(api("secretmanager.googleapis.com"), project),
    new AccountSide(api("iam.googleapis.com"), project),
    new AtlasSide(api("cloud.mongodb.com"), "hazelwick-preview"),
    new ArtifactSide(bucket("artifacts")),
    new StateBucketSide(bucket("states")),
  ];
});
afterAll(async () => {
  await server.close();
  await cloud.close();
});

const version = (service: string, id: string) => createVersion(cloud, service, id);

/** What is shared, and three previews of which one is left behind on every side. */
async function furnish(): Promise<void> {
  await cloud.created("google_app_engine_application", { location_id: "europe-west" });
  for (const [service, id] of [
    ["default", "v1"],
    ["orders", "v1"],
    ["orders", "pr-12-3f9a1c2"],
    ["orders", "pr-120-3f9a1c2"],
    ["pr-12-orders", "pr-12-3f9a1c2"],
  ] as const) {
    await version(service, id);
  }
  const account = await cloud.created("google_service_account", { account_id: "preview-pr-12" });
  await cloud.created("google_service_account", { account_id: "run-orders" });
  for (const id of ["pr-12-secret", "orders-key"]) {
    await cloud.created("google_secret_manager_secret", { secret_id: id, replication: [{ auto: [{}] }] });
  }
  for (const api of ["pr-12-shop", "shop"]) {
    await cloud.created("google_api_gateway_api", { api_id: `${api}-api` });
    const config = await cloud.created("google_api_gateway_api_config", {
      api: `${api}-api`,
      api_config_id: "c1",
      openapi_documents: [{ document: [{ path: "a.yaml", contents: "e30=" }] }],
      gateway_config: [{ backend_config: [{ google_service_account: account.email ?? "" }] }],
    });
    await cloud.created("google_api_gateway_gateway", {
      gateway_id: `${api}-gateway`,
      api_config: config.id ?? "",
      region: "europe-west1",
    });
  }
  const { id = "" } = await cloud.created("mongodbatlas_project", {
    name: "hazelwick-preview",
    org_id: "6".repeat(24),
  });
  for (const role of ["pr_12", "pr_13", "orders-service"]) {
    await cloud.created("mongodbatlas_custom_db_role", {
      project_id: id,
      role_name: role,
      actions: [{ action: "FIND", resources: [{ database_name: "x", collection_name: "" }] }],
    });
  }
  for (const [user, ...roles] of [
    ["idp/12", "pr_12"],
    // Somebody made it by hand: no preview's alone.
    ["idp/both", "pr_12", "pr_13"],
    ["idp/orders", "orders-service"],
  ] as const) {
    await cloud.created("mongodbatlas_database_user", {
      project_id: id,
      username: user,
      auth_database_name: "$external",
      oidc_auth_type: "USER",
      roles: roles.map((role) => ({ role_name: role, database_name: "admin" })),
    });
  }
  await bucket("artifacts").write("previews/pr-12/3f9a1c2/orders.zip", "zip");
  await bucket("artifacts").write("previews/pr-12/3f9a1c2/default.zip", "zip");
  await bucket("artifacts").write("orders/1.zip", "zip");
  await bucket("states").write("previews/pr-12/preview.json", "{}");
  await bucket("states").write("foundation/default.tfstate", "{}");
}

describe("what is left of previews", () => {
  test("GIVEN a side that fails WHEN read THEN the others are told; WHEN removed THEN nothing shared is touched", async () => {
    await furnish();
    const read = () => readSides(sides, async () => []);
    const { id } = await faults.add({
      type: "google_secret_manager_secret",
      operations: ["read"],
      effect: { kind: "error", status: 503 },
    });
    const { unread } = await read();
    expect(unread).toEqual([{ side: "secret", reason: expect.stringContaining("503") }]);
    await faults.remove(id);
    const passing = { effect: { kind: "error" as const, status: 503 }, rate: 0.3, seed: 3 };
    await faults.add({ ...passing, operations: ["read", "delete"] });

    const truth = await read();
    expect(truth.unread).toEqual([]);
    const told = truth.remnants.map(({ side, pr, name, within }) =>
      [side, pr, within, name].join(" ").trim(),
    );
    expect(told.sort()).toEqual([
      "account 12  preview-pr-12",
      "api 12 locations/global/apis pr-12-shop-api",
      "artifact 12  previews/pr-12/",
      "gateway 12 locations/europe-west1/gateways pr-12-shop-gateway",
      "record 12  previews/pr-12/preview.json",
      "role 12  pr_12",
      "role 13  pr_13",
      "secret 12  pr-12-secret",
      "service 12  pr-12-orders",
      "user 12 $external idp/12",
      "version 12 orders pr-12-3f9a1c2",
      "version 120 orders pr-120-3f9a1c2",
    ]);

    const sideOf = (one: { side: string }) =>
      sides.find(({ sides: own }) => own.some((side) => side === one.side));
    const own = truth.remnants.filter(({ pr }) => pr === 12);
    const before = cloud.store.countByType();
    // An API whose gateway is still there can't go, and is told; in their order both do.
    const api = own.find(({ side }) => side === "api");
    await expect(api && sideOf(api)?.remove(api)).rejects.toThrow();
    expect(await removeRest(sides, 12)).toBe(true);
    for (const { id: fault } of faults.list()) await faults.remove(fault);
    expect(await removeRest(sides, 12)).toBe(false);
    for (const remnant of own) expect(await sideOf(remnant)?.remove(remnant)).toBe(remnant.side === "record");
    expect((await read()).remnants.map(({ side, name }) => [side, name])).toEqual([
      ["version", "pr-120-3f9a1c2"],
      ["role", "pr_13"],
    ]);
    const after = cloud.store.countByType();
    const gone = Object.keys(before).map((type) => [type, (before[type] ?? 0) - (after[type] ?? 0)]);
    expect(Object.fromEntries(gone.filter(([, count]) => count !== 0))).toEqual({
      google_api_gateway_api: 1,
      google_api_gateway_api_config: 1,
      google_api_gateway_gateway: 1,
      google_app_engine_standard_app_version: 2,
      google_secret_manager_secret: 1,
      google_service_account: 1,
      mongodbatlas_custom_db_role: 1,
      mongodbatlas_database_user: 1,
    });
    const left = [];
    for await (const { name } of bucket("artifacts").list("")) left.push(name);
    expect(left).toEqual(["orders/1.zip"]);
  });
});
