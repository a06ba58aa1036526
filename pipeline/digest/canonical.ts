import type { Json } from "../terraform/plan-json";

/**
 * One text for one value: keys sorted, and null left out of objects, where Terraform writes it or not as it pleases.
 * The order of a list is kept: Terraform itself writes sets in one order.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const inner = value[key];
    if (inner !== null && inner !== undefined) parts.push(`${quoted(key)}:${canonical(inner)}`);
  }
  return `{${parts.join(",")}}`;
}

/** The same few names stand in thousands of resources. */
const names = new Map<string, string>();
const mostNames = 10_000;

function quoted(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (names.size < mostNames) names.set(name, text);
  return text;
}
