import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SavedPlans } from "../plan/saved-plans";
import type { Stack } from "../synthesis/stack-list";
import { emptiedConfiguration, type Orphan, stacksToDestroy } from "./orphans";

/** Writes the configurations that destroy what the code no longer has, beside the plans, where an apply finds them. */
export function prepareDestruction(orphans: readonly Orphan[], saved: SavedPlans): Stack[] {
  const doomed = stacksToDestroy(orphans, (name) => saved.orphanFolder(name));
  for (const { name, folder } of doomed) {
    const base = orphans.find(({ stack }) => stack.name === name)?.stack.folder ?? "";
    mkdirSync(folder, { recursive: true });
    const configuration = readFileSync(join(base, "cdk.tf.json"), "utf8");
    writeFileSync(join(folder, "cdk.tf.json"), emptiedConfiguration(configuration));
    const lock = join(base, ".terraform.lock.hcl");
    if (existsSync(lock)) copyFileSync(lock, join(folder, ".terraform.lock.hcl"));
  }
  return doomed;
}
