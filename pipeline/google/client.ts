/**
 * Asks Google as the identity that Terraform's google provider would have with the same variables: a token, an account's
 * key, impersonation, or what the machine has. Loaded when it is needed: most commands never ask Google.
 * https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/guides/provider_reference#authentication-configuration
 *
 * @param scope OAuth scope: `https://www.googleapis.com/auth/cloud-platform`
 */
export async function googleClient(env: NodeJS.ProcessEnv, scope: string) {
  const { GoogleAuth, Impersonated, OAuth2Client } = await import("google-auth-library");
  const source = () => {
    if (env.GOOGLE_OAUTH_ACCESS_TOKEN) {
      const holder = new OAuth2Client();
      holder.setCredentials({ access_token: env.GOOGLE_OAUTH_ACCESS_TOKEN });
      return Promise.resolve(holder);
    }
    const given = env.GOOGLE_CREDENTIALS || env.GOOGLE_CLOUD_KEYFILE_JSON;
    const credentials = given?.trimStart().startsWith("{") ? JSON.parse(given) : undefined;
    const keyFilename = credentials === undefined ? given || env.GOOGLE_APPLICATION_CREDENTIALS : undefined;
    const auth = new GoogleAuth({
      scopes: [scope],
      ...(credentials ? { credentials } : {}),
      ...(keyFilename ? { keyFilename } : {}),
    });
    return auth.getClient();
  };
  const account = env.GOOGLE_IMPERSONATE_SERVICE_ACCOUNT;
  if (!account) return source();
  return new Impersonated({ sourceClient: await source(), targetPrincipal: account, targetScopes: [scope] });
}
