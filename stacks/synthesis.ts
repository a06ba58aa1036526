import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isUserError, UserError } from "@groundwork/user-error";
import { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { EnvironmentStack } from "./environment-stack";
import { LOCK_FILE, lockFile, locks } from "./lock-file";
import { OVERVIEW, overviewOf, providersOf } from "./overview";

/** A kind of stack. */
export type StackClass = new (app: App, loaded: LoadedEnvironment) => EnvironmentStack;

/**
 * Makes stacks and writes them. The output folder never holds half a file, and is left as it was when anything is
 * wrong: everything is written to a draft first, and only what changed is moved into place.
 */
export class Synthesis {
  private readonly draft = mkdtempSync(join(tmpdir(), "groundwork-synth-"));
  private readonly app = new App({ outdir: this.draft, stackTraces: false });
  private readonly stacks: EnvironmentStack[] = [];
  private readonly refusals: UserError[] = [];

  /** @param outdir output folder: `cdktf.out` */
  constructor(private readonly outdir: string) {}

  /** Makes one stack. What is wrong with it is kept for `write`, so that all is told at once. */
  add(Stack: StackClass, loaded: LoadedEnvironment): void {
    try {
      const stack = new Stack(this.app, loaded);
      this.stacks.push(stack);
      this.refusals.push(...stack.refusals);
    } catch (error) {
      if (!isUserError(error)) {
        throw error;
      }
      this.refusals.push(error);
    }
  }

  /**
   * Writes every stack. Called once, last, also when something was refused: it removes the draft.
   *
   * @throws UserError with what was wrong with any of them
   */
  write(): void {
    try {
      if (this.refusals.length > 0) {
        throw new UserError(
          this.refusals.map(({ message }) => message.split("\n")[0]).join("\n"),
          this.refusals.flatMap(({ problems }) => problems),
        );
      }
      this.app.synth();
      this.writeDraft(OVERVIEW, `${JSON.stringify(overviewOf(this.stacks), null, 2)}\n`);
      for (const stack of this.stacks) {
        this.writeDraft(join("stacks", stack.node.id, LOCK_FILE), this.lockFileOf(stack));
      }
      this.publish();
    } finally {
      rmSync(this.draft, { recursive: true, force: true });
    }
  }

  private writeDraft(path: string, text: string): void {
    writeFileSync(join(this.draft, path), text);
  }

  /** The one that is there, when it still fits: `terraform init` has written hashes into it. */
  private lockFileOf(stack: EnvironmentStack): string {
    const existing = join(this.outdir, "stacks", stack.node.id, LOCK_FILE);
    const providers = providersOf(stack);
    const text = existsSync(existing) ? readFileSync(existing, "utf8") : "";
    return locks(text, providers) ? text : lockFile(providers);
  }

  private publish(): void {
    const files = readdirSync(this.draft, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.draft.length + 1))
      .sort();
    for (const file of files) {
      this.publishFile(file);
    }
    this.removeFormerStacks();
  }

  private publishFile(file: string): void {
    const content = readFileSync(join(this.draft, file));
    const target = join(this.outdir, file);
    if (existsSync(target) && readFileSync(target).equals(content)) {
      return;
    }
    mkdirSync(dirname(target), { recursive: true });
    const temporary = `${target}.${process.pid}.tmp`;
    writeFileSync(temporary, content);
    renameSync(temporary, target);
  }

  /** A stack that is gone leaves no folder: its plan would bring it back. */
  private removeFormerStacks(): void {
    const folder = join(this.outdir, "stacks");
    const present = new Set(this.stacks.map((stack) => stack.node.id));
    for (const name of readdirSync(folder)) {
      if (!present.has(name)) {
        rmSync(join(folder, name), { recursive: true, force: true });
      }
    }
  }
}
