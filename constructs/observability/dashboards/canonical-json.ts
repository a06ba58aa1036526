/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text of a dashboard: keys sorted, no spaces, and nothing that says the default. Google's API answers without
 * zeros, empty texts, `false` and empty lists; the provider forgives what the answer has in addition, never what it
 * lacks. A dashboard with `xPos: 0` would be planned as changed for ever.
 */
export function canonicalJson(value: Json): string {
  return JSON.stringify(canonical(value) ?? {});
}

function canonical(value: Json): Json | undefined {
  if (value === null || value === 0 || value === "" || value === false) return undefined;
  if (Array.isArray(value)) {
    // An element can't be left out: its position says which one it is.
    return value.length === 0 ? undefined : value.map((item: Json) => canonical(item) ?? {});
  }
  if (typeof value !== "object") return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, canonical(inner)] as const)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}
