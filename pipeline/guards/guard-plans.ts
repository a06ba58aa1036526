import type { Finding } from "@groundwork/policies/finding";
import { type PlanInput, PlannedEnvironment } from "@groundwork/policies/reading/planned";
import { UserError } from "@groundwork/user-error";
import type { Delivery } from "../../environments/delivery-schema";
import { checkPlanned, type KnownFacts, releaseIntent } from "../check/check-planned";
import { checkSynthesis } from "../check/check-synthesis";
import type { RecordedApproval } from "../history/record";
import type { Stack } from "../synthesis/stack-list";
import type { Evidence } from "./evidence";
import { judge, type Verdict } from "./judge";
import { rollbackOf } from "./rollback";

/** What decides beside the plans. */
export interface FactsToJudge extends KnownFacts {
  /** Every stack that the code has, synthesized. @default - the code itself is not judged */
  readonly code?: readonly Stack[];
  /** When the newest of the plans was made, ISO 8601. @default - it is not known */
  readonly plannedAt?: string;
}

export interface GuardPlansOptions {
  /** The repository. */
  root: string;
  delivery: Delivery;
  environment: string;
  /** Full name, `refs/heads/main`. */
  ref: string;
  isOnMain: boolean;
  /** What people said. @default - nobody said anything */
  evidence?: Evidence;
  /** @default - nothing, and the rules that need it don't judge */
  known?: FactsToJudge;
}

/** Judges the plans that it was made for, as of a moment. */
export type PlanGuard = (now: Date) => Verdict;

/**
 * The rules and the guards over the plans of one environment. The rules read plans, code and dates, of which only the day
 * can become another while an apply goes on (a waiver expires, a version grows old), so they judge once a day; windows and
 * approvals each time.
 *
 * @throws UserError when the environment has no rules in `environments/delivery.ts`
 */
export function guardPlans(plans: readonly PlanInput[], options: GuardPlansOptions): PlanGuard {
  const { root, delivery, environment, ref, isOnMain } = options;
  const evidence = evidenceAbout(options);
  const rules = delivery.environments[environment];
  if (!rules) {
    throw new UserError("The environment has no rules for deliveries.", [
      {
        field: `delivery.environments.${environment}`,
        found: "nothing",
        expected: "its pack, windows and limit, in environments/delivery.ts",
      },
    ]);
  }
  const { changes } = new PlannedEnvironment(environment, rules.pack, plans);
  const rollback = rollbackOf(plans, releaseIntent(root, environment));
  const asked = evidence?.labels.some(({ label }) => label === "rollback") === true;
  const ofDay = new Map<string, readonly Finding[]>();
  return (now) => {
    const day = now.toISOString().slice(0, 10);
    const findings = ofDay.get(day) ?? findingsAt(now, plans, options);
    ofDay.set(day, findings);
    return judge({
      environment,
      rules,
      delivery,
      ref,
      isOnMain,
      now,
      findings,
      counts: { changes: changes.length, deletions: changes.filter((change) => change.deletes).length },
      intent: rollback.isRollback || asked ? "rollback" : "change",
      beyondRollback: rollback.beyond,
      ...(evidence ? { evidence } : {}),
    });
  };
}

/**
 * A tag brings more than the pull request that people said something about: only what was said after all of it was
 * planned is about that.
 */
function evidenceAbout({
  ref,
  evidence,
  known: { plannedAt } = {},
}: GuardPlansOptions): Evidence | undefined {
  if (!evidence || plannedAt === undefined || !ref.startsWith("refs/tags/")) return evidence;
  const later = Date.parse(plannedAt) > Date.parse(evidence.pushedAt) ? plannedAt : evidence.pushedAt;
  return { ...evidence, pushedAt: later };
}

/** Whoever merges past the required checks, or after a waiver has expired, meets the rules over the code here. */
function findingsAt(now: Date, plans: readonly PlanInput[], options: GuardPlansOptions): Finding[] {
  const { root, delivery, environment, known: { code = [], ...known } = {} } = options;
  const planned = checkPlanned(plans, { root, delivery, now, known: () => known }).findings;
  if (plans.length === 0) return [...planned];
  const { findings } = checkSynthesis(code, delivery, now);
  return [...planned, ...findings.filter((finding) => finding.environment === environment)];
}

/** Who let a change through, as its record has it. */
export function recordOf({ approvals, setAside }: Verdict): {
  approvals: RecordedApproval[];
  override?: string;
} {
  const why = setAside[0]?.why;
  return {
    approvals: approvals
      .filter(({ refused }) => refused === undefined)
      .map(({ label, by, at, through }) => ({
        by,
        at,
        how: through === "label" ? `label ${label}` : `review beside label ${label}`,
      })),
    ...(why === undefined ? {} : { override: why }),
  };
}
