import { googleClient } from "./client";

/** https://cloud.google.com/docs/authentication/get-id-token */
const scope = "https://www.googleapis.com/auth/cloud-platform";

/**
 * A token that tells another party who Google says we are: the account that Terraform impersonates, or the key's own.
 * `GOOGLE_ID_TOKEN` is one that a workflow got before.
 *
 * @param audience whom it is for
 * @throws Error when the credentials can't have one: federated ones without an account, a user's
 */
export async function googleIdToken(env: NodeJS.ProcessEnv, audience: string): Promise<string> {
  if (env.GOOGLE_ID_TOKEN) return env.GOOGLE_ID_TOKEN;
  const client = await googleClient(env, scope);
  if ("fetchIdToken" in client && typeof client.fetchIdToken === "function") {
    return client.fetchIdToken(audience);
  }
  throw new Error(
    "These Google credentials have no ID token; set GOOGLE_IMPERSONATE_SERVICE_ACCOUNT or GOOGLE_ID_TOKEN.",
  );
}
