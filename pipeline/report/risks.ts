import type { AttributeChange, ShownValue } from "../plan/attribute-changes";
import type { ResourceChange } from "../plan/changes";
import { costsOf } from "./costs";
import { type Risk, riskKinds } from "./report";
import type { AttributeRisk, Consequence, Movement } from "./resource-types/resource-type";
import { factsOf } from "./resource-types/resource-types";

/** What a change means for whoever depends on the thing, the worst first. */
export function risksOf(change: ResourceChange): Risk[] {
  const found = [...risksOfAction(change), ...risksOfAttributes(change), ...costsOf(change)];
  return found.sort((a, b) => rank(a) - rank(b));
}

export function rank({ kind }: Risk): number {
  return riskKinds.indexOf(kind);
}

function risksOfAction({ kind, type, createsFirst }: ResourceChange): Risk[] {
  const facts = factsOf(type);
  const noun = facts?.noun ?? `the ${type}`;
  switch (kind) {
    case "delete":
      return [risk(`deletes ${noun}`, facts?.deletion, "deletion")];
    case "forget":
      return [{ kind: "deletion", text: `lets go of ${noun}: it stays, and nobody manages it` }];
    case "create":
      return facts?.creation ? [risk(`creates ${noun}`, facts.creation, "irreversible")] : [];
    case "replace": {
      const meaning = facts?.replacement ?? facts?.deletion;
      if (createsFirst && meaning?.kind !== "data loss" && meaning?.kind !== "irreversible") {
        const text = `replaces ${noun}: the new one is there before the old one goes`;
        return [{ kind: "replacement", text }];
      }
      return [risk(`replaces ${noun}`, meaning, "replacement")];
    }
    default:
      return [];
  }
}

function risk(what: string, meaning: Consequence | undefined, otherwise: Risk["kind"]): Risk {
  return meaning ? { kind: meaning.kind, text: `${what}: ${meaning.text}` } : { kind: otherwise, text: what };
}

function risksOfAttributes({ kind, type, attributes }: ResourceChange): Risk[] {
  if (kind !== "update") return [];
  return (factsOf(type)?.attributes ?? []).flatMap((known) => {
    const hit = attributes.find((attribute) => applies(known, attribute));
    return hit ? [{ kind: known.kind, text: `${known.path} ${known.when}: ${known.text}` }] : [];
  });
}

function applies({ path, when }: AttributeRisk, change: AttributeChange): boolean {
  const plain = change.path.replace(/\[\d+\]/g, "");
  if (when === "is removed") return isWithin(plain, path) && goes(change);
  if (when === "changes") return isWithin(plain, path);
  return plain === path && moves(when, change.before, change.after);
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function goes({ before, after }: AttributeChange): boolean {
  return before.is !== "absent" && after.is === "absent";
}

function moves(
  when: Exclude<Movement, "changes" | "is removed">,
  before: ShownValue,
  after: ShownValue,
): boolean {
  switch (when) {
    case "is turned on":
      return isOn(after) && !isOn(before);
    case "is turned off":
      return isOn(before) && !isOn(after) && after.is !== "unknown";
    case "is lowered":
      return (numberIn(after) ?? Number.NaN) < (numberIn(before) ?? Number.NaN);
    case "is raised":
      return (numberIn(after) ?? Number.NaN) > (numberIn(before) ?? Number.NaN);
  }
}

function isOn(shown: ShownValue): boolean {
  return shown.is === "value" && (shown.value === true || shown.value === "true");
}

/** `20` of `20`, `"M20"`, `"POSTGRES_20"`; `8` of `"8.0"`. */
function numberIn(shown: ShownValue): number | undefined {
  if (shown.is !== "value") return undefined;
  const digits = /-?\d+(\.\d+)?/.exec(String(shown.value))?.[0];
  return digits === undefined ? undefined : Number(digits);
}
