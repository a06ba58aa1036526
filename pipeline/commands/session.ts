import { join, resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { ensureTerraform, NoTerraform } from "../../bootstrap/terraform/ensure.mjs";
import { admitSynthesis } from "../admission/admit-synthesis";
import { type Affected, affectedSince, selectAffected } from "../affected/affected";
import { synthesizeBase } from "../affected/base";
import type { Bucket } from "../bucket/bucket";
import { StorageBucket } from "../bucket/storage-bucket";
import { type Transport, transportOf } from "../bucket/transport";
import type { Console } from "../console/console";
import { countText } from "../console/words";
import { type DigestKey, digestKey } from "../digest/digest-key";
import type { Interruption } from "../interruption";
import { shareOf, stacksAtOnce, thisMachine } from "../plan/at-once";
import { secretsOfEnvironment } from "../plan/secrets";
import type { CloudApi } from "../preview/clouds/cloud-api";
import { cloudApis } from "../preview/clouds/cloud-apis";
import { RunFailed } from "../run-failed";
import { selectStacks } from "../synthesis/selection";
import { type OrphanDecision, readOrphanDecisions, type Stack } from "../synthesis/stack-list";
import { synthesisFolder, synthesize } from "../synthesis/synthesize";
import { accountsOf } from "../target/accounts";
import { cloudTarget, describeCloudTarget } from "../target/cloud";
import { sandboxTarget } from "../target/sandbox";
import { type Target, type TargetName, targetName } from "../target/target";
import { terraformEnvironment } from "../terraform/environment";
import { Terraform, type TerraformBinary } from "../terraform/terraform";

/** What every command gets. */
export interface CommandContext {
  /** The repository. */
  root: string;
  console: Console;
  interruption: Interruption;
  env: NodeJS.ProcessEnv;
}

/** Options that commands which run Terraform share. */
export interface TargetOptions {
  target?: string;
  parallel?: string;
  /** Only what differs from this git ref, or from this folder of something synthesized. @default - everything */
  changedSince?: string;
  /** Folder with what was synthesized elsewhere, by code that is not trusted. @default - the code here is run */
  synthesized?: string;
  /** Stacks that the code no longer has, which may be meant too. @default - none */
  formerStacks?: readonly Stack[];
  /** Chooses the stacks among those of the code and the former ones. @default - those that the arguments name */
  select?: (stacks: readonly Stack[]) => Stack[];
}

/** Synthesized stacks, a target held open, and Terraform to bring them together. */
export interface Session {
  target: TargetName;
  binary: TerraformBinary;
  terraform: Terraform;
  /** The stacks that the command's arguments name. */
  stacks: Stack[];
  /** Every stack that the code has now. */
  code: readonly Stack[];
  /** With `changedSince`: what `stacks` were chosen from. */
  affected?: Affected;
  /** How many Terraforms run at once. */
  atOnce: number;
  /** Credentials of the environment, which must never be written. */
  secrets: ReadonlySet<string>;
  digestKey: DigestKey;
  /** What the code says of stacks that it no longer has. */
  orphanDecisions: readonly OrphanDecision[];
  /** A bucket of the target, such as the one of a stack's state. */
  bucket: (name: string) => Bucket;
  /** An API of Google's such as `appengine.googleapis.com`, asked as whom a stack's Terraform is. */
  googleApi: (host: string, stack: Stack) => CloudApi;
}

/**
 * Opens a session, does the work and closes it, whatever happens.
 *
 * @param names environments and stacks; none: all
 */
export async function withSession<T>(
  context: CommandContext,
  options: TargetOptions,
  names: readonly string[],
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { root, console, interruption, env } = context;
  const name = targetName(options.target, env);
  const { changedSince, synthesized } = options;
  const output = synthesized === undefined ? join(root, synthesisFolder) : resolve(root, synthesized);
  console.progress.align(["Synthesis", "Sandbox"]);
  const [binary, all, base] = await Promise.all([
    terraformBinary(context),
    working(
      console,
      "Synthesis",
      synthesized === undefined ? "running main.ts" : `reading ${synthesized}`,
      async () => (synthesized === undefined ? synthesize(root, interruption) : admitSynthesis(output)),
      (stacks) => countText(stacks.length, "stack"),
    ),
    changedSince === undefined
      ? undefined
      : working(
          console,
          "Base",
          `synthesizing ${changedSince}`,
          () => synthesizeBase(root, changedSince, interruption),
          (found) => `${found.name}, ${countText(found.stacks.length, "stack")}`,
        ),
  ]);
  const decisions = readOrphanDecisions(output);
  const differing = base && affectedSince(base, all, decisions);
  const left = options.formerStacks ?? (differing?.orphans ?? []).map(({ stack }) => stack);
  const former = left.filter((stack) => !all.some((one) => one.name === stack.name));
  const { select = (stacks) => selectStacks(stacks, names) } = options;
  const selected = select([...all, ...former]);
  const affected = differing && selectAffected(differing, selected);
  const stacks = affected ? affected.stacks : selected;
  interruption.stop.throwIfAborted();
  const accounts = accountsOf(name === "cloud" ? env : {});
  const known = (wanted: string) =>
    [...all, ...former].find((stack) => stack.name === wanted) ?? { stack: wanted, project: "" };
  if (name === "cloud") for (const line of describeCloudTarget(stacks, env)) console.note(line);
  // The sandbox looks below cdktf.out anyway.
  const elsewhere = [...(synthesized === undefined ? [] : stacks), ...former].map(({ folder }) => folder);
  const target =
    name === "cloud"
      ? cloudTarget()
      : await working(
          console,
          "Sandbox",
          "starting",
          () => sandboxTarget(root, elsewhere),
          () => "ready",
        );
  try {
    const machine = thisMachine();
    const atOnce = runsAtOnce(options.parallel) ?? stacksAtOnce(machine, name, stacks);
    const terraform = new Terraform({
      binary,
      env: (stack) => ({ ...terraformEnvironment(env, target.env), ...accounts.ofStack(known(stack.name)) }),
      interruption,
      dataFolder: join(root, ".groundwork", "terraform", name),
      ...(name === "cloud" ? ofCloud(root) : { planning: shareOf(machine, Math.min(atOnce, stacks.length)) }),
    });
    const session = {
      target: name,
      binary,
      terraform,
      stacks,
      code: all,
      orphanDecisions: decisions,
      ...(affected ? { affected } : {}),
      atOnce,
      secrets: secretsOfEnvironment(env),
      digestKey: digestKey(root, env),
      bucket: (bucket: string) => {
        const owner = [...stacks, ...all].find(({ state }) => state?.startsWith(`gs://${bucket}/`));
        return bucketsOf(target, owner ? { ...env, ...accounts.ofBucket(owner) } : env)(bucket);
      },
      googleApi: (host: string, stack: Stack) =>
        cloudApis({
          target: name,
          get env() {
            return name === "cloud" ? { ...env, ...accounts.ofStack(stack) } : target.env;
          },
        })(host),
    };
    return await whileHeld(target, interruption, work(session));
  } finally {
    await target.release();
  }
}

/** Other pull requests are planned on the same states at the same time, and plans of clouds take minutes. */
function ofCloud(root: string): { pluginCache: string; lockTimeout: string } {
  return { pluginCache: join(root, ".groundwork", "terraform", "plugins"), lockTimeout: "5m" };
}

/** Buckets as Terraform in this session sees them. A sandbox that was started again has another address. */
export function bucketsOf(target: Target, env: NodeJS.ProcessEnv): (name: string) => Bucket {
  const cloud = transportOf(env);
  const sandbox: Transport = (request) => transportOf(target.env)(request);
  const transport = target.name === "cloud" ? cloud : sandbox;
  return (name) => new StorageBucket(name, { transport });
}

/** @throws RunFailed when there is none to be had */
export async function terraformBinary({ root, env, console }: CommandContext): Promise<TerraformBinary> {
  try {
    return await ensureTerraform({ root, env, say: (line) => console.note(line) });
  } catch (error) {
    if (error instanceof NoTerraform) throw new RunFailed(error.message);
    throw error;
  }
}

async function working<T>(
  { progress }: Console,
  name: string,
  note: string,
  work: () => Promise<T>,
  result: (outcome: T) => string,
): Promise<T> {
  progress.start(name, note);
  try {
    const outcome = await work();
    progress.finish(name, "done", result(outcome));
    return outcome;
  } catch (error) {
    progress.clear();
    throw error;
  }
}

/** When the target goes, Terraform would try to reach it for a long time. */
async function whileHeld<T>(target: Target, interruption: Interruption, work: Promise<T>): Promise<T> {
  let state: "working" | "over" | "lost" = "working";
  void target.lost.then(() => {
    if (state === "over") return;
    state = "lost";
    interruption.abandon();
  });
  const outcome = await work;
  if ((state as string) === "lost") {
    throw new RunFailed(
      "The sandbox ended in the middle of the work. Run the command again: it goes on from there.",
    );
  }
  state = "over";
  return outcome;
}

/** @throws UserError when it is no whole number of at least 1 */
function runsAtOnce(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(option)) return Number(option);
  throw new UserError("That many stacks can't run at once.", [
    { field: "--parallel", found: option, expected: "a whole number from 1 to 999" },
  ]);
}
