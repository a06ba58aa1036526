import type { Orphan } from "../affected/orphans";
import { digestOfAll } from "../digest/digest";
import { addCounts, countChanges, type ResourceChange } from "../plan/changes";
import type { PlannedStack } from "../plan/plan-stacks";
import { SecretMask } from "../plan/secret-mask";
import type { Stack } from "../synthesis/stack-list";
import type { TargetName } from "../target/target";
import { costsOfAnotherKind } from "./costs";
import { documentChange, readable } from "./documents";
import { maskStack } from "./mask-stack";
import { withoutNoise } from "./noise";
import { offeredMoves, renamesIn } from "./renames";
import type {
  Rename,
  Report,
  ReportedAttribute,
  ReportedChange,
  ReportedRisk,
  ReportedStack,
} from "./report";
import { rank, risksOf } from "./risks";

/** What a report is made of. */
export interface ReportInput {
  target: TargetName;
  planned: readonly PlannedStack[];
  /** The sandbox was filled with what the base makes. @default false */
  rehearsed?: boolean;
  /** What the rules say of it. @default - nothing */
  rules?: readonly ReportedRisk[];
  /** Stacks that the code no longer has. @default - those that the comparison found */
  orphans?: readonly Orphan[];
  /** @default - everything that was named was planned */
  affected?: {
    since: string;
    unaffected: readonly Stack[];
    orphans: readonly Orphan[];
    order: readonly string[];
  };
}

/** Everything that a reviewer may read of these plans. */
export function buildReport(input: ReportInput): Report {
  const { target, planned, rehearsed, rules = [], affected, orphans = affected?.orphans ?? [] } = input;
  const mask = new SecretMask(new Set(planned.flatMap(({ secrets }) => [...secrets])));
  const stacks = [
    ...planned.map((one) => maskStack(reportedStack(one), mask)),
    ...(affected?.unaffected ?? []).map(unaffectedStack),
  ];
  const order = new Map((affected?.order ?? []).map((name, index) => [name, index]));
  const place = ({ name }: ReportedStack) => order.get(name) ?? order.size;
  stacks.sort((a, b) => place(a) - place(b));
  offerMoves(stacks, planned);
  const complete = planned.every(({ result }) => result === "changes" || result === "no changes");
  const digests = planned.flatMap(({ stack, digest }) => (digest ? [[stack.name, digest] as const] : []));
  return {
    version: 1,
    target,
    ...(affected ? { changedSince: affected.since } : {}),
    ...(rehearsed ? { rehearsed } : {}),
    ...(complete ? { digest: digestOfAll(Object.fromEntries(digests)) } : {}),
    stacks,
    orphans: orphans.map(({ stack: { name, environment }, decision, reason }) => ({
      name,
      environment,
      decision,
      ...(reason === undefined ? {} : { reason }),
    })),
    risks: [...rules, ...risksIn(stacks)].sort((a, b) => rank(a) - rank(b)),
    counts: addCounts(stacks.map(({ counts }) => counts)),
  };
}

function reportedStack({ stack, result, changes, digest, diagnostics }: PlannedStack): ReportedStack {
  const { name, environment, project, dependsOn } = stack;
  return {
    name,
    environment,
    stack: stack.stack,
    project,
    dependsOn,
    result,
    ...(digest === undefined ? {} : { digest }),
    counts: countChanges(changes?.resources ?? []),
    changes: (changes?.resources ?? []).map((change, _, all) => {
      const told = reportedChange(change);
      return { ...told, risks: [...told.risks, ...costsOfAnotherKind(change, all)] };
    }),
    outputs: (changes?.outputs ?? []).map(reportedAttribute),
    drifted: (changes?.drifted ?? []).map(reportedChange),
    renames: [],
    diagnostics,
  };
}

function unaffectedStack({ name, environment, stack, project, dependsOn }: Stack): ReportedStack {
  return {
    name,
    environment,
    stack,
    project,
    dependsOn,
    result: "not affected",
    counts: countChanges([]),
    changes: [],
    outputs: [],
    drifted: [],
    renames: [],
    diagnostics: [],
  };
}

function reportedChange(change: ResourceChange): ReportedChange {
  const attributes = withoutNoise(change).map(reportedAttribute);
  return { ...change, attributes, risks: risksOf(change) };
}

function reportedAttribute(attribute: ResourceChange["attributes"][number]): ReportedAttribute {
  const { before, after } = attribute;
  const inside = documentChange(before, after);
  if (!inside) return { ...attribute, before: readable(before), after: readable(after) };
  return { ...attribute, before: inside.before, after: inside.after, document: inside.changes };
}

function offerMoves(stacks: readonly ReportedStack[], planned: readonly PlannedStack[]): void {
  const pairs = new Map(planned.map(({ stack, plan }) => [stack.name, plan ? renamesIn(plan) : []]));
  const commands = new Map(
    offeredMoves(pairs).map(({ stack, from, to }) => [
      `${from} ${to}`,
      ["groundwork move", ...(stack === undefined ? [] : [stack]), from, to].join(" "),
    ]),
  );
  for (const stack of stacks) {
    stack.renames = (pairs.get(stack.name) ?? []).map((pair): Rename => {
      return { ...pair, command: commands.get(`${pair.from} ${pair.to}`) ?? "" };
    });
  }
}

function risksIn(stacks: readonly ReportedStack[]): ReportedRisk[] {
  return stacks.flatMap(({ name, changes }) =>
    changes.flatMap(({ address, risks }) => risks.map((risk) => ({ ...risk, stack: name, address }))),
  );
}
