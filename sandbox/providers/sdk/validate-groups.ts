import { hasUnknown, isUnknown, type Value } from "../../values/value";
import type { SdkAttribute } from "./sdk-schema";

interface Problem {
  summary: string;
  detail: string;
}

/**
 * Judges the rules between attributes, in the SDK's order: exactly one of, at least one of, required with, conflicts
 * with. The last two only matter for an attribute that is set.
 *
 * @param lookup the configured value at a flat path; undefined when nothing is set there
 */
export function groupProblem(
  attribute: SdkAttribute,
  key: string,
  set: boolean,
  lookup: (key: string) => Value | undefined,
): Problem | undefined {
  const { exactlyOneOf, atLeastOneOf, requiredWith, conflictsWith } = attribute.facts;
  const own =
    (exactlyOneOf && exactlyOne(key, members(exactlyOneOf, key), lookup)) ||
    (atLeastOneOf && atLeastOne(key, members(atLeastOneOf, key), lookup));
  if (own || !set || (!attribute.required && !attribute.optional)) return own || undefined;
  return (
    (requiredWith && allTogether(key, members(requiredWith, key), lookup)) ||
    (conflictsWith && conflicting(key, conflictsWith, lookup)) ||
    undefined
  );
}

function members(listed: string[], key: string): string[] {
  return [...new Set([...listed, key])].sort();
}

type Lookup = (key: string) => Value | undefined;

function exactlyOne(key: string, group: string[], lookup: Lookup): Problem | undefined {
  const set: string[] = [];
  let unknown = false;
  for (const member of group) {
    const value = lookup(member);
    if (value === undefined) continue;
    if (hasUnknown(value)) unknown = true;
    else set.push(member);
  }
  const summary = "Invalid combination of arguments";
  const listed = group.join(",");
  if (set.length === 0 && !unknown)
    return { summary, detail: `"${key}": one of \`${listed}\` must be specified` };
  if (set.length < 2) return undefined;
  const detail = `"${key}": only one of \`${listed}\` can be specified, but \`${set.join(",")}\` were specified.`;
  return { summary, detail };
}

function atLeastOne(key: string, group: string[], lookup: Lookup): Problem | undefined {
  if (group.some((member) => lookup(member) !== undefined)) return undefined;
  return {
    summary: "Missing required argument",
    detail: `"${key}": one of \`${group.join(",")}\` must be specified`,
  };
}

function allTogether(key: string, group: string[], lookup: Lookup): Problem | undefined {
  if (group.every((member) => lookup(member) !== undefined)) return undefined;
  return {
    summary: "Missing required argument",
    detail: `"${key}": all of \`${group.join(",")}\` must be specified`,
  };
}

function conflicting(key: string, others: string[], lookup: Lookup): Problem | undefined {
  if (isUnknown(lookup(key))) return undefined;
  for (const other of others) {
    const value = other === key ? undefined : lookup(other);
    if (value === undefined || isUnknown(value)) continue;
    return { summary: "Conflicting configuration arguments", detail: `"${key}": conflicts with ${other}` };
  }
  return undefined;
}
