import type { PackName, PlanRuleId, RuleId, SynthRuleId } from "./packs";
import type { PlannedEnvironment } from "./reading/planned";
import type { SynthesizedEnvironment } from "./reading/synthesized";
import type { Settings } from "./settings-type";

/**
 * Labels with which people of an allowed team approve what needs a second look. The order is the one in which they are
 * told.
 */
export const approvalLabels = [
  "approve:destroy",
  "approve:irreversible",
  "approve:unprotect",
  "approve:retention",
  "approve:iam",
  "approve:tier",
] as const;
export type ApprovalLabel = (typeof approvalLabels)[number];

/** What would settle a violation without changing the code. */
export interface ApprovalNeeded {
  readonly label: ApprovalLabel;
  /** How many people, none of them the author. */
  readonly people: 1 | 2;
}

/** One thing that breaks a rule. */
export interface Violation {
  /** `prod-data`. */
  readonly stack: string;
  /** `google_storage_bucket.artifacts`; without one it is about the whole stack. */
  readonly address?: string;
  /** `versioning.enabled`. */
  readonly attribute?: string;
  /** What is wrong: one sentence. Never a secret's value. */
  readonly found: string;
  /** What to do: one sentence. */
  readonly todo: string;
  /** Set where people may allow it; without it only another change or a waiver helps. */
  readonly approval?: ApprovalNeeded;
  /** So bad that it is an error wherever the rule is looked at, whatever the pack's table says of the rest of it. */
  readonly always?: true;
}

/**
 * What a rule answers about one environment. No violations: compliant. `notChecked`: something that the rule needs was
 * not given, which is said and never taken for compliance.
 */
export type Judgement = "not applicable" | readonly Violation[] | { readonly notChecked: string };

interface RuleText<Id extends RuleId> {
  readonly id: Id;
  /** What must hold: `Buckets are private, versioned and not emptied on destroy`. */
  readonly title: string;
  /** What goes wrong otherwise: one sentence. */
  readonly why: string;
  /** What it maps to elsewhere: `CIS 5.1`. CIS: Google Cloud Platform Foundation Benchmark. */
  readonly mapsTo: readonly string[];
}

/** A rule over what is synthesized, before anything is planned. */
export interface SynthRule extends RuleText<SynthRuleId> {
  check(environment: SynthesizedEnvironment, settings: Settings): Judgement;
}

/** A rule over what is planned. */
export interface PlanRule extends RuleText<PlanRuleId> {
  check(environment: PlannedEnvironment, settings: Settings): Judgement;
}

/** Whether a pack fails on what is not known before the apply. */
export function failsClosed(pack: PackName): boolean {
  return pack === "prod";
}
