import { googleClient } from "./client";

/** https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken */
const scope = "https://www.googleapis.com/auth/cloud-platform";

/**
 * A token by which Google tells another party that whoever shows it is an account. It is asked for as the identity that
 * Terraform has, who needs `roles/iam.serviceAccountOpenIdTokenCreator` on that account. `GOOGLE_ID_TOKEN` is one that
 * somebody got before; `GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT` is read as the google provider reads it.
 *
 * @throws Error with Google's own words when it refuses
 */
export async function googleIdToken(
  env: NodeJS.ProcessEnv,
  {
    account,
    audience,
  }: {
    /** Its address. */
    account: string;
    /** Whom the token is for. */
    audience: string;
  },
): Promise<string> {
  if (env.GOOGLE_ID_TOKEN) return env.GOOGLE_ID_TOKEN;
  const { Impersonated } = await import("google-auth-library");
  const endpoint = env.GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT?.replace(/\/v1\/?$/, "");
  const shown = new Impersonated({
    sourceClient: await googleClient(env, scope),
    targetPrincipal: account,
    targetScopes: [scope],
    ...(endpoint ? { endpoint } : {}),
  });
  return shown.fetchIdToken(audience);
}
