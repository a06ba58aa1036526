import type { AttributeChange, ShownValue } from "../plan/attribute-changes";
import type { SecretMask } from "../plan/secret-mask";
import type { Json } from "../terraform/plan-json";
import type { ReportedAttribute, ReportedChange, ReportedStack } from "./report";

/**
 * A stack's part of the report with every secret replaced, wherever else it stands: in an attribute that nobody marked,
 * in a document, in Terraform's own words.
 */
export function maskStack(stack: ReportedStack, mask: SecretMask): ReportedStack {
  return {
    ...stack,
    changes: stack.changes.map((change) => maskChange(change, mask)),
    outputs: stack.outputs.map((output) => maskAttribute(output, mask)),
    drifted: stack.drifted.map((change) => maskChange(change, mask)),
    diagnostics: stack.diagnostics.map((one) => masked(one, mask)),
  };
}

function maskChange(change: ReportedChange, mask: SecretMask): ReportedChange {
  const { importedBy } = change;
  return {
    ...change,
    ...(importedBy === undefined ? {} : { importedBy: mask.apply(importedBy) }),
    attributes: change.attributes.map((attribute) => maskAttribute(attribute, mask)),
  };
}

function maskAttribute(attribute: ReportedAttribute, mask: SecretMask): ReportedAttribute {
  const { document } = attribute;
  return {
    ...maskLeaf(attribute, mask),
    ...(document === undefined ? {} : { document: document.map((leaf) => maskLeaf(leaf, mask)) }),
  };
}

function maskLeaf(leaf: AttributeChange, mask: SecretMask): AttributeChange {
  return {
    ...leaf,
    path: mask.apply(leaf.path),
    before: maskValue(leaf.before, mask),
    after: maskValue(leaf.after, mask),
  };
}

function maskValue(shown: ShownValue, mask: SecretMask): ShownValue {
  return shown.is === "value" ? { is: "value", value: masked(shown.value, mask) } : shown;
}

/** Anything made of JSON with every secret in it replaced, names of fields too. */
export function masked<T>(value: T, mask: SecretMask): T {
  return maskJson(value as Json, mask) as T;
}

function maskJson(value: Json, mask: SecretMask): Json {
  if (typeof value === "string") return mask.apply(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => maskJson(item, mask));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [mask.apply(key), maskJson(item, mask)]),
  );
}
