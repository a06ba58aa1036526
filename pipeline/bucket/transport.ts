import { googleClient } from "../google/client";

/** One request to Cloud Storage. */
export interface StorageRequest {
  method: "GET" | "POST" | "DELETE";
  /** Below the service's address, with the query: `/storage/v1/b/…`. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: Buffer;
}

/** Any answer, of any status. */
export interface StorageAnswer {
  status: number;
  header: (name: string) => string | undefined;
  body: Buffer;
}

/** Sends one request, once. Rejects when there is no answer. */
export type Transport = (request: StorageRequest) => Promise<StorageAnswer>;

/** Where Google serves it. https://cloud.google.com/storage/docs/request-endpoints */
const google = "https://storage.googleapis.com";
const scope = "https://www.googleapis.com/auth/devstorage.read_write";
/** Milliseconds without an answer until a request counts as lost. */
const patience = 60_000;

/**
 * Reaches Cloud Storage as Terraform's gcs backend would with the same variables, so that both see the same bucket as
 * the same identity: an emulator, a token, an account's key, impersonation, or what the machine has.
 * https://developer.hashicorp.com/terraform/language/backend/gcs
 */
export function transportOf(env: NodeJS.ProcessEnv): Transport {
  const emulator = env.STORAGE_EMULATOR_HOST;
  return emulator ? emulatorTransport(emulator) : googleTransport(env);
}

/** @param address `HOST:PORT` or a URL, with user and password perhaps */
function emulatorTransport(address: string): Transport {
  const url = new URL(address.includes("://") ? address : `http://${address}`);
  const { username, password } = url;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = password ? `Basic ${Buffer.from(credentials).toString("base64")}` : undefined;
  const origin = `${url.protocol}//${url.host}`;
  return async ({ method, path, headers, body }) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      // No connection stays behind: the sandbox takes an open one for a Terraform at work.
      headers: { ...headers, ...(authorization ? { authorization } : {}), connection: "close" },
      ...(body ? { body: new Uint8Array(body) } : {}),
      signal: AbortSignal.timeout(patience),
    });
    return {
      status: answer.status,
      header: (name) => answer.headers.get(name) ?? undefined,
      body: Buffer.from(await answer.arrayBuffer()),
    };
  };
}

function googleTransport(env: NodeJS.ProcessEnv): Transport {
  const endpoint = env.GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT || env.GOOGLE_STORAGE_CUSTOM_ENDPOINT;
  const origin = endpoint ? new URL(endpoint).origin : google;
  let client: ReturnType<typeof googleClient> | undefined;
  return async ({ method, path, headers, body }) => {
    client ??= googleClient(backendIdentity(env), scope);
    const answer = await (await client).request<ArrayBuffer>({
      url: `${origin}${path}`,
      method,
      headers: { ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
      responseType: "arraybuffer",
      validateStatus: () => true,
      retry: false,
      timeout: patience,
    });
    return {
      status: answer.status,
      header: (name) => answer.headers.get(name) ?? undefined,
      body: Buffer.from(answer.data ?? new ArrayBuffer(0)),
    };
  };
}

/** The gcs backend has variables of its own, which come before the providers'. */
function backendIdentity(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = {
    GOOGLE_CREDENTIALS: env.GOOGLE_BACKEND_CREDENTIALS,
    GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: env.GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT,
  };
  return { ...env, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value)) };
}
