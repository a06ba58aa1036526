import { hostingOverHttp } from "@groundwork/sandbox/hosting-api/http";
import { type MongoServer, startMongoServer } from "@groundwork/sandbox/mongodb/server";
import { terraformEnvironment } from "@groundwork/sandbox/process/terraform-environment";
import { RestApi } from "@groundwork/sandbox/rest-api/rest-api";
import { TrialCloud } from "@groundwork/sandbox/services/trial-cloud";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { MongoClient } from "mongodb";
import { PreviewNames } from "../../../environments/preview-names";
import { StorageBucket } from "../../bucket/storage-bucket";
import { transportOf } from "../../bucket/transport";
import { sweepWork } from "../../commands/preview-sweep";
import type { CommandContext } from "../../commands/session";
import { GitHubServer } from "../../github/testing/github-server";
import { Interruption } from "../../interruption";
import { previewSides } from "../beyond-terraform";
import type { PreviewPlace, PreviewSide } from "../contract";
import { createVersion } from "../remnants/testing";
import { previewEnvironment, type Workshop } from "../workshop";
import { type SweepWork, sweepPreviews } from "./sweep";

const token = "t0ken";
const names = new PreviewNames(12);
const found = previewEnvironment();
// Where the trial cloud's providers are.
const loaded = { ...found, environment: { ...found.environment, project: "acme-dev" } };
const { stateBucket } = loaded.environment;
const siteId = loaded.names.site("storefront");

let cloud: TrialCloud;
let server: StateServer;
let mongodb: MongoServer;
let github: GitHubServer;
let env: NodeJS.ProcessEnv;
let sharedConfig = "";
let atlas: string;
let workshop: Workshop;
let work: SweepWork;

const bucket = (name: string) => new StorageBucket(name, { transport: transportOf(env) });
const version = (service: string, id: string) => createVersion(cloud, service, id);
const role = (name: string) =>
  cloud.created("mongodbatlas_custom_db_role", {
    project_id: atlas,
    role_name: name,
    actions: [{ action: "FIND", resources: [{ database_name: name, collection_name: "" }] }],
  });

/** How each side comes to be the only one left. */
const leave: Readonly<Record<PreviewSide, () => Promise<unknown>>> = {
  state: () => bucket(stateBucket).write(names.state, '{"version":4,"resources":[],"outputs":{}}'),
  record: () => bucket(stateBucket).write(names.record, "not even one"),
  lease: () => bucket(stateBucket).write(names.stateLock, '{"ID":"1"}'),
  version: () => version("default", names.version("3f9a1c2")),
  service: () => version(names.ownService("orders"), names.version("3f9a1c2")),
  async channel() {
    const address = `http://127.0.0.1:${server.port}/firebasehosting.googleapis.com/v1beta1`;
    const made = await fetch(`${address}/sites/${siteId}/channels?channelId=${names.channel}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, connection: "close" },
      body: "{}",
    });
    expect(made.status).toBe(200);
  },
  async database() {
    const client = new MongoClient(env.GROUNDWORK_MONGODB_URI ?? "");
    await client.db(names.database).collection<{ _id: number }>("orders").insertOne({ _id: 1 });
    await client.close();
  },
  async user() {
    // Its role went before it.
    await cloud.created("mongodbatlas_database_user", {
      project_id: atlas,
      username: "idp/12",
      auth_database_name: "$external",
      oidc_auth_type: "USER",
      roles: [{ role_name: (await role(names.role)).role_name ?? "", database_name: "admin" }],
    });
    const [stored] = cloud.store.read((view) =>
      view
        .list("mongodbatlas_custom_db_role")
        .filter(({ attributes }) => attributes.role_name === names.role),
    );
    await cloud.vanish("mongodbatlas_custom_db_role", stored?.id ?? "");
  },
  role: () => role(names.role),
  account: () => cloud.created("google_service_account", { account_id: names.account }),
  secret: () =>
    cloud.created("google_secret_manager_secret", { secret_id: names.secret, replication: [{ auto: [{}] }] }),
  gateway: () =>
    cloud.created("google_api_gateway_gateway", {
      gateway_id: names.gateway("shop"),
      api_config: sharedConfig,
      region: "europe-west1",
    }),
  api: () => cloud.created("google_api_gateway_api", { api_id: names.api("shop") }),
  cluster: () =>
    cloud.created("mongodbatlas_flex_cluster", {
      project_id: atlas,
      name: names.cluster,
      provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
    }),
  artifact: () => bucket(loaded.names.artifactBucket).write(names.artifact("3f9a1c2", "orders"), "zip"),
};

beforeAll(async () => {
  cloud = new TrialCloud();
  const apis = new RestApi({
    store: cloud.store,
    services: cloud.services,
    faults: { intercept: async () => [] },
  });
  const besides = hostingOverHttp({ store: cloud.store, token });
  server = await startStateServer({ buckets: cloud.store.buckets, token, apis, besides });
  mongodb = await startMongoServer({ documents: cloud.store.documents, token });
  github = new GitHubServer();
  const state = { port: server.port, token };
  const answer = { id: 1, reattach: { inUse: "{}", all: "{}" }, state, mongodb: { port: mongodb.port } };
  env = { ...terraformEnvironment(answer, "in-use", {}), ...github.env(await github.start()) };

  await cloud.created("google_app_engine_application", { location_id: "europe-west" });
  await version("default", "v1");
  await cloud.created("google_api_gateway_api", { api_id: "shop-api" });
  const config = await cloud.created("google_api_gateway_api_config", {
    api: "shop-api",
    api_config_id: "c1",
    openapi_documents: [{ document: [{ path: "a.yaml", contents: "e30=" }] }],
  });
  sharedConfig = String(config.id);
  await cloud.created("google_firebase_project", { project: "acme-dev" });
  await cloud.created("google_firebase_hosting_site", { site_id: siteId });
  const { id } = await cloud.created("mongodbatlas_project", {
    name: loaded.names.atlasProject,
    org_id: "6".repeat(24),
  });
  atlas = String(id);

  const place: PreviewPlace = {
    target: "sandbox",
    root: "/nowhere",
    loaded,
    env,
    bucket,
    stop: new AbortController().signal,
    note: () => {},
  };
  const context = {
    root: place.root,
    env,
    console: { note: () => {} },
    interruption: new Interruption(),
  } as unknown as CommandContext;
  // Nothing here has a state with anything in it, so no Terraform is run.
  workshop = {
    context,
    place,
    sides: previewSides(place),
    secrets: new Set(),
  } as unknown as Workshop;
  work = await sweepWork(workshop);
});
afterAll(async () => {
  await workshop.sides.database?.close();
  await Promise.all([github.stop(), server.close(), mongodb.close()]);
  await cloud.close();
});

test.each(Object.keys(leave) as PreviewSide[])(
  "GIVEN nothing but one %s is left of a preview WHEN swept THEN that goes, and what is shared stays",
  async (side) => {
    const before = cloud.store.countByType();
    await leave[side]();
    const plan = await sweepPreviews(work, { plan: true });
    expect(plan.unread).toEqual([]);
    expect(plan.previews.map(({ pr, items }) => [pr, items.map((item) => item.side)])).toEqual([
      [12, [side]],
    ]);

    const { previews } = await sweepPreviews(work);
    expect(previews.map(({ result, items }) => [result, items.map((item) => item.result)])).toEqual([
      ["removed", ["removed"]],
    ]);
    expect((await sweepPreviews(work)).previews).toEqual([]);
    expect(cloud.store.countByType()).toEqual(before);
  },
);
