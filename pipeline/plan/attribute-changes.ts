import type { ChangeJson, Json } from "../terraform/plan-json";

/** A value in a plan, as far as it may be shown. */
export type ShownValue =
  | { is: "value"; value: Json }
  /** Never shown, not even its length. */
  | { is: "sensitive" }
  /** Known after the apply. */
  | { is: "unknown" }
  /** Not there, or null. */
  | { is: "absent" };

/** One attribute that changes. */
export interface AttributeChange {
  /** `replication_specs[0].region_configs[0].electable_specs.instance_size`. */
  path: string;
  before: ShownValue;
  after: ShownValue;
  /** The change of this attribute makes a replacement necessary. */
  forcesReplacement: boolean;
}

/** The attributes that a change touches, leaf by leaf. */
export function attributeChanges(change: ChangeJson): AttributeChange[] {
  const forcing = (change.replace_paths ?? []).map((steps) => steps.map(String));
  const found: AttributeChange[] = [];
  compare(
    {
      before: change.before ?? null,
      after: change.after ?? null,
      unknown: change.after_unknown ?? false,
      beforeSensitive: change.before_sensitive ?? false,
      afterSensitive: change.after_sensitive ?? false,
    },
    [],
    (steps, before, after) => {
      const forcesReplacement = forcing.some((path) => startsWith(path, steps) || startsWith(steps, path));
      found.push({ path: pathText(steps), before, after, forcesReplacement });
    },
  );
  return found;
}

/** The same place in all five parallel trees of a change. */
interface Place {
  before: Json;
  after: Json;
  unknown: Json;
  beforeSensitive: Json;
  afterSensitive: Json;
}

type Tell = (steps: string[], before: ShownValue, after: ShownValue) => void;

function compare(place: Place, steps: string[], tell: Tell): void {
  const { before, after, unknown, beforeSensitive, afterSensitive } = place;
  if (unknown === true) {
    tell(
      steps,
      shown(before, beforeSensitive),
      afterSensitive === true ? { is: "sensitive" } : { is: "unknown" },
    );
    return;
  }
  const sensitive = beforeSensitive === true || afterSensitive === true;
  const sides = [before, after, isCollection(unknown) ? unknown : null].filter((side) => side !== null);
  if (!sensitive && sides.length > 0 && sides.every(isObject)) compareObjects(place, steps, tell);
  else if (!sensitive && sides.length > 0 && sides.every(isList)) compareLists(place, steps, tell);
  else if (!same(before, after)) {
    tell(steps, shown(before, beforeSensitive), shown(after, afterSensitive));
  }
}

function compareObjects(place: Place, steps: string[], tell: Tell): void {
  const keys = new Set(
    [place.before, place.after, place.unknown].flatMap((side) => (isObject(side) ? Object.keys(side) : [])),
  );
  for (const key of [...keys].sort()) compare(step(place, key), [...steps, key], tell);
}

function compareLists(place: Place, steps: string[], tell: Tell): void {
  const before = isList(place.before) ? place.before : [];
  const after = isList(place.after) ? place.after : [];
  const marked =
    holdsTrue(place.unknown) || holdsTrue(place.beforeSensitive) || holdsTrue(place.afterSensitive);
  if (!marked && [...before, ...after].every((item) => !isObject(item) && !isList(item))) {
    if (!same(before, after)) tell(steps, shown(place.before, false), shown(place.after, false));
    return;
  }
  // Sets come as lists in any order: what is on both sides is no change, wherever it stands.
  const matched = marked ? new Set<number>() : equalElsewhere(before, after);
  const length = Math.max(before.length, after.length, isList(place.unknown) ? place.unknown.length : 0);
  for (let i = 0; i < length; i++) {
    if (!matched.has(i)) compareElement(place, i, steps, tell);
  }
}

/** An element that comes or goes is a change even when it holds nothing: an empty block means something. */
function compareElement(list: Place, index: number, steps: string[], tell: Tell): void {
  const place = step(list, index);
  const path = [...steps, String(index)];
  let told = false;
  compare(place, path, (...change) => {
    told = true;
    tell(...change);
  });
  const there = [list.before, list.after].map((side) => isList(side) && index < side.length);
  if (told || there[0] === there[1]) return;
  const [before, after] = there.map((is) =>
    is ? { is: "value" as const, value: {} } : { is: "absent" as const },
  );
  if (before && after) tell(path, before, after);
}

/** Positions whose elements appear on both sides the same number of times, when the sides are permutations. */
function equalElsewhere(before: readonly Json[], after: readonly Json[]): Set<number> {
  const canonical = (side: readonly Json[]) => side.map(canonicalText).sort().join("\0");
  return before.length === after.length && canonical(before) === canonical(after)
    ? new Set(before.keys())
    : new Set();
}

function step(place: Place, key: string | number): Place {
  const inside = (side: Json, otherwise: Json): Json => {
    if (side === true) return true;
    if (isList(side) && typeof key === "number") return side[key] ?? otherwise;
    if (isObject(side) && typeof key === "string")
      return Object.hasOwn(side, key) ? (side[key] ?? otherwise) : otherwise;
    return otherwise;
  };
  return {
    before: inside(place.before === true ? null : place.before, null),
    after: inside(place.after === true ? null : place.after, null),
    unknown: inside(place.unknown, false),
    beforeSensitive: inside(place.beforeSensitive, false),
    afterSensitive: inside(place.afterSensitive, false),
  };
}

function shown(value: Json, sensitive: Json): ShownValue {
  if (value === null) return { is: "absent" };
  return holdsTrue(sensitive) ? { is: "sensitive" } : { is: "value", value };
}

function holdsTrue(marks: Json): boolean {
  if (marks === true) return true;
  if (isList(marks)) return marks.some(holdsTrue);
  return isObject(marks) && Object.values(marks).some(holdsTrue);
}

function same(a: Json, b: Json): boolean {
  if (!isCollection(a) || !isCollection(b)) return a === b;
  return canonicalText(a) === canonicalText(b);
}

function canonicalText(value: Json): string {
  return JSON.stringify(value, (_key, part: Json) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function isCollection(value: Json): boolean {
  return isObject(value) || isList(value);
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is Json[] {
  return Array.isArray(value);
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((part, i) => part === path[i]);
}

function pathText(steps: readonly string[]): string {
  return steps
    .map((part, i) => {
      if (/^\d+$/.test(part)) return `[${part}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(part)) return `[${JSON.stringify(part)}]`;
      return i === 0 ? part : `.${part}`;
    })
    .join("");
}
