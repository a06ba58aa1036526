import type { Stack } from "../synthesis/stack-list";
import type { Target } from "./target";

/** The real cloud: Terraform finds credentials as it always does. */
export function cloudTarget(): Target {
  return { name: "cloud", env: {}, lost: new Promise(() => {}), release: async () => {} };
}

/**
 * What a run on the cloud touches and as whom, one line each, to be read before anything happens.
 *
 * @param env where Terraform's providers look for credentials
 */
export function describeCloudTarget(stacks: readonly Stack[], env: NodeJS.ProcessEnv): string[] {
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const lines = environments.map((environment) => {
    const own = stacks.filter((stack) => stack.environment === environment);
    const projects = [...new Set(own.map(({ project }) => project))].join(", ");
    const atlas = own.some(({ providers }) =>
      Object.keys(providers).some((address) => /mongodbatlas$/.test(address)),
    );
    return `  ${environment}: Google Cloud project ${projects}${atlas ? ", and its MongoDB Atlas project" : ""}`;
  });
  return ["Target: the cloud.", ...lines, `  as ${googleIdentity(env)}${atlasIdentity(env)}`];
}

/** https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/guides/provider_reference#authentication-configuration */
function googleIdentity(env: NodeJS.ProcessEnv): string {
  if (env.GROUNDWORK_ACCOUNTS === "stack") return "tf-apply-<stack> of each project (impersonated)";
  const impersonated = env.GOOGLE_IMPERSONATE_SERVICE_ACCOUNT;
  if (impersonated) return `${impersonated} (impersonated)`;
  if (env.GOOGLE_OAUTH_ACCESS_TOKEN) return "the holder of GOOGLE_OAUTH_ACCESS_TOKEN";
  if (env.GOOGLE_CREDENTIALS || env.GOOGLE_CLOUD_KEYFILE_JSON) return "the account of GOOGLE_CREDENTIALS";
  const file = env.GOOGLE_APPLICATION_CREDENTIALS;
  return file ? `the account in ${file}` : "gcloud's application default credentials";
}

function atlasIdentity(env: NodeJS.ProcessEnv): string {
  const publicKey = env.MONGODB_ATLAS_PUBLIC_API_KEY ?? env.MONGODB_ATLAS_PUBLIC_KEY;
  return publicKey ? `; Atlas API key ${publicKey}` : "";
}
