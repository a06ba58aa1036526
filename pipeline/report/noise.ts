import type { AttributeChange, ShownValue } from "../plan/attribute-changes";
import type { ResourceChange } from "../plan/changes";

/**
 * The attributes that say something. Providers on the old SDK can't tell "not set" from an empty text or 0, and plan the
 * one in the place of the other; Terraform's own text leaves that out, and so do we.
 */
export function withoutNoise({ kind, attributes }: ResourceChange): AttributeChange[] {
  if (kind !== "update" && kind !== "replace") return attributes;
  const telling = attributes.filter((one) => one.forcesReplacement || !isNoise(one));
  // An update must show what it is for.
  return telling.length > 0 ? telling : attributes;
}

function isNoise({ before, after }: AttributeChange): boolean {
  return (before.is === "absent" && isZero(after)) || (isZero(before) && after.is === "absent");
}

function isZero(shown: ShownValue): boolean {
  return shown.is === "value" && (shown.value === "" || shown.value === 0);
}
