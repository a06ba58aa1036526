import { googleClient } from "../../google/client";

/** One request to Firebase Hosting. */
export interface HostingCall {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/v1beta1/`; or an address that Hosting itself gave, for uploads. */
  path: string;
  /** JSON, or a file's gzip. */
  body?: unknown;
}

/** Any answer, of any status. */
export interface HostingAnswer {
  status: number;
  /** Parsed where it is JSON, else text. */
  body: unknown;
}

/** Sends one request, once. Rejects when there is no answer. */
export type HostingTransport = (call: HostingCall) => Promise<HostingAnswer>;

const google = "https://firebasehosting.googleapis.com";
/** https://firebase.google.com/docs/reference/hosting/rest/v1beta1/sites.channels/create#authorization-scopes */
const scope = "https://www.googleapis.com/auth/firebase";
/** Milliseconds without an answer until a request counts as lost. */
const patience = 60_000;

/**
 * Reaches Firebase Hosting where the Firebase CLI would: at `FIREBASE_HOSTING_API_URL` on this machine, an address that only
 * the sandbox's users know, otherwise at Google's as whoever Terraform signs in as.
 */
export function hostingTransport(env: NodeJS.ProcessEnv): HostingTransport {
  const { FIREBASE_HOSTING_API_URL: local } = env;
  return local && new URL(local).hostname === "127.0.0.1" ? localTransport(local) : googleTransport(env);
}

function localTransport(origin: string): HostingTransport {
  return async ({ method, path, body }) => {
    const answer = await fetch(addressOf(origin, path), {
      method,
      headers: { "content-type": typeOf(body), connection: "close" },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
      signal: AbortSignal.timeout(patience),
    });
    return { status: answer.status, body: parsed(await answer.text()) };
  };
}

function googleTransport(env: NodeJS.ProcessEnv): HostingTransport {
  let client: ReturnType<typeof googleClient> | undefined;
  return async ({ method, path, body }) => {
    client ??= googleClient(env, scope);
    const answer = await (await client).request<string>({
      url: addressOf(google, path),
      method,
      headers: { "content-type": typeOf(body) },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
      responseType: "text",
      validateStatus: () => true,
      retry: false,
      timeout: patience,
    });
    return { status: answer.status, body: parsed(String(answer.data ?? "")) };
  };
}

const addressOf = (origin: string, path: string): string =>
  /^https?:\/\//.test(path) ? path : `${origin}/v1beta1/${path}`;

const typeOf = (body: unknown): string =>
  Buffer.isBuffer(body) ? "application/octet-stream" : "application/json";

const bodyOf = (body: unknown): Uint8Array<ArrayBuffer> | string =>
  Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
