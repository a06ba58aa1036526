import { createColors } from "picocolors";
import { decideOrphans } from "../affected/orphans";
import { prepareDestruction } from "../affected/prepare-destruction";
import type { Colours } from "../console/console";
import { countText } from "../console/words";
import { type StackDrift, stackDrift } from "../drift/classify";
import { driftIssue, driftLabel, driftTopic } from "../drift/drift-issue";
import { GitRepository } from "../git/repository";
import { openGitHub } from "../github/client";
import { type IssueChange, syncStickyIssues } from "../github/sticky-issue";
import type { PlannedStack } from "../plan/plan-stacks";
import { SavedPlans } from "../plan/saved-plans";
import { SecretMask } from "../plan/secret-mask";
import { maskSecrets } from "../plan/secrets";
import { masked } from "../report/mask-stack";
import { changeText } from "../report/value-text";
import { driftSummary, type SummarizedDrift } from "../summary/drift-summary";
import type { Stack } from "../synthesis/stack-list";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import { adviseOnLocks, planSession } from "./plan";
import { type CommandContext, type Session, type TargetOptions, withSession } from "./session";
import { nobodyToTell } from "./silence";
import { formerStacksSince } from "./with-former-stacks";

export interface DriftOptions extends TargetOptions {
  /** 0 in step, 2 drifted, 1 failed. */
  detailedExitcode?: boolean;
  /** Open, update and close one issue per stack on GitHub. */
  issues?: boolean;
  /** A commit that still has what the code no longer has. @default - only what the code has is looked at */
  since?: string;
}

/** One stack, looked at. */
interface LookedAt extends StackDrift {
  planned: PlannedStack;
  result: "in step" | "drifted" | "pending" | "drifted and pending" | "failed";
}

/** `groundwork drift [ENV]`: what was changed behind Terraform's back. Nothing is changed, no plan is kept. */
export async function driftCommand(
  context: CommandContext,
  names: readonly string[],
  options: DriftOptions,
): Promise<number> {
  const { root, console, interruption } = context;
  const formerStacks = await formerStacksSince(context, options.since);
  return withSession(context, { ...options, formerStacks }, names, async (session) => {
    const saved = SavedPlans.create(root, new Date());
    try {
      const stacks = asDecided(session, saved);
      const planned = await planSession(context, { ...session, stacks }, saved);
      if (interruption.stop.aborted) return 1;
      const found = planned.map(lookAt);
      const tells = options.issues === true && !(await nobodyToTell(context, options));
      const issues = tells ? await writeIssues(context, found) : undefined;
      console.printJson({ target: session.target, stacks: found.map(asJson), ...(issues ? { issues } : {}) });
      const sections = found.flatMap((one) => sectionOf(one, console.colours));
      if (sections.length > 0) console.printFolded("What drifted, and what waits", sections.join("\n"));
      console.print(`\n${totalOf(found)}`);
      console.summarize(driftSummary(found.map((one) => summarized(one, issues))));
      for (const { topic, result, url } of issues ?? []) console.print(`${topic}: issue ${result}, ${url}`);
      adviseOnLocks(console, planned);
      if (found.some(({ result }) => result === "failed")) return 1;
      return options.detailedExitcode && found.some(({ drifted }) => drifted.length > 0) ? 2 : 0;
    } finally {
      saved.remove();
    }
  });
}

/** What was to be destroyed is compared with an empty configuration, what stays with the last one that it had. */
function asDecided({ stacks, code, orphanDecisions }: Session, saved: SavedPlans): Stack[] {
  const former = stacks.filter((stack) => !code.includes(stack));
  const doomed = prepareDestruction(decideOrphans(former, orphanDecisions), saved);
  return stacks.map((stack) => doomed.find(({ name }) => name === stack.name) ?? stack);
}

function lookAt(planned: PlannedStack): LookedAt {
  const nothing: StackDrift = { drifted: [], noted: [], pending: [], pendingOutputs: [] };
  if (planned.result === "no changes") return { ...nothing, planned, result: "in step" };
  if (!planned.plan) return { ...nothing, planned, result: "failed" };
  // Before anything is cut: a piece of a secret is no longer recognised.
  const mask = new SecretMask(planned.secrets);
  const drift = masked(stackDrift(planned.plan), mask);
  const waits = drift.pending.length + drift.pendingOutputs.length > 0;
  const result =
    drift.drifted.length > 0 ? (waits ? "drifted and pending" : "drifted") : waits ? "pending" : "in step";
  return { ...drift, planned, result };
}

async function writeIssues(
  { root, console, env }: CommandContext,
  found: readonly LookedAt[],
): Promise<IssueChange[]> {
  const github = await openGitHub(env, { onWait: (text) => console.note(text) });
  const commit = await new GitRepository(root).head();
  const drifted = found.filter((one) => one.drifted.length > 0);
  // What could not be planned may have drifted or not: its issue stays as it is.
  const settled = found.filter((one) => one.drifted.length === 0 && one.result !== "failed");
  return syncStickyIssues(
    github,
    driftLabel,
    drifted.map((one) => driftIssue(one.planned.stack, one, { commit, secrets: one.planned.secrets })),
    new Map(
      settled.map(({ planned: { stack } }) => [
        driftTopic(stack.name),
        `${stack.name} is in step with its code again${commit === undefined ? "" : ` (${commit})`}.`,
      ]),
    ),
  );
}

function asJson({ planned, result, drifted, noted, pending, pendingOutputs }: LookedAt) {
  const { stack, diagnostics, secrets } = planned;
  const told = {
    name: stack.name,
    environment: stack.environment,
    stack: stack.stack,
    result,
    drifted,
    noted,
    pending,
    pendingOutputs,
    diagnostics,
  };
  return JSON.parse(maskSecrets(JSON.stringify(told), secrets)) as typeof told;
}

/** What is told of a stack, with nothing secret in it; nothing when it is in step. */
function sectionOf(one: LookedAt, colours: Colours): string[] {
  const { planned, result } = one;
  if (result === "in step") return [];
  return [[`\n${colours.bold(planned.stack.name)}  ${result}`, ...linesOf(one, colours)].join("\n")];
}

function linesOf({ planned, result, drifted, pending }: LookedAt, colours: Colours): string[] {
  const { diagnostics, secrets } = planned;
  if (result === "in step") return [];
  const lines =
    result === "failed"
      ? renderDiagnostics(diagnostics, colours).map((line) => `  ${line}`)
      : [
          ...drifted.flatMap(({ address, kind, attributes }) => [
            `  ${colours.yellow("!")} ${address} was ${kind}`,
            ...attributes.map(({ path, before, after }) => `      ${path}: ${changeText(before, after)}`),
          ]),
          ...pending.map(({ address, kind }) => colours.dim(`    ${address} waits for an apply (${kind})`)),
        ];
  return maskSecrets(lines.join("\n"), secrets).split("\n");
}

function summarized(one: LookedAt, issues: readonly IssueChange[] = []): SummarizedDrift {
  const { planned, result, drifted, pending, pendingOutputs } = one;
  const { name } = planned.stack;
  const issue = issues.find(({ topic }) => topic === driftTopic(name));
  return {
    name,
    result,
    drifted: drifted.length,
    pending: pending.length + pendingOutputs.length,
    lines: linesOf(one, createColors(false)),
    ...(issue ? { issue: issue.url } : {}),
  };
}

function totalOf(found: readonly LookedAt[]): string {
  const count = (result: RegExp) => found.filter((one) => result.test(one.result)).length;
  const rows = [
    ["drifted", count(/^drifted/)],
    ["pending only", count(/^pending/)],
    ["failed", count(/^failed/)],
    ["in step", count(/^in step/)],
  ] as const;
  const total = rows
    .filter(([, stacks]) => stacks > 0)
    .map(([what, stacks]) => `${countText(stacks, "stack")} ${what}`);
  return `${total.join("; ")}.`;
}
