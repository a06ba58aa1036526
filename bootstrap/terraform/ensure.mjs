// Terraform or OpenTofu, whatever it takes: found, or downloaded; otherwise one sentence that says what to install.
import { DownloadFailed, downloadTerraform, releaseSite } from "./download.mjs";
import { findTerraform, UnusableTerraform } from "./find.mjs";
import { oldest, pinned } from "./product.mjs";

/** No Terraform can be had: what is wrong and what to do, for the user. */
export class NoTerraform extends Error {}

const goodOnes =
  `Terraform ${oldest.Terraform} or newer (https://developer.hashicorp.com/terraform/install) ` +
  `or OpenTofu ${oldest.OpenTofu} or newer (https://opentofu.org/docs/intro/install)`;
const whatToInstall = `Install ${goodOnes}, or set GROUNDWORK_TERRAFORM to its path`;

/**
 * @param {{
 *   root: string,
 *   env?: NodeJS.ProcessEnv,
 *   names?: readonly string[],
 *   site?: string,
 *   say?: (line: string) => void,
 * }} where `say`: hears about a download
 * @returns {Promise<import("./find.mjs").Found>}
 * @throws {NoTerraform}
 */
export async function ensureTerraform({
  root,
  env = process.env,
  names,
  site = releaseSite,
  say = () => {},
}) {
  const where = { root, env, ...(names ? { names } : {}) };
  try {
    const { found, rejected } = await findTerraform(where);
    if (found) return found;
    say(`${rejected.map(({ why }) => `${why}. `).join("")}Downloading Terraform ${pinned} from ${site} …`);
    await downloadTerraform({ root, env, site });
    const downloaded = await findTerraform(where);
    if (downloaded.found) return downloaded.found;
    throw new NoTerraform(`${downloaded.rejected.at(-1)?.why ?? "Terraform vanished"}. ${whatToInstall}.`);
  } catch (error) {
    if (error instanceof UnusableTerraform) {
      throw new NoTerraform(`${error.message}. Set it to the path of ${goodOnes}, or unset it.`);
    }
    if (error instanceof DownloadFailed) {
      throw new NoTerraform(`Groundwork needs Terraform, and ${error.message}. ${whatToInstall}.`);
    }
    throw error;
  }
}
