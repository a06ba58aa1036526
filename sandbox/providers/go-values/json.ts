const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON as the Go language writes it: no spaces, sorted keys, `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  return JSON.stringify(sorted(value)).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A JSON text in that form; what is no JSON stays as it is. */
export function normaliseJson(text: string): string {
  const parsed = parseJson(text);
  return parsed === undefined ? text : goJson(parsed.value);
}

/** Undefined when the text is no JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
