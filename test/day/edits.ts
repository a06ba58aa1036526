import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateAddress } from "../../pipeline/state/state-object";
import type { Day } from "./day";

/** Edits a file of the checkout as its author would. @throws Error when the text is not there */
export function change(day: Day, file: string, found: RegExp | string, to: string): void {
  const path = join(day.clone.root, file);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(found, () => to);
  if (changed === text) throw new Error(`${file} has nothing like ${found}`);
  writeFileSync(path, changed);
}

/** Another value of a field in which dev differs from production; as code. */
export function setInDev(day: Day, field: string, value: string): void {
  day.clone.differ("dev", field, value);
}

/** Where a resource is in a state: `google_x.NAME`. @throws Error when there is none whose name fits */
export async function addressIn(day: Day, stack: string, type: string, name = /./): Promise<string> {
  const [environment = "", kind = ""] = stack.split("-");
  const { state } = stateAddress(`gs://hazelwick-${environment}-tfstate/${kind}`);
  const found = await day.bucket(environment).read(state);
  const { resources } = JSON.parse(found?.content.toString("utf8") ?? '{"resources":[]}') as {
    resources: { type: string; name: string }[];
  };
  const resource = resources.find((one) => one.type === type && name.test(one.name));
  if (!resource) throw new Error(`${stack} has no ${type} like ${name}`);
  return `${type}.${resource.name}`;
}

/** Main as everybody has it, synthesized: for commands that are no workflow's. */
export async function checkoutMain(day: Day): Promise<void> {
  day.repository.checkout(day.repository.main);
  await day.command("synth");
}
