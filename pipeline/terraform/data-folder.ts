import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TerraformBinary } from "./terraform";

/** Where `terraform init` has put, or will put, what it makes for a stack. */
export interface DataFolder {
  path: string;
  exists(): boolean;
  /** Gives a complete draft its name, unless another command was faster. */
  adopt(draft: string): void;
  /** Makes the next `init` start from nothing. */
  remove(): void;
}

/**
 * The folder's name comes from everything that `init` looks at, so a change of the backend or of a provider means
 * another folder, and going back means the old one.
 */
export function dataFolderName(
  parent: string,
  configurationFile: string,
  binary: TerraformBinary,
): DataFolder {
  const path = join(parent, initFingerprint(readFileSync(configurationFile, "utf8"), binary));
  return {
    path,
    exists: () => existsSync(path),
    remove: () => rmSync(path, { recursive: true, force: true }),
    adopt: (draft) => {
      try {
        renameSync(draft, path);
      } catch (error) {
        if (!existsSync(path)) throw error;
        rmSync(draft, { recursive: true, force: true });
      }
    },
  };
}

/** @param configuration text of `cdk.tf.json` */
export function initFingerprint(
  configuration: string,
  binary: Pick<TerraformBinary, "product" | "version">,
): string {
  const { terraform, module } = JSON.parse(configuration) as { terraform?: unknown; module?: unknown };
  const inputs = JSON.stringify([binary.product, binary.version, terraform ?? null, module ?? null]);
  return createHash("sha256").update(inputs).digest("hex").slice(0, 16);
}
