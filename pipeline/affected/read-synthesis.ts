import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Stack } from "../synthesis/stack-list";
import type { Synthesized } from "./compare";

/** Made by `terraform init`, or added to by it; which providers are used stands in the configuration too. */
const notOurs = new Set([
  ".terraform",
  ".terraform.lock.hcl",
  "terraform.tfstate",
  "terraform.tfstate.backup",
]);

/** Reads everything of these stacks that decides what Terraform does, their assets included. */
export function readSynthesis(stacks: readonly Stack[]): Synthesized {
  return {
    stacks: new Map(
      stacks.map(({ name, folder }) => [name, existsSync(folder) ? readFiles(folder) : new Map()]),
    ),
  };
}

function readFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (at: string) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (notOurs.has(entry.name)) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) files.set(relative(folder, path), fingerprint(path));
    }
  };
  walk(folder);
  return files;
}

/** Two files are the same when their digests are; assets may be large. */
function fingerprint(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
