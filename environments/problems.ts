import type { Problem } from "@groundwork/user-error";
import type { z } from "zod";

/** A path as the reader of a message writes it: `dev.services.orders.routes[2].path`. */
export function fieldPath(root: string, path: readonly PropertyKey[]): string {
  return path
    .reduce<string>(
      (text, key) =>
        typeof key === "number"
          ? `${text}[${key}]`
          : `${text}${/(^| )$/.test(text) ? "" : "."}${String(key)}`,
      root,
    )
    .trimEnd();
}

/** A value in a message: short, on one line; never the value of an environment variable, which may be a secret. */
export function shown(value: unknown, field = ""): string {
  if (value === undefined) {
    return "nothing";
  }
  if (/\.env\.[^.]+$/.test(field)) {
    return `a ${Array.isArray(value) ? "list" : typeof value} (not shown)`;
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** A value that a schema has looked at: the value as the schema gives it back, or what is wrong with it. */
export interface Checked<T> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

/**
 * Looks at a value with a schema; what is wrong is told in the user's words.
 *
 * @param root what the paths start with: `dev`, or `releases/dev.json `
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, root: string): Checked<T> {
  const result = schema.safeParse(value);
  return result.success
    ? { value: result.data, problems: [] }
    : { problems: result.error.issues.flatMap((issue) => described(issue, schema, value, root)) };
}

function described(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown, root: string): Problem[] {
  const field = fieldPath(root, issue.path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => ({
        field: fieldPath(root, [...issue.path, key]),
        found: "an unknown key",
        expected: known.length > 0 ? `one of ${known.join(", ")}` : "only known keys",
      }));
    }
    case "invalid_key":
      return [
        {
          field,
          found: `the key ${shown(issue.path.at(-1))}`,
          expected: issue.issues[0]?.message ?? issue.message,
        },
      ];
    case "invalid_union": {
      // Where the value has the shape of one alternative, what is wrong inside says more than the list of shapes.
      const closest = closestOf(issue.errors);
      if (closest) {
        return closest.flatMap((one) =>
          described({ ...one, path: [...issue.path, ...one.path] }, schema, value, root),
        );
      }
      break;
    }
  }
  return [{ field, found: shown(valueAt(value, issue.path), field), expected: expectation(issue) }];
}

/** The alternative that the value is meant for: of those whose shape it has, the one that names its kind, then the one with the least wrong. */
function closestOf(
  alternatives: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const strangers = (issues: readonly z.core.$ZodIssue[]) =>
    issues.filter(({ code, path }) => code === "invalid_value" && path.at(-1) === "kind").length;
  return alternatives
    .filter((issues) => issues.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys"))
    .sort((a, b) => strangers(a) - strangers(b) || a.length - b.length)[0];
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_type":
      return issue.message.startsWith("Invalid input")
        ? `${article(issue.expected)} ${issue.expected}`
        : issue.message;
    default:
      return issue.message;
  }
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? "an" : "a";
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

interface Shaped {
  readonly shape?: Record<string, Shaped>;
  readonly valueType?: Shaped;
  readonly element?: Shaped;
  readonly options?: readonly Shaped[];
  unwrap?(): Shaped;
}

/** The keys that the schema has at a path; none where it can't tell. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const at = path.reduce<Shaped | undefined>((one, key) => inside(one, key), schema as unknown as Shaped);
  return Object.keys(objectOf(at)?.shape ?? {});
}

function objectOf(schema: Shaped | undefined): Shaped | undefined {
  if (schema?.shape) {
    return schema;
  }
  return (
    schema?.options?.find((option) => option.shape) ??
    (schema?.unwrap ? objectOf(schema.unwrap()) : undefined)
  );
}

function inside(schema: Shaped | undefined, key: PropertyKey): Shaped | undefined {
  if (typeof key === "number") {
    return schema?.element;
  }
  const options = [...(schema?.options ?? []), ...(schema ? [schema] : [])];
  const holder = options.map(objectOf).find((one) => one?.shape?.[String(key)]);
  return holder?.shape?.[String(key)] ?? schema?.valueType;
}
