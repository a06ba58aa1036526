import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import type { ProviderLogic } from "../providers/contract";
import { resourceType } from "../schemas/catalogue";
import type { ProviderName, ResourceType } from "../schemas/model";
import { createServices } from "../services/services";
import { openStore, type SandboxStore } from "../store/open-store";
import type { ObjectValue } from "../values/value";
import { CALLS, type CallName, type Response } from "./calls";
import { decodeObject, encodeObject } from "./codec";
import type { Operation, UsedTypes } from "./handlers/context";
import { type ServedProviders, serveProviders } from "./serve";
import type { Message } from "./wire";

/** The least that a provider may decide: everything as Terraform proposes it. One type has a bug. */
const logic: ProviderLogic = {
  validateResource: () => [],
  planResource({ type, proposed }) {
    if (type.name === "google_dns_policy") throw new TypeError("a mistake of ours");
    return { planned: proposed, requiresReplace: [], diagnostics: [] };
  },
  upgradeState: (_type, raw) => raw as ObjectValue,
  normaliseState: (_type, answered) => answered,
};

const TOPIC = "google_pubsub_topic";
const topic = resourceType("google", TOPIC) as ResourceType;
const nothing = new Uint8Array();

let folder: string;
let store: SandboxStore;
let served: ServedProviders;
const names = new Set([TOPIC, "mongodbatlas_project", "google_project"]);
let used: UsedTypes | "all" = { resources: names, data: names };
let fault: { operation: Operation; severity: "error" | "warning" } | undefined;
const reported: unknown[] = [];
const clients: Client[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gw-serve-"));
  store = openStore(join(folder, "store"));
  served = await serveProviders({
    folder: join(folder, "run"),
    prefix: "x-",
    logic,
    services: createServices(store),
    typesInUse: () => used,
    intercept: async (operation) =>
      fault?.operation === operation
        ? [{ severity: fault.severity, summary: "a fault", detail: "made on purpose" }]
        : undefined,
    report: (error) => reported.push(error),
  });
});

afterEach(() => {
  fault = undefined;
  reported.length = 0;
  for (const client of clients.splice(0)) client.close();
});

afterAll(async () => {
  await served.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const socketOf = (provider: ProviderName) => join(folder, "run", `x-${provider}.sock`);

/** Connects as Terraform does: one connection of its own. */
function terraform(provider: ProviderName = "google"): Client {
  const client = new Client(`unix:${socketOf(provider)}`, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
  });
  clients.push(client);
  return client;
}

function raw(client: Client, path: string, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const same = (value: Buffer) => value;
    client.makeUnaryRequest(path, same, same, bytes, (error: ServiceError | null, value?: Buffer) =>
      error ? reject(error) : resolve(value as Buffer),
    );
  });
}

async function ask<N extends CallName>(
  client: Client,
  name: N,
  request: object = {},
  protocol: 5 | 6 = 5,
): Promise<Required<Response<N>>> {
  const call = CALLS[name] as unknown as { [part in "request" | "response"]: Message<object, object> };
  const path = `/tfplugin${protocol}.Provider/${CALLS[name].names[protocol]}`;
  return call.response.decode(await raw(client, path, call.request.encode(request))) as Required<Response<N>>;
}

async function configure(client: Client, project: string): Promise<void> {
  const { attributes } = topic.block;
  const block = { attributes: { project: attributes.project ?? {} }, blocks: {} };
  await ask(client, "configure", { config: encodeObject({ project }, block) });
}

const wire = (value: ObjectValue | null) => encodeObject(value, topic.block);
const read = (value: { msgpack?: Uint8Array | undefined } | undefined) =>
  decodeObject(value ? { msgpack: value.msgpack ?? nothing, json: nothing } : null, topic.block);

function create(client: Client, name: string) {
  const planned_state = wire({ name });
  return ask(client, "apply", {
    type_name: TOPIC,
    prior_state: wire(null),
    planned_state,
    config: planned_state,
  });
}

describe("serving", () => {
  test("GIVEN providers served THEN the sockets are their owner's only and Terraform is told of them", () => {
    const reattach = JSON.parse(served.reattach);
    expect(Object.keys(reattach)).toEqual([
      "registry.terraform.io/hashicorp/google",
      "registry.terraform.io/hashicorp/google-beta",
      "registry.terraform.io/mongodb/mongodbatlas",
    ]);
    expect(served.endpoints.map(({ protocolVersion }) => protocolVersion)).toEqual([5, 5, 6]);
    for (const { socket } of served.endpoints) expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(reattach["registry.terraform.io/hashicorp/google"]).toMatchObject({
      Pid: process.pid,
      Addr: { Network: "unix", String: socketOf("google") },
    });
  });

  test("GIVEN types in use WHEN Terraform asks for schemas THEN it gets those, or all when all are in use", async () => {
    const some = await ask(terraform(), "schema");
    expect(some.resource_schemas).toHaveLength(2);
    expect(some.data_source_schemas).toHaveLength(2);
    used = "all";
    const all = await ask(terraform(), "schema");
    expect(all.resource_schemas).toHaveLength(1096);
    expect(all.data_source_schemas).toHaveLength(373);
    used = { resources: names, data: new Set() };
    expect((await ask(terraform(), "schema")).data_source_schemas).toEqual([]);
    const atlas = await ask(terraform("mongodbatlas"), "schema", {}, 6);
    expect(atlas.resource_schemas).toHaveLength(1);
    expect(all.server_capabilities).toMatchObject({ plan_destroy: true, get_provider_schema_optional: true });
  });

  test("GIVEN a folder whose path is too long for a socket THEN the user is told so", async () => {
    const long = join(folder, "x".repeat(100));
    const options = {
      folder: long,
      logic,
      services: createServices(store),
      typesInUse: () => "all" as const,
    };
    await expect(serveProviders(options)).rejects.toThrow(/can't open its sockets/);
  });

  test("GIVEN open connections WHEN closed THEN none is left and no socket either", async () => {
    const own = join(folder, "own");
    const other = await serveProviders({
      folder: own,
      logic,
      services: createServices(store),
      typesInUse: () => used,
    });
    const [endpoint] = other.endpoints;
    const client = new Client(`unix:${endpoint?.socket}`, credentials.createInsecure());
    clients.push(client);
    await ask(client, "metadata");
    expect(other.openConnections()).toBe(1);
    await other.close();
    expect(other.openConnections()).toBe(0);
    expect(readdirSync(own)).toEqual([]);
  });
});

describe("clients", () => {
  test("GIVEN two clients configured differently WHEN both work at once THEN each has its own project", async () => {
    const [one, two] = [terraform(), terraform()];
    await Promise.all([configure(one, "acme-one"), configure(two, "acme-two")]);
    const created = await Promise.all(
      Array.from({ length: 20 }, (_, n) => create(n % 2 ? two : one, `topic-${n}`)),
    );
    created.forEach(({ new_state, diagnostics }, n) => {
      expect(diagnostics).toEqual([]);
      expect(read(new_state)?.project).toBe(n % 2 ? "acme-two" : "acme-one");
    });
  });

  test("GIVEN a client that is gone THEN its configuration is gone too", async () => {
    const first = terraform();
    await configure(first, "acme-one");
    first.close();
    const { diagnostics, new_state } = await create(terraform(), "orphan");
    expect(diagnostics).toMatchObject([{ severity: 1, summary: "Provider not configured" }]);
    expect(read(new_state)).toBeNull();
  });
});

describe("trouble", () => {
  test("GIVEN a fault before an operation THEN nothing is done, and what was there stays", async () => {
    const client = terraform();
    await configure(client, "acme-one");
    const prior = (await create(client, "kept")).new_state;
    fault = { operation: "delete", severity: "error" };
    const refused = await ask(client, "apply", {
      type_name: TOPIC,
      prior_state: prior,
      planned_state: wire(null),
      planned_private: Buffer.from("p"),
    });
    expect(refused.diagnostics).toMatchObject([{ severity: 1, summary: "a fault" }]);
    expect(read(refused.new_state)).toMatchObject({ name: "kept" });
    expect(Buffer.from(refused.private ?? "").toString()).toBe("p");
    fault = undefined;
    const { new_state } = await ask(client, "read", { type_name: TOPIC, current_state: prior });
    expect(read(new_state)).toMatchObject({ name: "kept" });
  });

  test("GIVEN a fault that only warns THEN the operation is done, with the warning", async () => {
    const client = terraform();
    await configure(client, "acme-one");
    fault = { operation: "create", severity: "warning" };
    const { diagnostics, new_state } = await create(client, "warned");
    expect(diagnostics).toMatchObject([{ severity: 2, summary: "a fault" }]);
    expect(read(new_state)?.name).toBe("warned");
  });

  test("GIVEN a bug in the logic THEN Terraform gets a short diagnostic, the bug is reported, the rest works", async () => {
    const client = terraform();
    await configure(client, "acme-one");
    const type = resourceType("google", "google_dns_policy") as ResourceType;
    const proposed_new_state = encodeObject({ name: "p" }, type.block);
    const { diagnostics } = await ask(client, "plan", { type_name: type.name, proposed_new_state });
    expect(diagnostics).toMatchObject([{ severity: 1, detail: "TypeError: a mistake of ours" }]);
    expect(reported).toHaveLength(1);
    expect((await create(client, "after-the-bug")).diagnostics).toEqual([]);
  });

  test.each<[CallName, object]>([
    ["validateResource", {}],
    ["upgradeState", {}],
    ["read", {}],
    ["plan", {}],
    ["apply", {}],
    ["import", { id: "x" }],
    ["readData", {}],
    ["validateData", {}],
    ["openEphemeral", {}],
  ])(
    "GIVEN an unknown type WHEN %s is asked THEN the answer is an error with its name",
    async (name, request) => {
      const client = terraform();
      await configure(client, "acme-one");
      const answer = await ask(client, name, { type_name: "google_no_such_thing", ...request });
      expect(answer).toMatchObject({
        diagnostics: [{ severity: 1, detail: expect.stringContaining("google_no_such_thing") }],
      });
      expect(reported).toEqual([]);
    },
  );

  test("GIVEN a value that is not of its schema THEN the answer is an error that names the place", async () => {
    const client = terraform();
    await configure(client, "acme-one");
    const garbage = { msgpack: Buffer.from("81a46e616d6501", "hex") }; // { name: 1 }
    const { diagnostics } = await ask(client, "plan", { type_name: TOPIC, proposed_new_state: garbage });
    expect(diagnostics).toMatchObject([{ severity: 1, detail: expect.stringContaining(".name") }]);
  });

  test("GIVEN calls that don't exist, and messages that are none, THEN each ends with a gRPC status", async () => {
    const client = terraform();
    await expect(raw(client, "/tfplugin5.Provider/NoSuchCall", Buffer.alloc(0))).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
    });
    await expect(raw(client, "/tfplugin6.Provider/GetProviderSchema", Buffer.alloc(0))).rejects.toMatchObject(
      {
        code: status.UNIMPLEMENTED,
      },
    );
    for (const bytes of ["ff", "0aff", "0a0201"]) {
      const broken = raw(client, "/tfplugin5.Provider/PlanResourceChange", Buffer.from(bytes, "hex"));
      await expect(broken).rejects.toMatchObject({ code: expect.any(Number) });
    }
    expect((await ask(client, "metadata")).resources).toHaveLength(1096);
  });

  test("GIVEN garbage, half an HTTP/2 preface and a frame cut off on the socket THEN others are served on", async () => {
    const client = terraform();
    await configure(client, "acme-one");
    const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const frames: (string | Buffer)[] = [
      Buffer.alloc(5000, 0xff),
      "GET / HTTP/1.1\r\n\r\n",
      preface.slice(0, 10),
      Buffer.concat([Buffer.from(preface), Buffer.from("00000c0400000000", "hex")]),
      Buffer.concat([Buffer.from(preface), Buffer.from("ffffff0100000000010000", "hex")]),
    ];
    const before = served.openConnections();
    await Promise.all(
      frames.map(
        (bytes) =>
          new Promise<void>((resolve) => {
            const socket = connect(socketOf("google"), () => {
              socket.write(bytes);
              setTimeout(() => socket.destroy(), 20);
            });
            socket.on("error", () => {});
            socket.on("close", () => resolve());
          }),
      ),
    );
    expect((await create(client, "after-garbage")).diagnostics).toEqual([]);
    expect(served.openConnections()).toBe(before);
    expect(reported).toEqual([]);
  });
});

describe("functions", () => {
  const string = (text: string) => ({
    msgpack: Buffer.concat([Buffer.from([0xd9, text.length]), Buffer.from(text)]),
  });
  const self = "https://www.googleapis.com/compute/v1/projects/acme/zones/europe-west1-b/instances/vm";

  test.each([
    ["project_from_id", self, "acme"],
    ["zone_from_id", self, "europe-west1-b"],
    ["name_from_id", self, "vm"],
    ["region_from_zone", "europe-west1-b", "europe-west1"],
  ])("GIVEN %s of %s THEN it is %s", async (name, text, expected) => {
    const { result } = await ask(terraform(), "callFunction", { name, arguments: [string(text)] });
    expect(Buffer.from(result?.msgpack ?? "").toString("latin1")).toContain(expected);
  });

  test("GIVEN a text without what is asked for, or an unknown function, THEN the error says so", async () => {
    const call = (name: string) => ask(terraform(), "callFunction", { name, arguments: [string("nothing")] });
    expect((await call("region_from_id")).error?.text).toContain('expected pattern "regions/{region}/"');
    expect((await call("toString")).error?.text).toContain("no such function");
  });
});
