import { isDeepStrictEqual } from "node:util";
import type { Problem } from "@groundwork/user-error";
import type { Environment, EnvironmentIdentity, EnvironmentSettings } from "./environment";
import { shown } from "./problems";

type Key<T> = keyof T & string;
type Deeper<T> = T extends readonly unknown[] | string | number | boolean
  ? never
  : T extends object
    ? PathIn<T>
    : never;

/** Dotted path of a field, at any depth: `"atlas.tier"`, `"services.orders.env.LOG_LEVEL"`. */
export type PathIn<T> = T extends unknown
  ? { [K in Key<T>]-?: K | `${K}.${Deeper<Exclude<T[K], undefined>>}` }[Key<T>]
  : never;

type Field<T, K extends string> = T extends unknown
  ? K extends keyof T
    ? T[K]
    : string extends keyof T
      ? T[string & keyof T]
      : never
  : never;

/** Type of the field at a path; `never` where there is no such field. */
export type ValueAt<T, P extends string> = P extends `${infer K}.${infer Rest}`
  ? ValueAt<Field<T, K>, Rest>
  : Field<T, P>;

/** One field in which an environment differs from another, and why. */
export interface Difference {
  readonly path: string;
  readonly value: unknown;
  /** For whoever reads the differences: a sentence. */
  readonly reason: string;
}

/** An environment as its file writes it; `load.ts` validates it. */
export interface EnvironmentDefinition {
  /** All fields, not yet validated at run time. */
  readonly fields: Environment;
  /** What it differs from, or nothing for the one that is written out in full. */
  readonly base?: EnvironmentDefinition;
  /** In the order in which they are written. Empty for the one that is written out in full. */
  readonly differences: readonly Difference[];
  /** What is wrong with the differences themselves. */
  readonly problems: readonly Problem[];
}

/** An environment written out in full. */
export function environment(fields: Environment): EnvironmentDefinition {
  return { fields, differences: [], problems: [] };
}

/**
 * One field that differs. The path and the value's type are checked by the compiler; `differFrom` checks them again
 * when it runs.
 */
export function difference<const P extends PathIn<EnvironmentSettings>>(
  path: P,
  value: ValueAt<EnvironmentSettings, P>,
  reason: string,
): Difference {
  return { path, value, reason };
}

/**
 * `base` with a name, project and state bucket of its own, and the named differences; nothing else can differ.
 *
 * A difference that names an unknown field, equals what it differs from, has no reason, or stands twice (or beside
 * another one inside or around it) is reported when the environments are loaded.
 */
export function differFrom(
  base: EnvironmentDefinition,
  identity: EnvironmentIdentity,
  differences: readonly Difference[],
): EnvironmentDefinition {
  const fields = copy(base.fields) as Environment;
  Object.assign(fields, identity);
  const problems: Problem[] = [];
  differences.forEach((one, index) => {
    const field = `${identity.name}.${one.path}`;
    const earlier = differences.slice(0, index).find((other) => overlaps(one.path, other.path));
    if (earlier) {
      problems.push({
        field,
        found: `a second difference beside "${earlier.path}"`,
        expected: "each field to differ once",
      });
      return;
    }
    if (!/\S/.test(one.reason ?? "")) {
      problems.push({ field, found: "a difference without a reason", expected: "a sentence that says why" });
    }
    problems.push(...applyTo(fields, base, one, field));
  });
  return { fields, base, differences, problems };
}

function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

function applyTo(fields: object, base: EnvironmentDefinition, one: Difference, field: string): Problem[] {
  const keys = one.path.split(".");
  const last = keys.pop() ?? "";
  let parent: unknown = fields;
  for (const key of keys) {
    parent = isRecord(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
  }
  const baseName = base.fields.name;
  if (!isRecord(parent)) {
    return [{ field, found: `no such field in ${baseName}`, expected: `a field that ${baseName} has` }];
  }
  if (keys.length === 0 && ["name", "project", "stateBucket"].includes(last)) {
    return [
      {
        field,
        found: "a difference",
        expected: "the environment's own name, project and bucket, given apart",
      },
    ];
  }
  if (Object.hasOwn(parent, last) && isDeepStrictEqual(parent[last], one.value)) {
    return [
      {
        field,
        found: shown(one.value, field),
        expected: `a value other than ${baseName}'s, or no difference at all`,
      },
    ];
  }
  // A field that the base lacks is either a new entry (a service that only this environment has) or a mistake: the
  // schema tells which, with the keys that are allowed there.
  parent[last] = copy(one.value);
  return [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A deep copy. What no environment may hold (a function, say) is kept as it is, for the schema to refuse. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copy(one)]))
    : value;
}
