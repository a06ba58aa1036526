/** One request to an API of Google or Atlas. */
export interface CloudRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** `appengine.googleapis.com`. */
  host: string;
  /** Behind the host, with the query: `/v1/apps/…`. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** A JSON document. */
  body?: string;
}

/** Any answer, of any status. */
export interface CloudAnswer {
  status: number;
  header: (name: string) => string | undefined;
  body: string;
}

/** Sends one request, once. Rejects when there is no answer. */
export type CloudTransport = (request: CloudRequest) => Promise<CloudAnswer>;

/** Milliseconds without an answer until a request counts as lost. */
const patience = 60_000;

/**
 * Where the sandbox answers for hosts of the clouds: on the port that serves states, the host first in the path.
 *
 * @param env read at each request: a sandbox that was started again has another address
 */
export function sandboxTransport(env: () => NodeJS.ProcessEnv): CloudTransport {
  return ({ method, host, path, headers, body }) => {
    const address = new URL(env().STORAGE_EMULATOR_HOST ?? "");
    const credentials = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
    const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    // No connection stays behind: the sandbox takes an open one for a Terraform at work.
    return fetched(`http://${address.host}/${host}${path}`, {
      method,
      headers: { ...headers, authorization, connection: "close" },
      ...(body === undefined ? {} : { body }),
    });
  };
}

/** Sends with `fetch`. */
export async function fetched(url: string, init: RequestInit): Promise<CloudAnswer> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(patience) });
  return {
    status: answer.status,
    header: (name) => answer.headers.get(name) ?? undefined,
    body: await answer.text(),
  };
}
