import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { StateObserver } from "../recovery/recovery";
import { type RestApi, restHosts } from "../rest-api/rest-api";
import type { BucketObjects } from "../store/bucket-objects";
import { type Answer, jsonAnswer, StorageError } from "./answer";
import {
  copyObject,
  deleteObject,
  getObject,
  listObjects,
  type StorageRequest,
  updateObject,
} from "./objects";
import { bucketResource } from "./resources";
import { parseRoute, type Route } from "./route";
import { Uploads } from "./uploads";

/** A request's body is held in memory; states are far smaller. */
const LARGEST_BODY = 256 * 1024 * 1024;

export interface StateServerOptions {
  buckets: BucketObjects;
  /** @default 0 - a free port is chosen */
  port?: number;
  /**
   * Password that requests have to carry (user name: anything). Google's Go client sends it with everything but
   * downloads when STORAGE_EMULATOR_HOST is `http://sandbox:TOKEN@127.0.0.1:PORT`, so downloads go without.
   * @default - none is asked for
   */
  token?: string;
  /** Answers for other APIs: `/appengine.googleapis.com/v1/…`. @default - they are not found */
  apis?: RestApi;
  /** What else is answered on this port: given a request, whoever answers it. @default - nothing */
  besides?: (message: IncomingMessage, port: number) => Answering | undefined;
  /** Told of what is written and deleted. @default - nobody is */
  observer?: StateObserver;
  /** Told when the first client comes (true) and when the last one is gone. @default - nobody is */
  onInUse?: (inUse: boolean) => void;
  /** Told about errors of the server itself. @default - they are only answered with 500 */
  onError?: (error: unknown) => void;
}

/** Answers a request to its end. */
export type Answering = (message: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface StateServer {
  port: number;
  /** Connections that clients of states hold; the server never closes an idle one, so 0 means that no Terraform is there. */
  openConnections(): number;
  close(): Promise<void>;
}

/** Serves states by the API of Google Cloud Storage on the loopback interface, and other APIs beside it. */
export async function startStateServer(options: StateServerOptions): Promise<StateServer> {
  const uploads = new Uploads(options.buckets, options.observer);
  const sockets = new Set<Socket>();
  const server = createServer((message, response) => {
    void respond(message, response).catch((error: unknown) => {
      options.onError?.(error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => {
    socket.on("close", () => {
      if (sockets.delete(socket) && sockets.size === 0) options.onInUse?.(false);
      options.observer?.closed(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  /** From its first request on; a browser also opens connections that it may never use. */
  function enter(socket: Socket): void {
    if (sockets.has(socket)) return;
    sockets.add(socket);
    if (sockets.size === 1) options.onInUse?.(true);
  }

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const besides = options.besides?.(message, port);
    if (besides !== undefined) return besides(message, response);
    enter(message.socket);
    const [path = "", query = ""] = (message.url ?? "").split(/\?(.*)/s);
    const parameters = new URLSearchParams(query);
    const [, host = "", below = ""] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
    const isOther = options.apis !== undefined && restHosts.has(host);
    const api = isOther || /^\/((resumable\/)?upload|download|storage)\//.test(path) ? "json" : "xml";
    let answer: Answer;
    try {
      // First of all, so that a connection whose request is refused can go on being used.
      const body = await readBody(message);
      checkLocal(message, port);
      // The id of an upload session is a secret of its own, and all that the client sends with its chunks.
      if (isOther || (api === "json" && !parameters.has("upload_id"))) checkToken(message, options.token);
      if (options.apis && isOther) {
        const { method = "GET" } = message;
        const told = await options.apis.answer({ method, host, path: below, parameters });
        answer = told.body === undefined ? { status: told.status } : jsonAnswer(told.body, told.status);
        return sendAnswer(answer, message, response);
      }
      const route = parseRoute(path);
      const headers = Object.fromEntries(
        Object.entries(message.headers).map(([name, value]) => [name, value?.toString()]),
      );
      if (route.kind === "xml-object") copyXmlConditions(headers, parameters);
      const method = message.method ?? "GET";
      const origin = `http://127.0.0.1:${port}`;
      answer = await answerRoute(route, {
        method,
        parameters,
        headers,
        body,
        origin,
        connection: message.socket,
        callId: /gccl-invocation-id\/([\w-]+)/.exec(headers["x-goog-api-client"] ?? "")?.[1],
      });
    } catch (error) {
      if (!(error instanceof StorageError)) options.onError?.(error);
      const known =
        error instanceof StorageError ? error : new StorageError(500, "Internal error of the sandbox.");
      answer = known.toAnswer(api);
    }
    sendAnswer(answer, message, response);
  }

  async function answerRoute(route: Route, request: StorageRequest): Promise<Answer> {
    const { buckets } = options;
    const { method, origin } = request;
    switch (route.kind) {
      case "upload":
        return uploads.answer(route.bucket, request);
      case "objects":
        if (method === "GET") return listObjects(buckets, route.bucket, request);
        break;
      case "object":
        if (method === "GET" || method === "HEAD") return getObject(buckets, route, request);
        if (method === "DELETE") return deleteObject(buckets, route, request, options.observer);
        if (method === "PATCH" || method === "PUT") return updateObject(buckets, route, request);
        break;
      case "xml-object":
        if (method === "GET" || method === "HEAD") return getObject(buckets, route, request);
        break;
      case "copy":
        if (method === "POST") return copyObject(buckets, route, request);
        break;
      case "bucket":
        if (method === "GET") return jsonAnswer(bucketResource(route.bucket, origin));
        if (method === "DELETE") {
          if (buckets.list(route.bucket, "", true).length === 0) return { status: 204 };
          throw new StorageError(409, "The bucket you tried to delete is not empty.");
        }
        break;
      case "buckets":
        if (method === "GET") {
          const items = buckets.buckets().map((bucket) => bucketResource(bucket, origin));
          return jsonAnswer({ kind: "storage#buckets", items });
        }
        if (method === "POST") throw new StorageError(409, "Every bucket exists here already; just use it.");
        break;
    }
    throw new StorageError(405, `Method ${method} is not allowed here.`);
  }

  return {
    port,
    openConnections: () => sockets.size,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(patience);
    },
  };
}

function sendAnswer(answer: Answer, message: IncomingMessage, response: ServerResponse): void {
  const body = answer.body ?? Buffer.alloc(0);
  const bodiless = answer.status === 204 || answer.status === 304;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(!bodiless && { "content-length": body.length }),
  });
  response.end(message.method === "HEAD" || bodiless ? undefined : body);
}

/** Keeps out web pages in a browser: they have an origin, or come by a host name that was pointed at 127.0.0.1. */
export function checkLocal(message: IncomingMessage, port: number): void {
  const { host, origin } = message.headers;
  if ((host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) || origin !== undefined) {
    throw new StorageError(403, "This server answers local programs only.");
  }
}

/** Keeps out other users of the machine. */
function checkToken(message: IncomingMessage, token: string | undefined): void {
  if (token === undefined) return;
  const [, credentials = ""] = /^Basic (\S+)$/i.exec(message.headers.authorization ?? "") ?? [];
  const [, password = ""] = Buffer.from(credentials, "base64").toString().split(/:(.*)/s);
  const [given, wanted] = [Buffer.from(password), Buffer.from(token)];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new StorageError(401, "This is a local sandbox, and the request does not carry its token.");
  }
}

/** The XML API carries preconditions in headers. */
function copyXmlConditions(headers: StorageRequest["headers"], parameters: URLSearchParams): void {
  for (const [header, parameter] of [
    ["x-goog-if-generation-match", "ifGenerationMatch"],
    ["x-goog-if-metageneration-match", "ifMetagenerationMatch"],
  ] as const) {
    const value = headers[header];
    if (value !== undefined) parameters.set(parameter, value);
  }
}

export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed on an early end, so that the client still gets its answer.
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new StorageError(413, "The sandbox takes objects of up to 256 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
