import { join } from "node:path";
import { serveProviders } from "../protocol/serve";
import { providerLogic } from "../providers/provider-logic";
import type { Services } from "../services/contract";
import type { TypeCases } from "./corpus";
import { TerraformFolder } from "./terraform";

/** Nothing is applied, read or imported here. */
const NO_SERVICES: Services = {
  apply: unavailable,
  read: unavailable,
  import: unavailable,
  readDataSource: unavailable,
};

function unavailable(): never {
  throw new Error("fidelity runs only validate and plan");
}

/** Environment variables that would change the providers' settings, or Terraform's. */
const CHANGES_SETTINGS = /^(GOOGLE_|GCLOUD_|CLOUDSDK_|MONGODB_ATLAS_|TF_)/;

/**
 * Serves the providers while something runs.
 *
 * @param folder for sockets and Terraform's files
 */
export async function withSandbox<T>(
  folder: string,
  types: readonly TypeCases[],
  use: (folders: TerraformFolder[]) => Promise<T>,
): Promise<T> {
  const names = new Set(types.map(({ type }) => type));
  const served = await serveProviders({
    folder: join(folder, "sockets"),
    logic: providerLogic,
    services: NO_SERVICES,
    typesInUse: () => ({ resources: names, data: names }),
    report: (error) => console.error(error),
  });
  try {
    const kept = Object.entries(process.env).filter(([name]) => !CHANGES_SETTINGS.test(name));
    const environment = {
      ...Object.fromEntries(kept),
      TF_REATTACH_PROVIDERS: served.reattach,
      CHECKPOINT_DISABLE: "1",
    };
    const program = process.env.GROUNDWORK_TERRAFORM ?? "terraform";
    return await use(["a", "b"].map((name) => new TerraformFolder(join(folder, name), program, environment)));
  } finally {
    await served.close();
  }
}
