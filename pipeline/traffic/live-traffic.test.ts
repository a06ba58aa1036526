import type { PlanInput } from "@groundwork/policies/reading/planned";
import { createFaults } from "@groundwork/sandbox/faults/faults";
import { RestApi } from "@groundwork/sandbox/rest-api/rest-api";
import { TrialCloud } from "@groundwork/sandbox/services/trial-cloud";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { CloudApi } from "../preview/clouds/cloud-api";
import { sandboxTransport } from "../preview/clouds/transport";
import type { Stack } from "../synthesis/stack-list";
import { trafficToJudge } from "./live-traffic";

const project = "acme-dev";
const VERSION = "google_app_engine_standard_app_version";
const SPLIT = "google_app_engine_service_split_traffic";
const stack: Stack = {
  name: "dev-release",
  environment: "dev",
  stack: "release",
  dependsOn: [],
  project,
  providers: {},
  folder: "/nowhere",
};
const plan = (type: string, action: "create" | "update" | "delete"): PlanInput[] => [
  {
    name: "dev-release",
    environment: "dev",
    plan: {
      resource_changes: [
        { address: `${type}.a`, mode: "managed", type, name: "a", change: { actions: [action] } },
      ],
    },
  },
];

describe("live traffic", () => {
  let cloud: TrialCloud;
  let server: StateServer;

  beforeAll(async () => {
    cloud = new TrialCloud();
    const faults = createFaults(cloud.store);
    const apis = new RestApi({ store: cloud.store, services: faults.around(cloud.services), faults });
    server = await startStateServer({ buckets: cloud.store.buckets, token: "t", apis });
    await cloud.created("google_app_engine_application", { location_id: "europe-west" });
    for (const version_id of ["v1", "v2"]) {
      await cloud.created(VERSION, {
        service: "default",
        version_id,
        runtime: "nodejs22",
        entrypoint: [{ shell: "node ." }],
        deployment: [{ zip: [{ source_url: "https://storage.googleapis.com/a/b.zip" }] }],
      });
    }
    const allocations = { v1: "0.9", v2: "0.1" };
    await cloud.created(SPLIT, { service: "default", split: [{ shard_by: "RANDOM", allocations }] });
  });
  afterAll(async () => {
    await server.close();
    await cloud.close();
  });
  const api = () =>
    new CloudApi("appengine.googleapis.com", {
      transport: sandboxTransport(() => ({
        STORAGE_EMULATOR_HOST: `http://sandbox:t@127.0.0.1:${server.port}`,
      })),
    });

  test("GIVEN a plan that moves traffic or deletes a version THEN the live shares are read", async () => {
    const live = { default: { v1: 0.9, v2: 0.1 } };
    expect(await trafficToJudge(plan(SPLIT, "update"), [stack], api)).toEqual(live);
    expect(await trafficToJudge(plan(VERSION, "delete"), [stack], api)).toEqual(live);
  });

  test("GIVEN any other plan THEN nobody is asked", async () => {
    const asked = () => {
      throw new Error("asked");
    };
    expect(await trafficToJudge(plan(VERSION, "create"), [stack], asked)).toBeUndefined();
    expect(await trafficToJudge(plan("google_storage_bucket", "update"), [stack], asked)).toBeUndefined();
  });
});
