import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { providerLogic } from "../providers/provider-logic";
import { createServices } from "../services/services";
import { openStore, type SandboxStore } from "../store/open-store";
import { type ServedProviders, serveProviders } from "./serve";

/** Real Terraform against real sockets, the real logic, services and store. */
interface Run {
  code: number | null;
  output: string;
}

interface PlanJson {
  resource_changes?: { address: string; change: { actions: string[]; after: { [name: string]: unknown } } }[];
}

const USED = [
  "google_pubsub_topic",
  "google_service_account",
  "google_project_service",
  "google_secret_manager_secret",
  "google_secret_manager_secret_version",
  "google_api_gateway_api",
  "mongodbatlas_project",
];

let folder: string;
let store: SandboxStore;
let served: ServedProviders;
const reported: unknown[] = [];
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gw-protocol-"));
  store = openStore(join(folder, "store"));
  served = await serveProviders({
    folder: join(folder, "run"),
    logic: providerLogic,
    services: createServices(store),
    typesInUse: () => ({ resources: new Set(USED), data: new Set(USED) }),
    report: (error) => reported.push(error),
  });
});

afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await served.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(() => expect(reported.splice(0)).toEqual([]));

function terraform(workspace: string, ...args: string[]): Promise<Run> {
  const child = spawn("terraform", args, {
    cwd: join(folder, workspace),
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_CLI_ARGS: "-no-color",
      TF_REATTACH_PROVIDERS: served.reattach,
    },
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code, output });
    });
  });
}

async function succeed(workspace: string, ...args: string[]): Promise<string> {
  const { code, output } = await terraform(workspace, ...args);
  if (code !== 0) throw new Error(`terraform ${args.join(" ")} exited with ${code}:\n${output}`);
  return output;
}

type Blocks = { [block: string]: unknown };

function configure(workspace: string, { project = "acme-dev", ...blocks }: Blocks): void {
  mkdirSync(join(folder, workspace), { recursive: true });
  const configuration = {
    terraform: {
      required_providers: {
        google: { source: "hashicorp/google" },
        "google-beta": { source: "hashicorp/google-beta" },
        mongodbatlas: { source: "mongodb/mongodbatlas" },
      },
    },
    provider: {
      google: [
        { project, region: "europe-west1" },
        { alias: "other", project: "acme-other" },
      ],
      "google-beta": { project, region: "europe-west1" },
    },
    ...blocks,
  };
  writeFileSync(join(folder, workspace, "main.tf.json"), JSON.stringify(configuration));
}

async function plan(workspace: string): Promise<NonNullable<PlanJson["resource_changes"]>> {
  await succeed(workspace, "plan", "-out=plan");
  const json = JSON.parse(await succeed(workspace, "show", "-json", "plan")) as PlanJson;
  return json.resource_changes ?? [];
}

const api = (service: string) => ({ service, disable_on_destroy: false });
const RUNNER = "projects/acme-dev/serviceAccounts/runner@acme-dev.iam.gserviceaccount.com";
const LIFE = {
  resource: {
    google_project_service: {
      pubsub: api("pubsub.googleapis.com"),
      gateway: api("apigateway.googleapis.com"),
      iam: api("iam.googleapis.com"),
      other: { provider: "google.other", ...api("pubsub.googleapis.com") },
    },
    google_pubsub_topic: {
      events: { name: "events", depends_on: ["google_project_service.pubsub"] },
      elsewhere: { provider: "google.other", name: "events", depends_on: ["google_project_service.other"] },
    },
    google_service_account: { runner: { account_id: "runner", depends_on: ["google_project_service.iam"] } },
    google_api_gateway_api: {
      shop: { provider: "google-beta", api_id: "shop", depends_on: ["google_project_service.gateway"] },
    },
    mongodbatlas_project: { shop: { name: "shop", org_id: "0123456789abcdef01234567" } },
  },
};

const withTopic = (topic: Blocks) => ({
  resource: {
    ...LIFE.resource,
    google_pubsub_topic: {
      ...LIFE.resource.google_pubsub_topic,
      events: { ...LIFE.resource.google_pubsub_topic.events, ...topic },
    },
  },
});

describe("the life of resources of three providers", () => {
  const unchanged = async () =>
    expect(await terraform("life", "plan", "-detailed-exitcode")).toMatchObject({ code: 0 });

  test("GIVEN a new configuration WHEN applied THEN everything is made, by the provider it names, and stays", async () => {
    configure("life", LIFE);
    await succeed("life", "init");
    expect(existsSync(join(folder, "life", ".terraform", "providers"))).toBe(false);
    await succeed("life", "validate");

    const created = await plan("life");
    expect(created.map(({ change }) => change.actions)).toEqual(created.map(() => ["create"]));
    expect(created).toHaveLength(9);
    await succeed("life", "apply", "plan");
    await unchanged();
    const state = readFileSync(join(folder, "life", "terraform.tfstate"), "utf8");
    expect(state).toContain("projects/acme-dev/topics/events");
    expect(state).toContain("projects/acme-other/topics/events");
  });

  test("GIVEN a changed label WHEN planned THEN it is an update", async () => {
    configure("life", withTopic({ labels: { env: "dev" } }));
    const changed = (await plan("life")).filter(({ change }) => change.actions[0] !== "no-op");
    expect(changed).toMatchObject([
      {
        address: "google_pubsub_topic.events",
        change: { actions: ["update"], after: { labels: { env: "dev" } } },
      },
    ]);
    await succeed("life", "apply", "plan");
  });

  test("GIVEN a changed name WHEN planned THEN it is a replacement", async () => {
    configure("life", withTopic({ name: "renamed" }));
    const replaced = (await plan("life")).find(({ address }) => address === "google_pubsub_topic.events");
    expect(replaced?.change.actions).toEqual(["delete", "create"]);
    await succeed("life", "apply", "plan");
  });

  test("GIVEN an object that the state lost WHEN imported THEN nothing is to change; what isn't there can't be", async () => {
    await succeed("life", "state", "rm", "google_service_account.runner");
    const imported = await terraform("life", "import", "google_service_account.runner", RUNNER);
    expect(imported).toMatchObject({ code: 0, output: expect.stringContaining("Import successful") });
    await unchanged();
    await succeed("life", "state", "rm", "google_service_account.runner");
    const absent = await terraform("life", "import", "google_service_account.runner", `${RUNNER}.not`);
    expect(absent).toMatchObject({ code: 1, output: expect.stringContaining("non-existent") });
    await succeed("life", "import", "google_service_account.runner", RUNNER);
  });

  test("GIVEN all that WHEN destroyed THEN the cloud is empty", async () => {
    await succeed("life", "destroy", "-auto-approve");
    expect(store.types()).not.toContain("google_pubsub_topic");
    expect(store.types()).not.toContain("mongodbatlas_project");
  });
});

describe("Terraform on the sandbox's providers", () => {
  test("GIVEN two Terraform processes with different projects WHEN they apply at once THEN each uses its own", async () => {
    const topics = Object.fromEntries(
      Array.from({ length: 10 }, (_, n) => [
        `t${n}`,
        { name: `topic-${n}`, depends_on: ["google_project_service.pubsub"] },
      ]),
    );
    const resource = {
      google_project_service: { pubsub: api("pubsub.googleapis.com") },
      google_pubsub_topic: topics,
    };
    const projects = ["acme-one", "acme-two"];
    for (const project of projects) configure(project, { project, resource });
    await Promise.all(projects.map((project) => succeed(project, "init")));
    await Promise.all(projects.map((project) => succeed(project, "apply", "-auto-approve")));
    for (const project of projects) {
      const state = readFileSync(join(folder, project, "terraform.tfstate"), "utf8");
      expect([...new Set(state.match(/projects\/[a-z-]+\/topics/g))]).toEqual([`projects/${project}/topics`]);
    }
  });

  test("GIVEN functions, an ephemeral resource and a write-only secret THEN Terraform uses them, the state holds no secret", async () => {
    configure("secrets", {
      ephemeral: {
        google_service_account_jwt: {
          token: { target_service_account: "x@acme-dev.iam.gserviceaccount.com", payload: "{}" },
        },
      },
      resource: {
        google_project_service: { secrets: api("secretmanager.googleapis.com") },
        google_secret_manager_secret: {
          s: { secret_id: "s", replication: { auto: {} }, depends_on: ["google_project_service.secrets"] },
        },
        google_secret_manager_secret_version: {
          v: {
            secret: "$" + "{google_secret_manager_secret.s.id}",
            secret_data_wo:
              "top-$" + "{ephemeral.google_service_account_jwt.token.jwt == null ? 0 : 1}-secret",
            secret_data_wo_version: 1,
          },
        },
      },
      output: { region: { value: "$" + '{provider::google::region_from_zone("europe-west1-b")}' } },
    });
    await succeed("secrets", "init");
    expect(await succeed("secrets", "apply", "-auto-approve")).toContain('region = "europe-west1"');
    expect(await terraform("secrets", "plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "secrets", "terraform.tfstate"), "utf8")).not.toContain('-secret"');
  });

  test("GIVEN what the provider refuses, or doesn't know, THEN Terraform says so and nothing is made", async () => {
    configure("wrong", {
      resource: { google_pubsub_topic: { t: { name: "t", message_retention_duration: 5, nonsense: 1 } } },
    });
    await succeed("wrong", "init");
    expect((await terraform("wrong", "validate")).output).toContain(
      'No argument or block type is named "nonsense"',
    );
    configure("wrong", { resource: { google_pubsub_lite_topic: { t: { name: "t" } } } });
    const unused = await terraform("wrong", "plan");
    expect(unused.code).toBe(1);
    expect(unused.output).toContain("google_pubsub_lite_topic");
  });

  test("GIVEN garbage on the socket in the middle of an apply THEN the apply succeeds", async () => {
    configure("garbage", {
      resource: { mongodbatlas_project: { p: { name: "p", org_id: "0123456789abcdef01234567" } } },
    });
    await succeed("garbage", "init");
    const apply = succeed("garbage", "apply", "-auto-approve");
    for (const { socket } of served.endpoints) {
      const peer = connect(socket, () => peer.end(Buffer.alloc(4096, 0x5a)));
      peer.on("error", () => {});
    }
    expect(await apply).toContain("1 added");
  });

  test("GIVEN Terraform is done THEN no connection is left a moment later", async () => {
    for (let wait = 0; wait < 100 && served.openConnections() > 0; wait++) await setTimeout(20);
    expect(served.openConnections()).toBe(0);
  });
});
