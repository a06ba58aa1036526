import { UserError } from "@groundwork/user-error";
import { synthesizeBase } from "../affected/base";
import { applyStacks } from "../apply/apply-stacks";
import { SavedPlans } from "../plan/saved-plans";
import { RunFailed } from "../run-failed";
import type { Stack } from "../synthesis/stack-list";
import { targetName } from "../target/target";
import { stacksToVisit } from "./matrix";
import { planSession } from "./plan";
import { type CommandContext, type TargetOptions, withSession } from "./session";
import { toApply } from "./up";

/**
 * Brings up in the sandbox what the base makes, so that a plan against it shows what the cloud's would, without an account:
 * for pull requests of forks, and for anybody without access. Environments in which nothing differs from the base are left
 * out, as they are of the plan. Before the first commit nothing was there: it is brought up itself, as a bootstrap would.
 *
 * @param names environments or stacks, as for the plan: of those environments, everything is brought up
 * @throws UserError on the cloud, or without a base
 * @throws RunFailed when the base can't be brought up
 */
export async function bringUpBase(
  context: CommandContext,
  names: readonly string[],
  options: TargetOptions,
): Promise<void> {
  const { root, console, interruption, env } = context;
  const { changedSince, parallel, synthesized } = options;
  const target = targetName(options.target, env);
  if (target === "cloud" || changedSince === undefined) {
    throw new UserError("The base can't be brought up.", [
      target === "cloud"
        ? { field: "--from-base", found: "--target cloud", expected: "the sandbox" }
        : { field: "--changed-since", found: "nothing", expected: "the base, such as origin/main" },
    ]);
  }
  const visit = { changedSince, ...(synthesized === undefined ? {} : { synthesized }) };
  const [base, differing] = await Promise.all([
    synthesizeBase(root, changedSince, interruption),
    stacksToVisit(context, names, visit),
  ]);
  const isFirst = base.stacks.length === 0;
  const name = isFirst ? "the first commit itself" : base.name;
  const folder = isFirst ? synthesized : base.folder;
  const there = isFirst ? differing : base.stacks;
  const environments = environmentsOf(there).filter((one) => environmentsOf(differing).includes(one));
  if (environments.length === 0) return;
  const session: TargetOptions = {
    target,
    ...(folder === undefined ? {} : { synthesized: folder }),
    ...(parallel === undefined ? {} : { parallel }),
  };
  const ended = await withSession(context, session, environments, async (opened) => {
    const saved = SavedPlans.create(root, new Date());
    try {
      const planned = await planSession(context, opened, saved);
      console.note(console.progress.colours.bold(`Bringing up ${name}`));
      return await applyStacks(
        planned.map((one) => toApply(one, saved)),
        { ...opened, progress: console.progress, stop: interruption.stop },
      );
    } finally {
      saved.remove();
    }
  });
  interruption.stop.throwIfAborted();
  const failed = ended.filter(({ result }) => result !== "applied" && result !== "up to date");
  if (failed.length === 0) return;
  const where = failed.map(({ stack }) => stack.name).join(", ");
  throw new RunFailed(`${name} can't be brought up in the sandbox: ${where}.`);
}

function environmentsOf(stacks: readonly Stack[]): string[] {
  return [...new Set(stacks.map(({ environment }) => environment))];
}
