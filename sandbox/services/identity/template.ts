import type { ObjectValue, Value } from "../../values/value";

/** Fills `{name}` from an object; throws where a part is not known, as an id can't have holes. */
export function expandTemplate(template: string, values: ObjectValue): string {
  return template.replace(/\{([a-z0-9_]+)\}/g, (_, name: string) => {
    const text = templateText(values[name]);
    if (text === undefined) throw new Error(`no value for {${name}} of "${template}"`);
    return text;
  });
}

function templateText(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

/** The names between braces, in order. */
export function templateNames(template: string): string[] {
  return [...template.matchAll(/\{([a-z0-9_]+)\}/g)].map((match) => match[1] ?? "");
}

/**
 * Reads an id by its patterns, the first that fits, as the providers do. A pattern is a regular expression with named
 * groups, or a template whose parts hold no slash.
 */
export function parseId(patterns: readonly string[], id: string): { [name: string]: string } | undefined {
  for (const pattern of patterns) {
    const groups = idExpression(pattern).exec(id)?.groups;
    if (groups !== undefined) return { ...groups };
  }
  return undefined;
}

function idExpression(pattern: string): RegExp {
  if (pattern.startsWith("^")) return new RegExp(pattern);
  const escaped = pattern.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const named = new Set<string>();
  const groups = escaped.replace(/\{(\w+)\}/g, (_, name: string) => {
    // A name may stand twice (`{project} projects/{project}/…`): the first tells it.
    if (named.has(name)) return "[^/]+";
    named.add(name);
    return `(?<${name}>[^/]+)`;
  });
  return new RegExp(`^${groups}$`);
}
