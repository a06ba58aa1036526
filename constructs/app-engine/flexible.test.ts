import { refusals, synthesized } from "../testing";
import { FlexibleService, type FlexibleServiceProps } from "./flexible-service";
import type { FlexibleVersionSettings } from "./flexible-settings";
import { FlexibleVersion } from "./flexible-version";
import { account, artifact, flexibleSettings as settings } from "./trial";

const FLEXIBLE = "google_app_engine_flexible_app_version";
const image = `europe-west1-docker.pkg.dev/shop-dev/images/orders@sha256:${"a".repeat(64)}`;
const blue = { id: "v20261118-aa01b77", artifact: artifact("1"), settings };
const green = { id: "v20261121-3f9a1c2", artifact: artifact("2"), settings };
const service: FlexibleServiceProps = {
  service: "images",
  versions: [green, blue],
  traffic: { [blue.id]: 1 },
  shardBy: "COOKIE",
  account,
  network: { networkName: "dev-vpc", subnetworkName: "dev-machines" },
};

const versionWith = (of: Partial<FlexibleVersionSettings>, more: object = {}) =>
  synthesized((stack) => {
    new FlexibleVersion(stack, "v", {
      service: "images",
      versionId: blue.id,
      artifact: blue.artifact,
      account,
      settings: { ...settings, ...of },
      ...more,
    });
  }).one(FLEXIBLE);

describe("FlexibleService", () => {
  test("makes each version beside the others, checked, limited and in the network", () => {
    const { all, one } = synthesized((stack) => new FlexibleService(stack, "images", service));
    expect(all(FLEXIBLE)).toHaveLength(2);
    expect(all(FLEXIBLE)[0]).toMatchObject({
      service: "images",
      version_id: blue.id,
      runtime: "nodejs",
      flexible_runtime_settings: { operating_system: "ubuntu24", runtime_version: "24" },
      service_account: account.email,
      serving_status: "SERVING",
      resources: { cpu: 2, memory_gb: 4, disk_gb: 20 },
      automatic_scaling: {
        min_total_instances: 2,
        max_total_instances: 6,
        cool_down_period: "120s",
        cpu_utilization: { target_utilization: 0.6 },
      },
      liveness_check: { path: "/live", check_interval: "30s", failure_threshold: 4, initial_delay: "300s" },
      readiness_check: { path: "/ready", check_interval: "5s", app_start_timeout: "300s" },
      network: { name: "dev-vpc", subnetwork: "dev-machines" },
      delete_service_on_destroy: false,
      lifecycle: { create_before_destroy: true },
    });
    expect(one("google_app_engine_service_split_traffic")).toMatchObject({
      migrate_traffic: false,
      split: { shard_by: "COOKIE", allocations: { [blue.id]: "1" } },
    });
  });

  test("stops versions, but none with traffic", () => {
    const stopped = { ...green, stopped: true };
    const { all } = synthesized((stack) => {
      new FlexibleService(stack, "images", { ...service, versions: [stopped, blue] });
    });
    expect(all(FLEXIBLE).map(({ serving_status }) => serving_status)).toEqual(["SERVING", "STOPPED"]);
    expect(
      refusals(() =>
        synthesized((stack) => {
          new FlexibleService(stack, "images", {
            ...service,
            versions: [stopped, blue],
            traffic: { [green.id]: 1 },
          });
        }),
      ),
    ).toEqual([`traffic.${green.id}: a version that serves`]);
  });

  test("stands twice in one stack, and hands its configurations to transform last", () => {
    const { all } = synthesized((stack) => {
      new FlexibleService(stack, "images", service);
      new FlexibleService(stack, "videos", {
        ...service,
        service: "videos",
        ingress: "internal",
        transform: {
          version: (config) => {
            config.betaSettings = { cloud_sql_instances: "shop-dev:europe-west1:main" };
          },
        },
      });
    });
    expect(all(FLEXIBLE)).toHaveLength(4);
    expect(all(FLEXIBLE).filter((version) => "beta_settings" in version)).toHaveLength(2);
    expect(all("google_app_engine_service_network_settings")).toMatchObject([{ service: "videos" }]);
  });
});

describe("FlexibleVersion", () => {
  test("runs an image by its digest, on machines of a number", () => {
    const version = versionWith(
      {
        runtime: "custom",
        entrypoint: undefined,
        scaling: { kind: "manual", instances: 3 },
        machine: { cpu: 1, memoryGb: 2, diskGb: 10, memoryVolumes: { scratch: { sizeGb: 1 } } },
        sessionAffinity: true,
        forwardedPorts: ["8081:80"],
      },
      { artifact: image, network: { networkName: "dev-vpc" } },
    );
    expect(version).toMatchObject({
      runtime: "custom",
      deployment: { container: { image } },
      manual_scaling: { instances: 3 },
      resources: { volumes: [{ name: "scratch", size_gb: 1, volume_type: "tmpfs" }] },
      network: { name: "dev-vpc", session_affinity: true, forwarded_ports: ["8081:80"] },
    });
    expect(version).not.toHaveProperty("entrypoint");
    expect(version).not.toHaveProperty("automatic_scaling");
  });

  test("spells out what checks are asked for", () => {
    expect(
      versionWith({
        liveness: { path: "/live", every: "1 minute", timeout: "10 seconds", failures: 3, successes: 1 },
        readiness: { path: "/ready", startTimeout: "10 minutes" },
      }),
    ).toMatchObject({
      liveness_check: { check_interval: "60s", timeout: "10s", failure_threshold: 3, success_threshold: 1 },
      readiness_check: { app_start_timeout: "600s" },
    });
  });

  test("refuses an image that can change under its name, and one with another runtime", () => {
    const tagged = "europe-west1-docker.pkg.dev/shop-dev/images/orders:latest";
    expect(refusals(() => versionWith({ runtime: "custom" }, { artifact: tagged }))).toEqual([
      "artifact: the address of a zip, gs://bucket/name.zip, or an image by its digest, host/path@sha256:…",
    ]);
    expect(refusals(() => versionWith({}, { artifact: image }))).toEqual([
      "runtime: custom, which an image needs",
    ]);
  });

  test("reports everything that is wrong at once", () => {
    const found = refusals(() =>
      versionWith({
        entrypoint: " ",
        machine: { cpu: 3, memoryGb: 30, diskGb: 5, memoryVolumes: { "No Name": { sizeGb: 40 } } },
        scaling: { minInstances: 0, maxInstances: 2, targetCpu: 2, coolDown: "10 seconds" },
        liveness: { path: "live", timeout: "1 minute", initialDelay: "2 hours" },
        readiness: { path: "/ready", failures: 0, startTimeout: "1 hour" },
        forwardedPorts: ["http"],
        env: { API_TOKEN: "x" },
      }),
    );
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "entrypoint",
      "machine.cpu",
      "machine.memoryGb",
      "machine.diskGb",
      "machine.memoryVolumes",
      "machine.memoryVolumes",
      "scaling.minInstances",
      "scaling.targetCpu",
      "scaling.coolDown",
      "liveness.path",
      "liveness.timeout",
      "readiness.failures",
      "liveness.initialDelay",
      "readiness.startTimeout",
      "forwardedPorts[0]",
      "env.API_TOKEN",
      "network",
    ]);
  });
});
