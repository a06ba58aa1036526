import { type AttributeChange, attributeChanges, type ShownValue } from "../plan/attribute-changes";
import type { Json } from "../terraform/plan-json";
import { lineChanges } from "./line-changes";

/** What changes inside a document that stands in an attribute as text. */
export interface DocumentChange {
  /** The sides as they are to be read: base64 is decoded. */
  before: ShownValue;
  after: ShownValue;
  /** Leaf by leaf for JSON (OpenAPI documents, policies, dashboards), line by line for other text of several lines. */
  changes: AttributeChange[];
}

/** Looks into texts that are documents on both sides; undefined when they are none. */
export function documentChange(before: ShownValue, after: ShownValue): DocumentChange | undefined {
  if (before.is !== "value" || after.is !== "value") return undefined;
  if (typeof before.value !== "string" || typeof after.value !== "string") return undefined;
  for (const read of [(text: string) => text, decoded]) {
    const [one, other] = [read(before.value), read(after.value)];
    if (one === undefined || other === undefined) continue;
    const sides = {
      before: { is: "value" as const, value: one },
      after: { is: "value" as const, value: other },
    };
    const [left, right] = [parsed(one), parsed(other)];
    if (left !== undefined && right !== undefined) return { ...sides, changes: leaves(left, right) };
    if (one.includes("\n") && other.includes("\n")) return { ...sides, changes: lineChanges(one, other) };
  }
  return undefined;
}

/** A document that is shown alone: decoded when it is base64. */
export function readable(shown: ShownValue): ShownValue {
  if (shown.is !== "value" || typeof shown.value !== "string" || parsed(shown.value) !== undefined)
    return shown;
  const text = decoded(shown.value);
  return text !== undefined && parsed(text) !== undefined ? { is: "value", value: text } : shown;
}

/** A list at the top has no name of its own. */
const top = "$";
const topPath = `["${top}"]`;

function leaves(before: Json, after: Json): AttributeChange[] {
  const wrap = (value: Json): Json => (Array.isArray(value) ? { [top]: value } : value);
  return attributeChanges({ actions: ["update"], before: wrap(before), after: wrap(after) }).map(
    (change) => ({
      ...change,
      path: change.path.startsWith(topPath) ? change.path.slice(topPath.length) || "the list" : change.path,
    }),
  );
}

function parsed(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Shorter texts look like base64 by chance. */
const shortestEncoded = 24;

function decoded(text: string): string | undefined {
  if (text.length < shortestEncoded || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return undefined;
  const bytes = Buffer.from(text, "base64");
  const plain = bytes.toString("utf8");
  return Buffer.from(plain, "utf8").equals(bytes) ? plain : undefined;
}
