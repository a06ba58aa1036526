import { join } from "node:path";
import {
  type handleUnaryCall,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { ProviderLogic } from "../providers/contract";
import type { ProviderName } from "../schemas/model";
import type { Services } from "../services/contract";
import { CALLS, type CallName, type Request, type Response } from "./calls";
import { type Connections, listen } from "./connections";
import type { Client, HandlerContext } from "./handlers/context";
import { answer, handlersOf } from "./handlers/handlers";
import { Empty } from "./messages";
import type { ProtocolVersion } from "./schema-messages";

/** One provider, reachable by Terraform. */
export interface ProviderEndpoint {
  /** `registry.terraform.io/hashicorp/google` */
  source: string;
  protocolVersion: ProtocolVersion;
  /** Path of the unix socket, readable and writable by its owner only. */
  socket: string;
}

export interface ServeOptions {
  /** Folder of the sockets; made when it doesn't exist. */
  folder: string;
  /** Start of the sockets' names. @default "" */
  prefix?: string;
  logic: ProviderLogic;
  services: Services;
  /** Types whose schemas Terraform is told by a provider; asked at each request. */
  typesInUse: HandlerContext["typesInUse"];
  /** Asked before each operation; an error among its diagnostics ends the operation. @default - nothing interferes */
  intercept?: HandlerContext["intercept"];
  /** Told of errors that nobody expected; Terraform gets a diagnostic in any case. @default - they are dropped */
  report?: (error: unknown) => void;
}

export interface ServedProviders {
  endpoints: ProviderEndpoint[];
  /** Value of `TF_REATTACH_PROVIDERS`. */
  reattach: string;
  /** Connections that are open now: every running Terraform holds some. */
  openConnections(): number;
  /** Ends all connections and removes the sockets. */
  close(): Promise<void>;
}

const PROVIDERS: { name: ProviderName; source: string; protocolVersion: ProtocolVersion }[] = [
  { name: "google", source: "registry.terraform.io/hashicorp/google", protocolVersion: 5 },
  { name: "google-beta", source: "registry.terraform.io/hashicorp/google-beta", protocolVersion: 5 },
  { name: "mongodbatlas", source: "registry.terraform.io/mongodb/mongodbatlas", protocolVersion: 6 },
];

/** Terraform's own limit for a message of a provider. */
const LARGEST_MESSAGE = 256 << 20;

/**
 * Serves the three providers to any number of Terraform processes at once.
 * @throws UserError when the folder's path is too long for sockets
 */
export async function serveProviders(options: ServeOptions): Promise<ServedProviders> {
  const served: (Connections & ProviderEndpoint)[] = [];
  const close = async () => {
    await Promise.all(served.map((endpoint) => endpoint.close()));
  };
  try {
    for (const { name, source, protocolVersion } of PROVIDERS) {
      const socket = join(options.folder, `${options.prefix ?? ""}${name}.sock`);
      const endpoint = await serveProvider({ ...options, provider: name, protocol: protocolVersion }, socket);
      served.push({ source, protocolVersion, socket, ...endpoint });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const endpoints = served.map(({ source, protocolVersion, socket }) => ({
    source,
    protocolVersion,
    socket,
  }));
  return {
    endpoints,
    reattach: reattachVariable(endpoints),
    openConnections: () => served.reduce((sum, { count }) => sum + count(), 0),
    close,
  };
}

interface ServedContext extends HandlerContext {
  report?: ((error: unknown) => void) | undefined;
}

async function serveProvider(context: ServedContext, socket: string): Promise<Connections> {
  const server = new Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
    "grpc.enable_channelz": 0,
  });
  // One provider block of one Terraform process is one connection, and its configuration lives as long.
  const clients = new Map<string, Client>();
  // A call whose connection is gone already finds no configuration, and so changes nothing.
  addProvider(server, context, (peer) => clients.get(peer) ?? {});
  addController(server);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const connections = await listen(
    socket,
    (connection, tag) => {
      clients.set(tag, {});
      injector.injectConnection(connection);
    },
    (tag) => clients.delete(tag),
  );
  return {
    count: connections.count,
    async close() {
      await connections.close();
      server.forceShutdown();
    },
  };
}

function addProvider(server: Server, context: ServedContext, clientOf: (peer: string) => Client): void {
  const handlers = handlersOf(context);
  const report = context.report ?? (() => {});
  const definition: { [call: string]: MethodDefinition<unknown, unknown> } = {};
  const implementation: UntypedServiceImplementation = {};
  for (const name of Object.keys(CALLS) as CallName[]) {
    const { names, request, response } = CALLS[name];
    definition[name] = unary(
      `/tfplugin${context.protocol}.Provider/${names[context.protocol]}`,
      request.decode,
      response.encode as (value: unknown) => Buffer,
    );
    const handle: handleUnaryCall<Request<CallName>, Response<CallName>> = (call, respond) => {
      answer(name, handlers, call.request, clientOf(call.getPeer()), report).then(
        (value) => respond(null, value),
        (error) => respond(error),
      );
    };
    implementation[name] = handle;
  }
  server.addService(definition, implementation);
}

/** Terraform's plugin library tells every plugin to shut down when it is done; this one serves others too. */
function addController(server: Server): void {
  const definition: ServiceDefinition = {
    shutdown: unary("/plugin.GRPCController/Shutdown", Empty.decode, Empty.encode as () => Buffer),
  };
  const shutdown: handleUnaryCall<unknown, object> = (_call, respond) => respond(null, {});
  server.addService(definition, { shutdown });
}

function unary(
  path: string,
  decode: (bytes: Buffer) => unknown,
  encode: (value: unknown) => Buffer,
): MethodDefinition<unknown, unknown> {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: encode,
    requestDeserialize: decode,
    responseSerialize: encode,
    responseDeserialize: decode,
  };
}

function reattachVariable(endpoints: ProviderEndpoint[]): string {
  const entries = endpoints.map(({ source, protocolVersion, socket }) => [
    source,
    {
      Protocol: "grpc",
      ProtocolVersion: protocolVersion,
      Pid: process.pid,
      Test: true, // without it Terraform would end this process when it is done
      Addr: { Network: "unix", String: socket },
    },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}
