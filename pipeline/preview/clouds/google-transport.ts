import { googleClient } from "../../google/client";
import type { CloudTransport } from "./transport";

const scope = "https://www.googleapis.com/auth/cloud-platform";
/** Milliseconds without an answer until a request counts as lost. */
const patience = 60_000;

/** Google's APIs, as the identity that Terraform has. */
export function googleTransport(env: NodeJS.ProcessEnv): CloudTransport {
  let client: ReturnType<typeof googleClient> | undefined;
  return async ({ method, host, path, headers, body }) => {
    client ??= googleClient(env, scope);
    const answer = await (await client).request<string>({
      url: `https://${host}${path}`,
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      responseType: "text",
      validateStatus: () => true,
      retry: false,
      timeout: patience,
    });
    return {
      status: answer.status,
      header: (name) => answer.headers.get(name) ?? undefined,
      body: typeof answer.data === "string" ? answer.data : JSON.stringify(answer.data ?? ""),
    };
  };
}
