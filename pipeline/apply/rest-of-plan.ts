import { canonical } from "../digest/canonical";
import { withoutStamps } from "../digest/stamps";
import type { Action, ChangeJson, Json, PlanJson, ResourceChangeJson } from "../terraform/plan-json";

/**
 * Whether a plan does nothing but what is left of a reviewed one: for the run that goes on where one was killed or
 * failed. Each of its changes must be in the reviewed plan and lead to the same end; what the reviewed plan could not
 * know yet may be known now.
 *
 * Apart from that only the traces of the run that broke off itself are allowed: an object whose creation failed
 * half-way is made anew, and of a replacement one half may be left.
 *
 * @param reviewed the plan that was approved, from before the run that broke off
 * @param now a plan made after it
 */
export function isRestOf(reviewed: PlanJson, now: PlanJson): boolean {
  const approved = new Map(counted(reviewed).map((one) => [keyOf(one), one]));
  const outputs = reviewed.output_changes ?? {};
  return (
    counted(now).every((one) => {
      const same = approved.get(keyOf(one));
      if (same) return isRest(same, one);
      const replaced = approved.get(one.address);
      return one.deposed !== undefined && replaced !== undefined && isOldHalf(replaced, one);
    }) &&
    Object.entries(now.output_changes ?? {})
      .filter(([, change]) => acts(change))
      .every(([name, change]) => {
        const same = outputs[name];
        return same !== undefined && acts(same) && leadsTo(same, change);
      })
  );
}

function counted({ resource_changes: changes = [] }: PlanJson): ResourceChangeJson[] {
  return changes.filter(
    ({ mode, change, address, previous_address: from }) =>
      mode === "managed" && (acts(change) || change.importing || (from !== undefined && from !== address)),
  );
}

function acts({ actions }: ChangeJson): boolean {
  return actions.some((action) => action !== "no-op" && action !== "read");
}

function keyOf({ address, deposed }: ResourceChangeJson): string {
  return deposed === undefined ? address : `${address} ${deposed}`;
}

function isRest(reviewed: ResourceChangeJson, now: ResourceChangeJson): boolean {
  const [was, is] = [withoutStamps(reviewed.change), withoutStamps(now.change)];
  const [whole, rest] = [was.actions.join(), is.actions.join()];
  if (!leadsTo(was, is)) return false;
  if (whole === rest) return rest === "create" || startsBetween(was, is) || isOwnWreck(now);
  // The old object is gone already.
  if (isReplacement(was.actions) && rest === "create") return true;
  // Its creation began, and failed half-way.
  return (whole === "create" || isReplacement(was.actions)) && isReplacement(is.actions) && isOwnWreck(now);
}

/** The new object is there; the old one is still to be deleted. */
function isOldHalf(reviewed: ResourceChangeJson, now: ResourceChangeJson): boolean {
  const { actions, before } = withoutStamps(reviewed.change);
  const old = withoutStamps(now.change);
  return actions.join() === "create,delete" && old.actions.join() === "delete" && same(before, old.before);
}

function isOwnWreck({ action_reason: reason }: ResourceChangeJson): boolean {
  return reason === "replace_because_tainted";
}

function isReplacement(actions: readonly Action[]): boolean {
  return actions.includes("create") && actions.includes("delete");
}

/** The new plan ends where the reviewed one did, as far as that was known. */
function leadsTo(reviewed: ChangeJson, now: ChangeJson): boolean {
  return agrees(
    reviewed.after ?? null,
    reviewed.after_unknown ?? false,
    now.after ?? null,
    now.after_unknown ?? false,
  );
}

/** Every attribute is as it was before the reviewed change or as that wanted it: nobody else was there. */
function startsBetween(reviewed: ChangeJson, now: ChangeJson): boolean {
  const [before, after, found] = [reviewed.before, reviewed.after, now.before].map(asObject);
  const unknown = asObject(reviewed.after_unknown);
  return [...new Set([before, after, found].flatMap((side) => Object.keys(side ?? {})))].every((name) => {
    const value = found?.[name];
    return (
      same(value, before?.[name]) ||
      agrees(after?.[name] ?? null, unknown?.[name] ?? false, value ?? null, false)
    );
  });
}

function agrees(wanted: Json, wantedUnknown: Json, value: Json, unknown: Json): boolean {
  if (wantedUnknown === true) return true;
  if (unknown === true) return false;
  if (Array.isArray(wanted) || Array.isArray(value)) {
    if (!Array.isArray(wanted) || !Array.isArray(value) || wanted.length !== value.length) return false;
    return wanted.every((part, index) =>
      agrees(part, inside(wantedUnknown, index), value[index] ?? null, inside(unknown, index)),
    );
  }
  if (!isObject(wanted) && !isObject(value)) return same(wanted, value);
  // Terraform leaves an object out where all that it would hold is unknown; marks stand in for it then.
  if (!isObject(wanted) && !isObject(wantedUnknown)) return false;
  const sides = [wanted, wantedUnknown, value, unknown].map(asObject);
  return [...new Set(sides.flatMap((side) => Object.keys(side ?? {})))].every((key) =>
    agrees(
      asObject(wanted)?.[key] ?? null,
      inside(wantedUnknown, key),
      asObject(value)?.[key] ?? null,
      inside(unknown, key),
    ),
  );
}

function inside(marks: Json, key: string | number): Json {
  if (Array.isArray(marks)) return typeof key === "number" ? (marks[key] ?? false) : false;
  return asObject(marks)?.[key] ?? false;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return canonical(a ?? null) === canonical(b ?? null);
}

function asObject(value: Json | undefined): { [key: string]: Json } | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
