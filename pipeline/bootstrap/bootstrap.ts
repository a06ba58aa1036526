import type { Bucket } from "../bucket/bucket";
import type { CommandContext, Session } from "../commands/session";
import { GitRepository } from "../git/repository";
import { actorOf } from "../history/actor";
import { History } from "../history/history";
import type { StateVersion } from "../history/record";
import { RunFailed } from "../run-failed";
import { noState, readState, type StateAddress, stateAddress } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";
import { renderDiagnostics } from "../terraform/render-diagnostics";
import { applyFoundation, type FoundationApplied, type FoundationPlan } from "./apply-foundation";
import { whereToLook } from "./import-ids";
import { giveBackLeftLock } from "./left-lock";
import { isMoved, nextStep } from "./next-step";
import { WorkFolder } from "./work-folder";

/** How a bootstrap ended. */
export interface Bootstrapped {
  /** `finished`: a run before had done it all but the end. */
  result: "bootstrapped" | "finished" | "nothing to do";
  /** The state in the bucket. */
  state: StateVersion;
  applied: FoundationApplied;
  /** Objects that a killed run may have made and that nothing knows, each with a command that shows it. */
  perhapsTwice: { address: string; look: string }[];
}

export interface BootstrapOptions {
  /** Shows the plan and asks. @throws RunFailed for no */
  allow: (plan: FoundationPlan) => Promise<void>;
  /** Milliseconds, as `giveBackLeftLock` takes it. */
  lockPatience?: number;
}

/**
 * Applies the foundation with its state on this machine, as the bucket for the states is a part of it, and moves the
 * state into that bucket. Can be killed anywhere and run again.
 *
 * @param stack the synthesized foundation
 * @throws RunFailed when it can't be done; what was done is kept
 */
export async function bootstrap(
  context: CommandContext,
  session: Session,
  stack: Stack,
  { allow, lockPatience }: BootstrapOptions,
): Promise<Bootstrapped> {
  const address = stateAddress(stack.state ?? "");
  const bucket = session.bucket(address.bucket);
  const folder = new WorkFolder(context.root, session.target, stack);
  const untouched: FoundationApplied = { added: 0, changed: 0, adopted: [], digest: "" };
  const stored = () => storedFoundation(bucket, address);

  const before = await stored();
  if (before && !folder.exists) {
    return { result: "nothing to do", state: before, applied: untouched, perhapsTwice: [] };
  }
  folder.hold();
  try {
    const { who } = actorOf({});
    const patience = lockPatience === undefined ? {} : { patience: lockPatience };
    const left = await giveBackLeftLock(bucket, address, { who, ...patience });
    if (left) context.console.note("The lock of a move that was killed is given back.");

    const found = await stored();
    const standing = { begun: true, local: folder.state(), stored: found };
    const step = nextStep(standing);
    if (step === "conflict") throw conflict(stack, folder);
    if (step === "clear" && found) {
      folder.remove();
      return { result: "finished", state: found, applied: untouched, perhapsTwice: [] };
    }
    const perhapsTwice = folder.lost().flatMap((unknown) => {
      const look = whereToLook(unknown, stack.project);
      return look === undefined ? [] : [{ address: unknown, look }];
    });
    folder.prepare();
    const startedAt = Date.now();
    const applied = await applyFoundation({
      context,
      session,
      folder,
      project: stack.project,
      stateBucket: address.bucket,
      allow,
    });
    const state = await moveState(context, session, stack, folder, stored);
    await record(context, session, stack, { applied, state, startedAt });
    folder.remove();
    return { result: "bootstrapped", state, applied, perhapsTwice };
  } finally {
    folder.release();
  }
}

/**
 * The foundation's state in the bucket. The gcs backend writes an empty one as soon as anybody plans with it, or moves a
 * state there: that is none yet.
 */
async function storedFoundation(bucket: Bucket, address: StateAddress): Promise<StateVersion | undefined> {
  const found = await readState(bucket, address);
  return found && !isEmptyState(found.content) ? found.version : undefined;
}

/** What can't be read (OpenTofu encrypts states where it is told to) is not empty. */
function isEmptyState(content: Buffer): boolean {
  try {
    const { resources } = JSON.parse(content.toString("utf8")) as { resources?: unknown };
    return Array.isArray(resources) && resources.length === 0;
  } catch {
    return false;
  }
}

async function moveState(
  { console, interruption }: CommandContext,
  { terraform }: Pick<Session, "terraform">,
  stack: Stack,
  folder: WorkFolder,
  stored: () => Promise<StateVersion | undefined>,
): Promise<StateVersion> {
  const { progress } = console;
  progress.start(stack.name, `moving the state to ${stack.state}`);
  const local = folder.state();
  if (!local) throw new Error(`${folder.stateFile} is gone`);
  const occupied = await stored();
  if (occupied && occupied.lineage !== local.lineage) throw conflict(stack, folder);
  const ended = await terraform.moveState(folder.local, stack);
  interruption.stop.throwIfAborted();
  const after = await stored();
  if (ended.result === "failed" || !after || !isMoved(local, after)) {
    progress.finish(stack.name, "failed", "the state was not moved");
    const why = ended.result === "failed" ? renderDiagnostics(ended.diagnostics, console.colours) : [];
    throw new RunFailed(
      [
        `The foundation is there, but its state is not in ${stack.state} yet.`,
        ...why.map((line) => `  ${line}`),
        `It is in ${folder.stateFile}; run it again to move it.`,
      ].join("\n"),
    );
  }
  progress.finish(stack.name, "done", `the state is in ${stack.state}`);
  return after;
}

/** Somebody bootstrapped it from elsewhere at the same time. */
function conflict(stack: Stack, folder: WorkFolder): RunFailed {
  return new RunFailed(
    [
      `${stack.state} holds another state of ${stack.name} than the bootstrap that was begun here.`,
      `  Nothing was moved. The one here is in ${folder.stateFile}.`,
      `  If the one in the bucket is right (groundwork state list ${stack.name}), remove ${folder.path}.`,
    ].join("\n"),
  );
}

/** The first entry of the environment's history. */
async function record(
  { root, env }: CommandContext,
  { bucket, binary }: Pick<Session, "bucket" | "binary">,
  stack: Stack,
  { applied, state, startedAt }: { applied: FoundationApplied; state: StateVersion; startedAt: number },
): Promise<void> {
  const { bucket: name } = stateAddress(stack.state ?? "");
  const history = new History(stack.environment, bucket(name));
  const commit = await new GitRepository(root).described();
  const began = await history.append({
    kind: "began",
    stack: stack.name,
    commit,
    unreviewed: true,
    digest: applied.digest,
    by: actorOf(env),
    approvals: [],
    terraform: { product: binary.product, version: binary.version },
    before: noState,
  });
  await history.append({
    kind: "ended",
    stack: stack.name,
    commit,
    began: began.number,
    result: "applied",
    counts: { added: applied.added, changed: applied.changed, destroyed: 0 },
    seconds: (Date.now() - startedAt) / 1000,
    after: state,
  });
}
