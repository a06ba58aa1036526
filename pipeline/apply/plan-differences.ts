import type { AttributeChange, ShownValue } from "../plan/attribute-changes";
import { planChanges, type ResourceChange } from "../plan/changes";
import { valueText } from "../report/value-text";
import type { PlanJson } from "../terraform/plan-json";

/** One attribute that two plans treat differently. Sensitive values are not in it. */
export interface AttributeDifference {
  path: string;
  /** What the reviewed plan does to it: `"M10" → "M20"`; undefined: nothing. */
  reviewed?: string;
  /** What the plan of now does to it. */
  now?: string;
}

/** One object that two plans treat differently. */
export interface PlanDifference {
  address: string;
  /** What the reviewed plan does to it; undefined: nothing. */
  reviewed?: ResourceChange["kind"];
  /** What the plan of now does to it; undefined: nothing. */
  now?: ResourceChange["kind"];
  /** Where both do the same: the attributes that differ. Empty when only what can't be shown differs. */
  attributes: AttributeDifference[];
}

/** In what a plan differs from the one that was reviewed, by address. */
export function planDifferences(reviewed: PlanJson, now: PlanJson): PlanDifference[] {
  const [before, after] = [reviewed, now].map((plan) => {
    const { resources, outputs } = planChanges(plan);
    const changes = resources.map((change): [string, ResourceChange] => [change.address, change]);
    const told = outputs.map((output): [string, ResourceChange] => [
      `output ${output.path}`,
      { address: `output ${output.path}`, type: "output", kind: "update", attributes: [output] },
    ]);
    return new Map([...changes, ...told]);
  }) as [Map<string, ResourceChange>, Map<string, ResourceChange>];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((address): PlanDifference[] => {
    const [was, is] = [before.get(address), after.get(address)];
    if (!was || !is || was.kind !== is.kind) {
      return [
        {
          address,
          ...(was ? { reviewed: was.kind } : {}),
          ...(is ? { now: is.kind } : {}),
          attributes: [],
        },
      ];
    }
    const attributes = attributeDifferences(was.attributes, is.attributes);
    return attributes.length === 0 ? [] : [{ address, reviewed: was.kind, now: is.kind, attributes }];
  });
}

/** Lines for people, the worst news of each object in its first line. */
export function differenceLines(differences: readonly PlanDifference[]): string[] {
  return differences.flatMap(({ address, reviewed, now, attributes }) => {
    if (now === undefined) return [`${address}: reviewed ${phrase(reviewed)}, now nothing is to be done`];
    if (reviewed === undefined) return [`${address}: now ${phrase(now)}, which was not reviewed`];
    if (reviewed !== now) return [`${address}: reviewed ${phrase(reviewed)}, now ${phrase(now)}`];
    return [
      `${address}: ${phrase(now)}, but not as reviewed`,
      ...attributes.map(
        (one) => `  ${one.path}: reviewed ${one.reviewed ?? "no change"}, now ${one.now ?? "no change"}`,
      ),
    ];
  });
}

const phrases = {
  delete: "deleted",
  replace: "replaced",
  forget: "no longer managed",
  update: "changed",
  create: "added",
  import: "imported",
  move: "moved",
} as const;

function phrase(kind: ResourceChange["kind"] | undefined): string {
  return kind === undefined ? "nothing" : `to be ${phrases[kind]}`;
}

function attributeDifferences(
  reviewed: readonly AttributeChange[],
  now: readonly AttributeChange[],
): AttributeDifference[] {
  const [before, after] = [reviewed, now].map((side) => new Map(side.map((one) => [one.path, one]))) as [
    Map<string, AttributeChange>,
    Map<string, AttributeChange>,
  ];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was && is && same(was.before, is.before) && same(was.after, is.after)) return [];
    return [{ path, ...(was ? { reviewed: text(was) } : {}), ...(is ? { now: text(is) } : {}) }];
  });
}

function same(a: ShownValue, b: ShownValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function text({ before, after }: AttributeChange): string {
  return `${valueText(before)} → ${valueText(after)}`;
}
