import type { EnvironmentDefinition } from "../../../environments/difference";
import type { Environment } from "../../../environments/environment";
import type { Organisation } from "../../../environments/organisation-schema";
import { isExample } from "./example-values";
import type { ChecklistItem, Input } from "./item";

/**
 * - `entered`: a value of one's own
 * - `example`: still the one that the repository came with
 * - `without`: the environment does without it
 */
export type InputStatus = "entered" | "example" | "without";

/** A field that takes the result of a step, as it is now. */
export interface ReadInput {
  /** `environments/dev.ts`: where it is written. */
  file: string;
  path: string;
  value: unknown;
  status: InputStatus;
}

/** A step, as far as the files can tell how it stands. */
export interface ReadItem extends Omit<ChecklistItem, "inputs"> {
  inputs: ReadInput[];
  /** `by hand`: nothing in the files tells. */
  status: InputStatus | "by hand";
}

/** What a checklist is read from. */
export interface ChecklistSource {
  items: readonly ChecklistItem[];
  organisation: Organisation;
  environment: Environment;
  /** How the environment is written, for the files that its fields stand in. */
  definition: EnvironmentDefinition;
}

/** The checklist of an environment with its present values. */
export function readChecklist({ items, organisation, environment, definition }: ChecklistSource): ReadItem[] {
  const readInput = ({ file, path }: Input): ReadInput => {
    const inOrganisation = file === "organisation";
    const value = valueAt(inOrganisation ? organisation : environment, path);
    const written = inOrganisation ? "organisation" : writtenIn(definition, path);
    return { file: `environments/${written}.ts`, path, value, status: statusOf(value) };
  };
  const named = (text: string) =>
    text.replace(/\bPROJECT\b/g, environment.project).replace(/\bENV\b/g, environment.name);
  return items.map((item) => {
    const inputs = item.inputs.map(readInput);
    const how = item.how.map(named);
    return { ...item, how, verify: named(item.verify), inputs, status: statusOfAll(inputs) };
  });
}

function valueAt(root: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      root,
    );
}

/** The environment whose file has the field: its own, or the one that it differs from. */
function writtenIn(definition: EnvironmentDefinition, path: string): string {
  const { fields, base, differences } = definition;
  const isOwn =
    ["name", "project", "stateBucket"].includes(path) ||
    differences.some((one) => one.path === path || path.startsWith(`${one.path}.`));
  return base === undefined || isOwn ? fields.name : writtenIn(base, path);
}

function statusOf(value: unknown): InputStatus {
  const isEmpty =
    value === undefined ||
    value === "none" ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  if (isEmpty) return "without";
  return isExample(value) ? "example" : "entered";
}

function statusOfAll(inputs: readonly ReadInput[]): ReadItem["status"] {
  if (inputs.length === 0) return "by hand";
  const statuses = inputs.map(({ status }) => status);
  if (statuses.includes("example")) return "example";
  return statuses.includes("entered") ? "entered" : "without";
}
