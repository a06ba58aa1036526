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
}

export interface GuardPlansOptions {
  /** The repository. */
  root: string;
  delivery: Delivery;
  environment: string;
  /** Full name, `refs/heads/main`. */
  ref: string;
  isOnMain: boolean;
  now: Date;
  /** What people said. @default - nobody said anything */
  evidence?: Evidence;
  /** @default - nothing, and the rules that need it don't judge */
  known?: FactsToJudge;
}

/** A verdict over plans, and what the rules found in them. */
export interface GuardedPlans {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * Lets the rules and the guards judge the plans of one environment.
 *
 * @throws UserError when the environment has no rules in `environments/delivery.ts`
 */
export function guardPlans(plans: readonly PlanInput[], options: GuardPlansOptions): GuardedPlans {
  const {
    root,
    delivery,
    environment,
    ref,
    isOnMain,
    now,
    evidence,
    known: { code = [], ...known } = {},
  } = options;
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
  // Whoever merges past the required checks, or after a waiver has expired, meets them here.
  const findings = [
    ...checkPlanned(plans, { root, delivery, now, known: () => known }).findings,
    ...(plans.length === 0 ? [] : checkSynthesis(code, delivery, now).findings).filter(
      (finding) => finding.environment === environment,
    ),
  ];
  const { changes } = new PlannedEnvironment(environment, rules.pack, plans);
  const rollback = rollbackOf(plans, releaseIntent(root, environment));
  const asked = evidence?.labels.some(({ label }) => label === "rollback") === true;
  const verdict = judge({
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
  return { verdict, findings };
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
