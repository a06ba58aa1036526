import type { Digest } from "../digest/digest";
import type { AttributeChange } from "../plan/attribute-changes";
import type { ChangeCounts, ResourceChange } from "../plan/changes";
import type { TargetName } from "../target/target";
import type { Diagnostic } from "../terraform/messages";

/**
 * Everything that a reviewer may read of a run of plans, and nothing else: no sensitive value is in it, not even its
 * length. Text, Markdown, JSON and the page are written from this alone.
 */
export interface Report {
  version: 1;
  target: TargetName;
  /** What the code was compared with, as the user said it; without it every stack that was named was planned. */
  changedSince?: string;
  /** Planned in a sandbox that holds what the base makes: the cloud was not asked. */
  rehearsed?: boolean;
  /** Of all stacks that change; without it not every stack could be planned. */
  digest?: Digest;
  /** By environment, then as they are applied. */
  stacks: ReportedStack[];
  /** Stacks that the code no longer has, but somebody's cloud still does. */
  orphans: ReportedOrphan[];
  /** What a reviewer must see first, the worst first. */
  risks: ReportedRisk[];
  counts: ChangeCounts;
}

export interface ReportedStack {
  /** `dev-data`. */
  name: string;
  /** `dev`. */
  environment: string;
  /** `data`. */
  stack: string;
  /** Google Cloud project. */
  project: string;
  /** Names of the stacks that are applied before this one. */
  dependsOn: readonly string[];
  result: "changes" | "no changes" | "failed" | "not planned" | "not affected";
  /** Set when it changes. */
  digest?: Digest;
  counts: ChangeCounts;
  /** Deletions and replacements first, then by address. */
  changes: ReportedChange[];
  outputs: ReportedAttribute[];
  /** Changed behind Terraform's back, where that is why something changes now. */
  drifted: ReportedChange[];
  /** Destroyed and created in one plan, and probably the same thing. */
  renames: Rename[];
  diagnostics: readonly Diagnostic[];
}

export interface ReportedChange extends Omit<ResourceChange, "attributes"> {
  attributes: ReportedAttribute[];
  /** The worst first. */
  risks: Risk[];
}

export interface ReportedAttribute extends AttributeChange {
  /** What changes inside, when both sides are JSON documents (or base64 of one), leaf by leaf. */
  document?: AttributeChange[];
}

/** How bad, the worst first: what no rule lets through, what waits for somebody's yes, then what it does, and costs. */
export const riskKinds = [
  "refused",
  "approval",
  "data loss",
  "irreversible",
  "downtime",
  "access",
  "deletion",
  "replacement",
  "cost",
] as const;
export type RiskKind = (typeof riskKinds)[number];

/** What a change means for whoever depends on the thing. */
export interface Risk {
  kind: RiskKind;
  /** `replaces the cluster: all data is lost unless restored`. */
  text: string;
}

/** A risk and where it is. */
export interface ReportedRisk extends Risk {
  /** Name of the stack. */
  stack: string;
  /** Address of the resource; none when the whole stack is meant. */
  address?: string;
}

/** The same object under another name in the code. */
export interface Rename {
  type: string;
  from: string;
  to: string;
  /** The command that keeps the object: `groundwork move dev-data A B`. */
  command: string;
}

export interface ReportedOrphan {
  /** `dev-data`. */
  name: string;
  environment: string;
  /** What was decided in environments/orphans.ts; `undecided` fails the run. */
  decision: "destroy" | "keep" | "undecided";
  reason?: string;
}
