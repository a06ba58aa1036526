import { UserError } from "@groundwork/user-error";
import { definitions, type LoadedEnvironment, loadEnvironments } from "../../environments/load";
import type { FoundationPlan } from "../bootstrap/apply-foundation";
import { type Bootstrapped, bootstrap } from "../bootstrap/bootstrap";
import { checklist } from "../bootstrap/checklist/items";
import { readChecklist } from "../bootstrap/checklist/read-checklist";
import { renderChecklist } from "../bootstrap/checklist/render-checklist";
import { preflight } from "../bootstrap/preflight";
import type { Console } from "../console/console";
import { countText } from "../console/words";
import { countsText } from "../plan/counts-text";
import { RunFailed } from "../run-failed";
import type { Stack } from "../synthesis/stack-list";
import { targetName } from "../target/target";
import { confirmed } from "./confirm";
import { type CommandContext, type TargetOptions, withSession } from "./session";

export interface BootstrapCommandOptions extends TargetOptions {
  /** Only tell what can't be code. */
  checklist?: boolean;
  /** Don't ask. */
  yes?: boolean;
}

/** `groundwork bootstrap ENV`: what one local apply must do before everything else can be applied from the bucket. */
export async function bootstrapCommand(
  { root, console, env: given, interruption }: CommandContext,
  name: string,
  options: BootstrapCommandOptions,
): Promise<number> {
  // The stacks' own accounts are what is made here: nobody can work as them yet.
  const { GROUNDWORK_ACCOUNTS: _accounts, ...env } = given;
  const context = { root, console, env, interruption };
  const loaded = environmentNamed(name, root);
  if (options.checklist) return tellChecklist(console, loaded);
  if (targetName(options.target, env) === "cloud") {
    const { problems, hints } = preflight({ ...loaded, env });
    if (problems.length > 0) throw new UserError(`${name} can't be bootstrapped in the cloud yet.`, problems);
    console.note(["What only the cloud can tell:", ...hints.map((hint) => `  ${hint}`)].join("\n"));
  }
  return withSession(context, options, [name], async (session) => {
    const stack = session.stacks.find((one) => one.stack === "foundation");
    if (!stack) throw new Error(`${name} has no foundation`);
    console.progress.align([stack.name]);
    const allow = (plan: FoundationPlan) => ask(console, stack, plan, options.yes === true);
    try {
      const done = await bootstrap(context, session, stack, { allow });
      tell(console, { ...session, stack }, done);
      return 0;
    } catch (error) {
      if (!interruption.stop.aborted || error instanceof UserError) throw error;
      throw new RunFailed("Stopped. What was made is kept; run it again to go on.");
    }
  });
}

/** @throws UserError when there is no such environment */
function environmentNamed(name: string, root: string): LoadedEnvironment {
  const environments = loadEnvironments(root);
  const found = environments.find(({ environment }) => environment.name === name);
  if (found) return found;
  const known = environments.map(({ environment }) => environment.name).join(", ");
  throw new UserError("There is no such environment.", [
    { field: "ENV", found: name, expected: `one of ${known}` },
  ]);
}

function tellChecklist(console: Console, { environment, organisation }: LoadedEnvironment): number {
  const definition = definitions.find(({ fields }) => fields.name === environment.name);
  if (!definition) throw new Error(`${environment.name} has no definition`);
  const items = readChecklist({ items: checklist, environment, organisation, definition });
  const examples = items.filter(({ status }) => status === "example").length;
  console.printJson({ environment: environment.name, items });
  console.print(renderChecklist(items, console.colours));
  console.print(
    `\n${countText(items.length, "step")}; ${examples === 0 ? "nothing is the example's any more" : `${examples} with values that are still the example's`}.`,
  );
  return 0;
}

async function ask(
  console: Console,
  { name, project }: Stack,
  plan: FoundationPlan,
  yes: boolean,
): Promise<void> {
  const types = new Map<string, number>();
  for (const { kind, type } of plan.changes.resources) {
    if (kind === "create") types.set(type, (types.get(type) ?? 0) + 1);
  }
  const others = plan.changes.resources.filter(({ kind }) => kind !== "create");
  console.note(
    [
      `${name}, project ${project}: ${countsText(plan.counts)}`,
      ...[...types].sort().map(([type, count]) => `  + ${count} ${type}`),
      ...others.map(({ kind, address, importedBy }) =>
        importedBy === undefined ? `  ~ ${kind} ${address}` : `  ← ${address} is there already; taken over`,
      ),
    ].join("\n"),
  );
  if (yes || (await confirmed("Make it?"))) return;
  throw new RunFailed("Nothing was changed; --yes does it without asking.");
}

function tell(
  console: Console,
  { stack, target }: { stack: Stack; target: string },
  { result, state, applied, perhapsTwice }: Bootstrapped,
): void {
  console.printJson({ environment: stack.environment, target, result, state, applied, perhapsTwice });
  const where = `its state is in ${stack.state} (serial ${state.serial})`;
  const { added, changed, adopted } = applied;
  const taken = adopted.length > 0 ? `, ${adopted.length} taken over` : "";
  console.print(
    {
      bootstrapped: `${stack.name} is there, ${where}: ${added} added, ${changed} changed${taken}.`,
      finished: `${stack.name} was there already; ${where}, and no longer on this machine.`,
      "nothing to do": `${stack.name} is bootstrapped: ${where}. Nothing to do.`,
    }[result],
  );
  if (perhapsTwice.length > 0) {
    console.print("A run before was killed while it made these; the cloud may have them twice:");
    for (const { address, look } of perhapsTwice) console.print(`  ${address}: ${look}`);
  }
  if (result === "nothing to do") return;
  const to = target === "cloud" ? " --target cloud" : "";
  console.print(`Next: groundwork up ${stack.environment}${to}`);
}
