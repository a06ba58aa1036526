import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { UserError } from "@groundwork/user-error";
import { parseFaultRule } from "../faults/fault-rule";
import { createFaults, type Faults } from "../faults/faults";
import { hostingOverHttp } from "../hosting-api/http";
import { type MongoServer, startMongoServer } from "../mongodb/server";
import { type ServedProviders, serveProviders } from "../protocol/serve";
import { providerLogic } from "../providers/provider-logic";
import { type CreatedObject, Recovery } from "../recovery/recovery";
import { RestApi } from "../rest-api/rest-api";
import type { Services } from "../services/contract";
import { createServices } from "../services/services";
import { type StateServer, startStateServer } from "../state-server/state-server";
import { openStore, type SandboxStore } from "../store/open-store";
import type {
  EditRequest,
  LeaseAnswer,
  LeaseFarewell,
  LeaseRequest,
  ObjectTarget,
  StopRequest,
} from "./control-api";
import { ANSWERED, type ControlHandlers, Ending } from "./control-server";
import { deleteObject, editObject } from "./drift";
import { keepPort, lastPort } from "./last-port";
import { Leases } from "./leases";
import type { Log } from "./log";
import type { Places } from "./places";
import { markInUse } from "./socket-folder";
import { storedStates } from "./status";
import { TypesInUse } from "./types-in-use";

/** Google's Go client waits 30 s at most between two attempts (gax.Backoff.Max). */
const SURVIVOR_PATIENCE_MS = 45_000;

export interface SandboxOptions {
  root: string;
  places: Places;
  /** Private folder for the providers' sockets. */
  socketFolder: string;
  log: Log;
  /** Where the one before, if it was killed, served states: its clients go on asking there. */
  state?: { port: number; token: string } | undefined;
  /** Whether those clients may still be alive. */
  survivors: boolean;
  /** Called once, when nobody needs the sandbox any more or it was told to stop. */
  onEnd: (why: string) => void;
}

/** A running sandbox: store, providers, state server, and what the control API does with them. */
export class Sandbox {
  readonly #options: SandboxOptions;
  readonly #store: SandboxStore;
  readonly #faults: Faults;
  readonly #services: Services;
  readonly #leases: Leases;
  readonly #startedAt = new Date().toISOString();
  #providers: ServedProviders[] = [];
  #stateServer: StateServer | undefined;
  #mongoServer: MongoServer | undefined;
  #recovery: Recovery | undefined;
  #takenBack: CreatedObject[] = [];
  #token = "";
  #ending = false;

  static async start(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(options);
    try {
      await sandbox.#serve();
      return sandbox;
    } catch (error) {
      await sandbox.close("it could not start");
      throw error;
    }
  }

  private constructor(options: SandboxOptions) {
    this.#options = options;
    this.#store = openStore(options.places.store);
    this.#faults = createFaults(this.#store);
    this.#services = this.#faults.around(createServices(this.#store));
    this.#leases = new Leases({
      connections: () => this.#connections() + (this.#awaitsSurvivors() ? 1 : 0),
      onUnused: () => this.#end("nobody uses it any more"),
    });
  }

  /** Where states are served, and the password that requests carry. */
  get state(): { port: number; token: string } {
    return { port: this.#stateServer?.port ?? 0, token: this.#token };
  }

  /** What the control API does; its requests are described in control-api.ts. */
  handlers(): ControlHandlers {
    return {
      "POST /leases": ({ body, response }) => {
        if (this.#ending) throw new Ending();
        this.#answerLease(parseLeaseRequest(body), response);
        return ANSWERED;
      },
      "DELETE /leases": ({ body }) => ({ needed: this.#leases.end((body as { id: number }).id, "released") }),
      "GET /status": () => ({
        running: true,
        pid: process.pid,
        persistent: this.#leases.persistent,
        startedAt: this.#startedAt,
        leases: this.#leases.all().length,
        objects: this.#store.countByType(),
        states: storedStates(this.#store),
        takenBack: this.#takenBack,
        folder: this.#options.places.folder,
      }),
      "POST /stop": ({ body }) => this.#stop(body as Partial<StopRequest>),
      "POST /reset": async () => {
        await this.#faults.clear();
        await this.#store.reset();
        this.#recovery?.forget();
        this.#options.log.line("reset");
      },
      "GET /faults": () => this.#faults.list(),
      "POST /faults": ({ body }) => this.#faults.add(parseFaultRule(body)),
      "DELETE /faults": async ({ body }) => {
        const { id } = body as { id?: number };
        if (id !== undefined) return { removed: await this.#faults.remove(id) };
        await this.#faults.clear();
        return { removed: true };
      },
      "PATCH /objects": ({ body }) => editObject(this.#store, body as EditRequest),
      "DELETE /objects": ({ body }) => deleteObject(this.#store, body as ObjectTarget),
    };
  }

  /** Ends what is being served and closes the store. */
  async close(why: string): Promise<void> {
    this.#ending = true;
    this.#leases.close(why);
    await Promise.all([
      ...this.#providers.map((providers) => providers.close()),
      this.#stateServer?.close(),
      this.#mongoServer?.close(),
    ]);
    await this.#store.close();
  }

  async #serve(): Promise<void> {
    await this.#serveStates();
    const { root, socketFolder, log } = this.#options;
    this.#mongoServer = await startMongoServer({
      documents: this.#store.documents,
      token: this.#token,
      onError: (error) => log.error("mongodb", error),
    });
    const types = new TypesInUse(this.#store, () => [
      join(root, "cdktf.out", "stacks"),
      ...this.#leases.all().flatMap((lease) => lease.folders),
    ]);
    const shared = {
      folder: socketFolder,
      logic: providerLogic,
      services: this.#services,
      intercept: this.#faults.intercept,
      report: (error: unknown) => log.error("provider", error),
    };
    this.#providers = [
      await serveProviders({ ...shared, typesInUse: (provider) => types.recent(provider) }),
      await serveProviders({ ...shared, prefix: "all-", typesInUse: () => "all" }),
    ];
  }

  async #serveStates(): Promise<void> {
    const { places, state: previous, socketFolder, log } = this.#options;
    this.#recovery = await Recovery.start(this.#store, (object) => {
      log.line(`took back ${object.type} ${object.id}: its run was killed before a state knew of it`);
      this.#takenBack.push(object);
    });
    this.#token = previous?.token ?? randomBytes(16).toString("hex");
    const options = {
      buckets: this.#store.buckets,
      apis: new RestApi({ store: this.#store, services: this.#services, faults: this.#faults }),
      token: this.#token,
      observer: this.#recovery,
      besides: hostingOverHttp({
        store: this.#store,
        token: this.#token,
        faults: this.#faults,
        onError: (error) => log.error("hosting", error),
      }),
      onInUse: (inUse: boolean) => markInUse(socketFolder, inUse),
      onError: (error: unknown) => log.error("state server", error),
    };
    const port = previous?.port ?? lastPort(places.port);
    try {
      this.#stateServer = await startStateServer({ ...options, port });
    } catch (error) {
      if (port === 0) throw error;
      this.#stateServer = await startStateServer(options);
    }
    keepPort(places.port, this.#stateServer.port);
  }

  #answerLease(request: LeaseRequest, response: import("node:http").ServerResponse): void {
    if (request.persistent) this.#leases.persist();
    const lease = this.#leases.take({
      pid: request.pid,
      folders: request.folders,
      farewell: (ended) => response.write(`${JSON.stringify({ ended } satisfies LeaseFarewell)}\n`),
    });
    // Also when the client was killed: the kernel closes its end.
    response.on("close", () => this.#leases.end(lease.id, "lost"));
    const [inUse, all] = this.#providers;
    const answer: LeaseAnswer = {
      id: lease.id,
      reattach: { inUse: inUse?.reattach ?? "{}", all: all?.reattach ?? "{}" },
      state: this.state,
      mongodb: { port: this.#mongoServer?.port ?? 0 },
    };
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write(`${JSON.stringify(answer)}\n`);
  }

  #stop({ force }: Partial<StopRequest>): Record<string, never> {
    const users = this.#leases.all().map((lease) => `process ${lease.pid}`);
    if (!force && users.length === 0 && this.#connections() > 0) users.push("a Terraform");
    if (!force && users.length > 0) {
      throw new UserError("The sandbox is in use; stopping it would break what runs there.", [
        {
          field: "sandbox",
          found: users.join(", "),
          expected: "nobody, or the option to stop it all the same",
        },
      ]);
    }
    this.#end("told to stop");
    return {};
  }

  #connections(): number {
    const plugins = this.#providers.reduce((sum, providers) => sum + providers.openConnections(), 0);
    return plugins + (this.#stateServer?.openConnections() ?? 0);
  }

  /** A Terraform whose sandbox was killed looks for its state again after up to half a minute. */
  #awaitsSurvivors(): boolean {
    return this.#options.survivors && Date.now() - Date.parse(this.#startedAt) < SURVIVOR_PATIENCE_MS;
  }

  #end(why: string): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#options.onEnd(why);
  }
}

function parseLeaseRequest(body: unknown): LeaseRequest {
  const { pid, folders, persistent } = (body ?? {}) as Partial<LeaseRequest>;
  if (
    !Number.isInteger(pid) ||
    !Array.isArray(folders) ||
    !folders.every((folder) => typeof folder === "string")
  ) {
    throw new UserError("The request for a lease can't be read.");
  }
  return { pid: Number(pid), folders, persistent: persistent === true };
}
