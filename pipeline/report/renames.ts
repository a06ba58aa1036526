import type { Json, PlanJson, ResourceChangeJson } from "../terraform/plan-json";
import { factsOf } from "./resource-types/resource-types";

/** Destroyed and created in one plan, and the same object in the world. */
export interface RenamePair {
  type: string;
  from: string;
  to: string;
}

/**
 * Which deletions and creations of a plan are one object under another name in the code: same type, same provider, same
 * identity. Where a part of the identity is known only after the apply (an account's e-mail address, when the account
 * is renamed too), the rest must fit one object and no other.
 */
export function renamesIn(plan: PlanJson): RenamePair[] {
  const managed = (plan.resource_changes ?? []).filter(
    ({ mode, deposed }) => mode !== "data" && deposed === undefined,
  );
  const deleted = managed.filter(({ change }) => change.actions.join() === "delete");
  const created = managed.filter(({ change }) => change.actions.join() === "create" && !change.importing);
  const certain = pairUp(deleted, created, true);
  const taken = new Set(certain.flat());
  const rest = (side: readonly ResourceChangeJson[]) => side.filter((one) => !taken.has(one));
  return [...certain, ...pairUp(rest(deleted), rest(created), false)]
    .map(([from, to]) => ({ type: to.type, from: from.address, to: to.address }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** What is to be written to the list of moves. */
export interface OfferedMove extends RenamePair {
  /** Name of the only stack where it is so; without it, in several. */
  stack?: string;
}

/**
 * The moves that would keep what several plans destroy and create; one serves all stacks where it is the same.
 *
 * @param pairs by name of the stack
 */
export function offeredMoves(pairs: ReadonlyMap<string, readonly RenamePair[]>): OfferedMove[] {
  const stacksOf = new Map<string, string[]>();
  const offers = [...pairs].flatMap(([stack, own]) =>
    own.map((pair) => {
      const key = `${pair.from} ${pair.to}`;
      const stacks = stacksOf.get(key) ?? [];
      stacksOf.set(key, [...stacks, stack]);
      return { key, stack, pair, isFirst: stacks.length === 0 };
    }),
  );
  return offers
    .filter(({ isFirst }) => isFirst)
    .map(({ key, stack, pair }) => (stacksOf.get(key)?.length === 1 ? { ...pair, stack } : pair));
}

type Pair = [deleted: ResourceChangeJson, created: ResourceChangeJson];

/** Pairs of which neither side could be paired otherwise. */
function pairUp(
  deleted: readonly ResourceChangeJson[],
  created: readonly ResourceChangeJson[],
  onlyCertain: boolean,
): Pair[] {
  const indexes = new Map<string, Map<string, ResourceChangeJson[]>>();
  const found = new Map<ResourceChangeJson, Set<ResourceChangeJson>>();
  const candidates: Pair[] = [];
  for (const one of created) {
    const names = identityOf(one, onlyCertain);
    if (names.length === 0) continue;
    const kind = [one.type, one.provider_name, ...names].join(" ");
    let index = indexes.get(kind);
    if (index === undefined) {
      const same = deleted.filter(
        (other) => other.type === one.type && other.provider_name === one.provider_name,
      );
      index = grouped(same, (other) => keyOf(other.change.before, names));
      indexes.set(kind, index);
    }
    const fits = index.get(keyOf(one.change.after, names)) ?? [];
    if (fits.length === 1 && fits[0]) candidates.push([fits[0], one]);
    for (const fit of fits.slice(0, 2)) found.set(fit, (found.get(fit) ?? new Set()).add(one));
  }
  return candidates.filter(([from]) => found.get(from)?.size === 1);
}

/**
 * Attributes that say which object it is; none where that can't be said.
 *
 * @param onlyCertain none when a part of them is not known yet
 */
function identityOf({ type, change }: ResourceChangeJson, onlyCertain: boolean): string[] {
  const [after, unknown] = [asObject(change.after), asObject(change.after_unknown)];
  const names = factsOf(type)?.identity ?? Object.keys(after).filter((name) => !isEmpty(after[name]));
  const isUnknown = (name: string) => unknown[name] === true;
  if (onlyCertain && names.some(isUnknown)) return [];
  const known = names.filter((name) => !isUnknown(name));
  return known.some((name) => !isEmpty(after[name])) ? known : [];
}

function keyOf(side: Json | undefined, names: readonly string[]): string {
  const object = asObject(side);
  return JSON.stringify(names.map((name) => (isEmpty(object[name]) ? null : object[name])));
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function asObject(value: Json | undefined): { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
