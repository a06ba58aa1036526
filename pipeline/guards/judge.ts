import type { Finding } from "@groundwork/policies/finding";
import type { Delivery, EnvironmentRules } from "../../environments/delivery-schema";
import { isFromMain } from "../branch-map/decide";
import { windowAt } from "../windows/windows";
import { type Approval, approvalsFor } from "./approvals";
import type { Evidence } from "./evidence";

/** What is to be applied, and everything that decides whether it may be. */
export interface GuardInput {
  /** `prod`. */
  readonly environment: string;
  readonly rules: EnvironmentRules;
  readonly delivery: Pick<Delivery, "mainBranch" | "approvers">;
  /** Full name, `refs/heads/main`. */
  readonly ref: string;
  /** Whether its commit is on the main branch. */
  readonly isOnMain: boolean;
  /** The moment of the apply. */
  readonly now: Date;
  /** What the rules found in the plans. */
  readonly findings: readonly Finding[];
  readonly counts: {
    /** Objects that change in any way. */
    readonly changes: number;
    /** Deletions and replacements. */
    readonly deletions: number;
  };
  /** `rollback`: traffic goes back to what had it before, and nothing else changes. */
  readonly intent: "change" | "rollback";
  /** Addresses that change although a rollback would not change them. */
  readonly beyondRollback?: readonly string[];
  /** What people said. @default - nobody said anything */
  readonly evidence?: Evidence;
}

/** One thing that stands in the way. */
export interface Reason {
  readonly guard: "ref" | "window" | "deletions" | "approval" | "policy" | "rollback" | "emergency";
  /** What is wrong: a sentence. */
  readonly text: string;
  /** What to do: a sentence. */
  readonly todo: string;
  /** The rule that says so, and where. */
  readonly finding?: Pick<Finding, "rule" | "stack" | "address">;
}

/** Whether it may be applied now. */
export interface Verdict {
  readonly allowed: boolean;
  /** Everything that stands in the way; none when it is allowed. */
  readonly reasons: readonly Reason[];
  /** What would have stood in the way, and who set it aside, for the record. */
  readonly setAside: readonly (Reason & { readonly by: readonly string[]; readonly why: string })[];
  /** Every yes, also those that don't count, for the record. */
  readonly approvals: readonly Approval[];
  /** When the window opens next, where it stands in the way. UTC, ISO 8601. */
  readonly opens?: string;
}

/** Judged here, at the moment of the apply, and not when the plan was made. */
const judgedHere: readonly Finding["rule"][] = ["P11", "P13"];

/** What no emergency sets aside: what was not reviewed, what leaks, what gives everything away, what is for good. */
const beyondEmergency = {
  policy: ["P2", "P8", "P12", "P14", "P16"],
  approval: ["P7", "P9"],
} as const satisfies Partial<Record<Reason["guard"], readonly Finding["rule"][]>>;

/** Emergencies and rollbacks need two people. */
const peopleNeeded = 2;

/**
 * Whether a change may be applied now: the ref, the window, the number of deletions, and everything that the rules
 * found in the plans. Nothing outside of the input decides.
 */
export function judge(input: GuardInput): Verdict {
  const window =
    input.counts.changes === 0 ? { open: true as const } : windowAt(input.rules.windows, input.now);
  const { reasons: unapproved, approvals } = findingReasons(input);
  const all = [
    ...refReasons(input),
    ...windowReasons(window, input.environment),
    ...deletionReasons(input),
    ...unapproved,
  ];
  const release = releaseOf(input);
  const setAside: Verdict["setAside"][number][] = [];
  const reasons: Reason[] = [...release.problems];
  for (const reason of all) {
    if (release.covers(reason)) setAside.push({ ...reason, by: release.people, why: release.why });
    else reasons.push(reason);
  }
  return {
    allowed: reasons.length === 0,
    reasons,
    setAside,
    approvals: [...approvals, ...release.approvals],
    ...(!window.open && window.opens !== undefined && reasons.some(({ guard }) => guard === "window")
      ? { opens: window.opens }
      : {}),
  };
}

/** Whether nothing lets it through: no approval, and no emergency. A plan with such a finding need not be reviewed. */
export function isBeyondHelp({ severity, state, approval, rule }: Finding): boolean {
  const isOpen = severity === "error" && state === "open";
  return isOpen && !approval && (beyondEmergency.policy as readonly string[]).includes(rule);
}

function refReasons({ environment, rules, delivery, ref, isOnMain }: GuardInput): Reason[] {
  const { mainBranch } = delivery;
  if (rules.pack !== "prod" || isFromMain({ ref, isOnMain }, delivery)) return [];
  return [
    {
      guard: "ref",
      text: `${environment} takes only what is on ${mainBranch}, not ${isOnMain ? ref : `a commit of ${ref} that is not on it`}.`,
      todo: `Merge the change to ${mainBranch}; the deployment follows from there.`,
    },
  ];
}

function windowReasons(window: ReturnType<typeof windowAt>, environment: string): Reason[] {
  if (window.open) return [];
  const next = window.opensLocally ? `Run it again from ${window.opensLocally} on` : "Give it a window";
  return window.reasons.map((text) => ({
    guard: "window",
    text: `${environment}: ${text}`,
    todo: `${next}; in an emergency, two people of the on-call teams can let it through.`,
  }));
}

function deletionReasons({ environment, rules, counts }: GuardInput): Reason[] {
  if (counts.deletions <= rules.deletions) return [];
  return [
    {
      guard: "deletions",
      text: `${counts.deletions} deletions and replacements at once in ${environment}, more than ${rules.deletions}.`,
      todo: "Split the change; or raise the limit in environments/delivery.ts, in a change of its own.",
    },
  ];
}

function findingReasons(input: GuardInput): { reasons: Reason[]; approvals: Approval[] } {
  const { findings, delivery, evidence } = input;
  const reasons: Reason[] = [];
  const approvals = new Map<string, Approval[]>();
  for (const finding of findings) {
    if (finding.severity !== "error" || finding.state !== "open" || judgedHere.includes(finding.rule))
      continue;
    const { approval } = finding;
    if (!approval) {
      reasons.push(reasonOf(finding, "policy", finding.todo));
      continue;
    }
    const teams = delivery.approvers[approval.label];
    const said = evidence ? approvalsFor(approval.label, teams, evidence) : [];
    approvals.set(approval.label, said);
    if (countingOf(said).length >= approval.people) continue;
    reasons.push(reasonOf(finding, "approval", whoMustApprove(approval, teams, said)));
  }
  return { reasons, approvals: [...approvals.values()].flat() };
}

function reasonOf(finding: Finding, guard: Reason["guard"], todo: string): Reason {
  const { rule, stack, address, attribute, found } = finding;
  const where = [address ?? stack, attribute].filter((one) => one !== undefined).join(" ");
  return {
    guard,
    text: `${where}: ${found} (${rule}).`,
    todo: `${todo[0]?.toUpperCase()}${todo.slice(1)}${todo.endsWith(".") ? "" : "."}`,
    finding: { rule, stack, ...(address === undefined ? {} : { address }) },
  };
}

function whoMustApprove(
  { label, people }: NonNullable<Finding["approval"]>,
  teams: readonly string[],
  said: readonly Approval[],
): string {
  const who = `somebody of ${teams.join(" or ") || "a team that environments/delivery.ts names"}`;
  const more = people === 2 ? `, and a second one of them must approve the pull request` : "";
  const refused = said.flatMap(({ by, refused: why }) => (why === undefined ? [] : [`${by} ${why}`]));
  const uncounted = refused.length > 0 ? ` Does not count: ${refused.join("; ")}.` : "";
  return `The label ${label} must be set by ${who}, not by the author${more}.${uncounted}`;
}

function countingOf(approvals: readonly Approval[]): Approval[] {
  return approvals.filter(({ refused }) => refused === undefined);
}

/** What sets guards aside: a rollback the window; an emergency all that it may. Both with two people. */
interface Release {
  readonly people: readonly string[];
  readonly why: string;
  readonly approvals: readonly Approval[];
  readonly problems: readonly Reason[];
  covers(reason: Reason): boolean;
}

function releaseOf(input: GuardInput): Release {
  const { intent, evidence, delivery, beyondRollback = [] } = input;
  const asked = evidence?.labels.some(({ label }) => label === "emergency") === true;
  const nothing = { people: [], why: "", approvals: [], problems: [], covers: () => false };
  if (!asked && intent !== "rollback") return nothing;

  const said = evidence ? approvalsFor("emergency", delivery.approvers.emergency, evidence) : [];
  const people = [...new Set(countingOf(said).map(({ by }) => by))];
  const reason = evidence?.emergency?.reason.trim() ?? "";
  const teams = delivery.approvers.emergency.join(" or ");
  if (intent === "rollback" && beyondRollback.length > 0) {
    return {
      ...nothing,
      approvals: said,
      problems: [
        {
          guard: "rollback",
          text: `This is more than a rollback: it changes ${beyondRollback.join(", ")} too.`,
          todo: "Roll back by setting traffic to previousTraffic alone; the rest is a change like any other.",
        },
      ],
    };
  }
  const covers = intent === "rollback" ? ({ guard }: Reason) => guard === "window" : isSetAsideInEmergency;
  if (people.length < peopleNeeded) {
    // A rollback in an open window needs nobody.
    if (!asked) return { ...nothing, approvals: said };
    return {
      ...nothing,
      approvals: said,
      problems: [
        {
          guard: "emergency",
          text: `An emergency needs ${peopleNeeded} people, and has ${people.length === 0 ? "none" : people.join(", ")}.`,
          todo: `One of ${teams} sets the label emergency, a second one approves the pull request; neither is the author.`,
        },
      ],
    };
  }
  if (intent !== "rollback" && reason.length < 10) {
    return {
      ...nothing,
      approvals: said,
      problems: [
        {
          guard: "emergency",
          text: "An emergency without a reason.",
          todo: 'Say why in the pull request, on a line that begins with "Emergency:".',
        },
      ],
    };
  }
  const why = intent === "rollback" ? "rollback" : `emergency: ${reason}`;
  return { people, why, approvals: said, problems: [], covers };
}

function isSetAsideInEmergency({ guard, finding }: Reason): boolean {
  if (guard === "ref") return false;
  if (guard !== "policy" && guard !== "approval") return true;
  return !(beyondEmergency[guard] as readonly string[]).includes(finding?.rule ?? "");
}
