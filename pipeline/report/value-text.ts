import type { ShownValue } from "../plan/attribute-changes";
import type { Json } from "../terraform/plan-json";

/** Longer values are cut; the plan's JSON has them in full. */
const longest = 80;
/** What is kept before the first difference of two long texts. */
const lead = 16;

/** `"M10" → "M20"`. Never shows a sensitive value. */
export function changeText(before: ShownValue, after: ShownValue): string {
  const from = before.is === "value" && after.is === "value" ? firstDifference(before.value, after.value) : 0;
  return `${valueText(before, from)} → ${valueText(after, from)}`;
}

/** @param from number of characters to leave out at the start */
export function valueText(shown: ShownValue, from = 0): string {
  if (shown.is === "sensitive") return "(sensitive)";
  if (shown.is === "unknown") return "(known after apply)";
  if (shown.is === "absent") return "none";
  const text = JSON.stringify(shown.value);
  const start = from > 0 ? "…" : "";
  const rest = text.slice(from);
  return `${start}${rest.length > longest ? `${rest.slice(0, longest)}…` : rest}`;
}

function firstDifference(before: Json, after: Json): number {
  const [a, b] = [JSON.stringify(before), JSON.stringify(after)];
  if (a.length <= longest && b.length <= longest) return 0;
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return Math.max(0, same - lead);
}
