import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Interruption } from "../interruption";
import { missedLock, needsInit } from "./causes";
import { runChild } from "./child";
import { type DataFolder, dataFolderName } from "./data-folder";
import {
  type ChangeSummary,
  type Diagnostic,
  type Message,
  readMessage,
  readPlainDiagnostics,
} from "./messages";
import { type PlanJson, readPlanJson } from "./plan-json";

/** The executable and what it is. */
export interface TerraformBinary {
  path: string;
  product: "Terraform" | "OpenTofu";
  version: string;
}

/** What Terraform needs to know of a stack. */
export interface TerraformStack {
  /** `dev-data`. */
  name: string;
  /** Absolute path of the folder with `cdk.tf.json`. */
  folder: string;
}

export type PlanResult =
  | { result: "no changes"; diagnostics: Diagnostic[] }
  | { result: "changes"; diagnostics: Diagnostic[] }
  | Failure;

export type ApplyResult = { result: "applied"; changes: ChangeSummary; diagnostics: Diagnostic[] } | Failure;

export interface Failure {
  result: "failed";
  /** At least one error. */
  diagnostics: Diagnostic[];
}

export interface TerraformOptions {
  binary: TerraformBinary;
  /** The environment of the next Terraform, which is for this stack. */
  env: (stack: TerraformStack) => NodeJS.ProcessEnv;
  interruption: Interruption;
  /** Folder for what `terraform init` makes, per stack: `.groundwork/terraform/sandbox`. */
  dataFolder: string;
  /**
   * Folder that all stacks share providers in, so that each is downloaded once. Terraform doesn't make that safe for
   * several `init` at once, so they run one after another. @default - none: there is nothing to download
   */
  pluginCache?: string;
  /** How each plan uses the machine. @default - as Terraform does: 10 objects at once, on all processors */
  planning?: PlanningShare;
  /** How long to wait for a state's lock, as Terraform writes durations. @default "20s" */
  lockTimeout?: string;
}

/** What one of several Terraforms that plan at once may take. */
export interface PlanningShare {
  /** How many objects it asks about at once. */
  objects: number;
  /** How many processors it uses. */
  processors: number;
}

interface RunOptions {
  /** @default - the stack's own */
  dataFolder?: string;
  onLine?: (line: string) => void;
  /** @default - all */
  processors?: number | undefined;
}

/** The lock files that synthesis writes have no checksums yet, and without them Terraform would not use the cache. */
function sharedProviders(folder: string): NodeJS.ProcessEnv {
  return { TF_PLUGIN_CACHE_DIR: folder, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" };
}

const lockAttempts = 10;
/** Milliseconds, longer each time. */
const lockPause = 100;

function isFailure(outcome: { result: string }): outcome is Failure {
  return outcome.result === "failed";
}

/** Runs Terraform, or OpenTofu, for one stack at a time. Every method can run for several stacks at once. */
export class Terraform {
  private lastInit: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: TerraformOptions) {}

  /**
   * Prepares a stack: once per backend, providers and version of Terraform. What `init` makes gets its final name only
   * when it is complete, so that commands at once and killed ones leave nothing half done.
   */
  async init(stack: TerraformStack): Promise<{ result: "ready" } | Failure> {
    const target = this.dataFolderOf(stack);
    if (target.exists()) return { result: "ready" };
    const { pluginCache } = this.options;
    if (pluginCache === undefined) return this.initInto(stack, target);
    mkdirSync(pluginCache, { recursive: true });
    const turn = this.lastInit.then(() => this.initInto(stack, target));
    this.lastInit = turn.catch(() => {});
    return turn;
  }

  private async initInto(stack: TerraformStack, target: DataFolder): Promise<{ result: "ready" } | Failure> {
    const draft = `${target.path}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    try {
      const run = await this.run(stack, ["init", "-input=false", "-no-color"], { dataFolder: draft });
      if (run.code !== 0) return this.failure("init", run.code, readPlainDiagnostics(run.stderr));
      target.adopt(draft);
      return { result: "ready" };
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }

  /**
   * Moves a state from one backend to another; what is there already is replaced.
   *
   * @param from the stack with its backend of before, which must be `local` at an absolute path
   * @param to the same stack with the backend of now
   */
  async moveState(from: TerraformStack, to: TerraformStack): Promise<{ result: "moved" } | Failure> {
    const ready = await this.init(from);
    if (ready.result === "failed") return ready;
    const target = this.dataFolderOf(to);
    const draft = `${target.path}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    try {
      // Where the state was: what Terraform compares the configuration with.
      copyFileSync(join(this.dataFolderOf(from).path, "terraform.tfstate"), join(draft, "terraform.tfstate"));
      const args = ["init", "-migrate-state", "-force-copy", "-input=false", "-no-color", this.lockTimeout];
      const run = await this.run(to, args, { dataFolder: draft });
      if (run.code !== 0) return this.failure("init", run.code, readPlainDiagnostics(run.stderr));
      target.adopt(draft);
      return { result: "moved" };
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }

  /** @param planFile absolute path to write the plan to */
  plan(
    stack: TerraformStack,
    planFile: string,
    { lockTimeout, onMessage }: { lockTimeout?: string; onMessage?: (message: Message) => void } = {},
  ): Promise<PlanResult> {
    return this.whenReady(stack, async () => {
      const wait = lockTimeout === undefined ? this.lockTimeout : `-lock-timeout=${lockTimeout}`;
      const { planning } = this.options;
      const args = ["plan", "-json", "-detailed-exitcode", "-input=false", wait, `-out=${planFile}`];
      if (planning) args.push(`-parallelism=${planning.objects}`);
      const { code, diagnostics } = await this.runJson(stack, args, onMessage, planning?.processors);
      if (code === 0) return { result: "no changes", diagnostics };
      if (code === 2) return { result: "changes", diagnostics };
      return this.failure("plan", code, diagnostics);
    });
  }

  /** Reads a saved plan. */
  async showPlan(
    stack: TerraformStack,
    planFile: string,
  ): Promise<{ result: "shown"; text: string; plan: PlanJson } | Failure> {
    const processors = this.options.planning?.processors;
    const run = await this.run(stack, ["show", "-json", "-no-color", planFile], { processors });
    if (run.code !== 0) return this.failure("show", run.code, readPlainDiagnostics(run.stderr));
    return { result: "shown", text: run.stdout, plan: readPlanJson(run.stdout) };
  }

  /** Applies exactly this plan. */
  apply(
    stack: TerraformStack,
    planFile: string,
    onMessage?: (message: Message) => void,
  ): Promise<ApplyResult> {
    return this.whenReady(stack, async () => {
      let changes: ChangeSummary = { add: 0, change: 0, remove: 0, operation: "apply" };
      const args = ["apply", "-json", "-input=false", this.lockTimeout, planFile];
      const { code, diagnostics } = await this.runJson(stack, args, (message) => {
        if (message.changes && message.changes.operation !== "plan") changes = message.changes;
        onMessage?.(message);
      });
      if (code === 0) return { result: "applied", changes, diagnostics };
      return this.failure("apply", code, diagnostics);
    });
  }

  /** Takes a lock away from its holder. */
  forceUnlock(stack: TerraformStack, lockId: string): Promise<{ result: "unlocked" } | Failure> {
    return this.whenReady(stack, async () => {
      const run = await this.run(stack, ["force-unlock", "-force", "-no-color", lockId]);
      if (run.code === 0) return { result: "unlocked" };
      return this.failure("force-unlock", run.code, readPlainDiagnostics(run.stderr));
    });
  }

  /** Initializes first, and once more when Terraform says that what `init` made no longer fits. */
  private async whenReady<T extends { result: string }>(
    stack: TerraformStack,
    work: () => Promise<T | Failure>,
  ): Promise<T | Failure> {
    const ready = await this.init(stack);
    if (ready.result === "failed") return ready;
    const first = await this.retryingLock(work);
    if (!isFailure(first) || !needsInit(first.diagnostics)) return first;
    this.dataFolderOf(stack).remove();
    const again = await this.init(stack);
    return again.result === "failed" ? again : this.retryingLock(work);
  }

  private async retryingLock<T extends { result: string }>(
    work: () => Promise<T | Failure>,
  ): Promise<T | Failure> {
    for (let attempt = 1; ; attempt++) {
      const ended = await work();
      if (!isFailure(ended) || !missedLock(ended.diagnostics) || attempt === lockAttempts) return ended;
      await wait(attempt * lockPause);
    }
  }

  private get lockTimeout(): string {
    return `-lock-timeout=${this.options.lockTimeout ?? "20s"}`;
  }

  private dataFolderOf(stack: TerraformStack) {
    const { dataFolder, binary } = this.options;
    return dataFolderName(join(dataFolder, stack.name), join(stack.folder, "cdk.tf.json"), binary);
  }

  private async runJson(
    stack: TerraformStack,
    args: readonly string[],
    onMessage: (message: Message) => void = () => {},
    processors?: number,
  ): Promise<{ code: number | undefined; diagnostics: Diagnostic[] }> {
    const diagnostics: Diagnostic[] = [];
    const onLine = (line: string) => {
      const message = readMessage(line);
      if (!message) return;
      if (message.diagnostic) diagnostics.push(message.diagnostic);
      onMessage(message);
    };
    const { code, stderr } = await this.run(stack, args, { onLine, processors });
    // What Terraform says before it has read the option -json.
    if (code === 1 && diagnostics.length === 0) diagnostics.push(...readPlainDiagnostics(stderr));
    return { code, diagnostics };
  }

  private run(
    stack: TerraformStack,
    args: readonly string[],
    { dataFolder, onLine, processors }: RunOptions = {},
  ) {
    const { binary, env, interruption, pluginCache } = this.options;
    return runChild(binary.path, args, {
      cwd: stack.folder,
      env: {
        ...(pluginCache === undefined ? {} : sharedProviders(pluginCache)),
        ...(processors === undefined ? {} : { GOMAXPROCS: String(processors) }),
        ...env(stack),
        TF_DATA_DIR: dataFolder ?? this.dataFolderOf(stack).path,
      },
      interruption,
      ...(onLine ? { onLine } : {}),
    });
  }

  private failure(command: string, code: number | undefined, diagnostics: Diagnostic[]): Failure {
    if (diagnostics.some(({ severity }) => severity === "error")) return { result: "failed", diagnostics };
    const { product } = this.options.binary;
    const summary = `${product} ${command} ${code === undefined ? "was killed" : `ended with ${code} and no reason`}`;
    return { result: "failed", diagnostics: [...diagnostics, { severity: "error", summary, detail: "" }] };
  }
}
