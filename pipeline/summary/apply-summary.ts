import { createColors } from "picocolors";
import type { AppliedStack } from "../apply/apply-stacks";
import { differenceLines } from "../apply/plan-differences";
import type { Refusal } from "../apply/reviewed-stack";
import { countText } from "../console/words";
import type { Verdict } from "../guards/judge";
import type { RecordedApproval } from "../history/record";
import { code, escapeHtml, foldedDetails, prose } from "../report/markdown";
import { renderDiagnostics } from "../terraform/render-diagnostics";

/** What the summary of an apply tells of. Secrets are hidden in it already. */
export interface SummarizedApply {
  environment: string;
  /** Full hash. */
  commit: string;
  /** The commit whose plans were reviewed; the same where it needs no telling. */
  reviewed: string;
  /** Who applied it. */
  by: string;
  approvals: readonly RecordedApproval[];
  /** Why guards were set aside. */
  override?: string;
  applied: readonly AppliedStack[];
  /** Of the reviewed plans, by stack. */
  digests: ReadonlyMap<string, string>;
  /** Number of the record with which each stack's apply began, by stack. */
  records: ReadonlyMap<string, number>;
}

const results = {
  applied: "applied",
  failed: "**failed**",
  "up to date": "up to date",
  "not started": "not started",
} as const;

/** How an apply of a commit ended, in GitHub's Markdown: a row for each stack, and below it why one failed. */
export function appliedSummary(apply: SummarizedApply): string {
  const { environment, applied } = apply;
  return page(
    `## ${environment}: ${headline(applied)}`,
    facts(apply),
    applied.length > 0 &&
      [
        "| Stack | Result | Added | Changed | Destroyed | Seconds | Digest | Record |",
        "| --- | --- | --: | --: | --: | --: | --- | --: |",
        ...applied.map((one) => row(one, apply)),
      ].join("\n"),
    ...applied.filter(({ result }) => result === "failed").map(failure),
  );
}

/** Why the guards let nothing through, and what to do. */
export function refusedSummary(environment: string, commit: string, { reasons, opens }: Verdict): string {
  const rows = reasons.map(({ text, todo }) => `| ${prose(text)} | ${prose(todo)} |`);
  return page(
    `## ${environment} is left as it is`,
    [
      `Commit ${code(short(commit))}`,
      ...(opens === undefined ? [] : [`the next window opens at ${opens}`]),
    ].join(" · "),
    ["| Why | What to do |", "| --- | --- |", ...rows].join("\n"),
  );
}

/** In what plans of now differ from what was reviewed. */
export function differentSummary(environment: string, commit: string, refusals: readonly Refusal[]): string {
  return page(
    `## ${environment}: not what was reviewed, so nothing was applied`,
    `Commit ${code(short(commit))} · let it be reviewed as it is now: ${code(`groundwork plan ENV --save --sha ${commit}`)}`,
    ...refusals.map(({ stack, why, differences }) =>
      foldedDetails(`<b>${escapeHtml(stack)}</b>: ${escapeHtml(why)}`, differenceLines(differences)),
    ),
  );
}

function page(...parts: (string | false)[]): string {
  return `${parts.filter((part) => part !== false).join("\n\n")}\n`;
}

function headline(applied: readonly AppliedStack[]): string {
  const count = (...named: AppliedStack["result"][]) =>
    applied.filter(({ result }) => named.includes(result)).length;
  const [done, failed, same] = [count("applied"), count("failed"), count("up to date")];
  if (same === applied.length) return "up to date";
  const whole = done + same === applied.length;
  const parts = [
    whole
      ? `${countText(done, "stack")} applied`
      : `${done} of ${countText(applied.length, "stack")} applied`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return parts.join(", ");
}

function facts({ commit, reviewed, by, approvals, override }: SummarizedApply): string {
  const approved = approvals.map(({ by: who, how }) => `${prose(who)} (${prose(how)})`).join(", ");
  return [
    `Commit ${code(short(commit))}`,
    ...(reviewed === commit ? [] : [`reviewed as ${code(short(reviewed))}`]),
    `by ${prose(by)}`,
    ...(approved === "" ? [] : [`approved by ${approved}`]),
    ...(override === undefined ? [] : [`override: ${prose(override)}`]),
  ].join(" · ");
}

function row(
  { stack: { name }, result, added, changed, destroyed, seconds, blockedBy }: AppliedStack,
  { digests, records }: SummarizedApply,
): string {
  const told = result === "blocked" ? `not started: ${prose(blockedBy ?? "")} comes first` : results[result];
  const number = (count: number) => (count === 0 ? "" : String(count));
  const wasStarted = records.has(name);
  const digest = wasStarted ? digests.get(name)?.replace(/^sha256:/, "") : undefined;
  const cells = [
    code(name),
    told,
    ...[added, changed, destroyed].map(number),
    seconds > 0 ? seconds.toFixed(1) : "",
    digest ? code(digest.slice(0, 12)) : "",
    String(records.get(name) ?? ""),
  ];
  return `|${cells.map((cell) => (cell === "" ? "" : ` ${cell}`)).join(" |")} |`;
}

function failure({ stack, diagnostics }: AppliedStack): string {
  const lines = renderDiagnostics(diagnostics, createColors(false));
  return foldedDetails(`<b>${escapeHtml(stack.name)}</b>: failed`, lines, { open: true });
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
