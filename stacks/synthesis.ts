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
import { withoutTraces } from "@groundwork/constructs/without-traces";
import { isUserError, UserError } from "@groundwork/user-error";
import { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { Move, OrphanDecision } from "../environments/moves";
import type { EnvironmentStack } from "./environment-stack";
import { COMMITTED_LOCK_FILE, LOCK_FILE, stackLockFile } from "./lock-file";
import { addMoves } from "./moves";
import { OVERVIEW, overviewOf, providersOf } from "./overview";
import { type References, refuseReferencesBetweenStacks } from "./own-references";

/** Where each site's `firebase.json` and `config.json` are written, by environment and site. */
export const HOSTING_FOLDER = "hosting";

/** A kind of stack. */
export type StackClass = new (app: App, loaded: LoadedEnvironment) => EnvironmentStack;

/** What the code was before. */
export interface SynthesisHistory {
  /** Objects with another name now. @default - none */
  readonly moves?: readonly Move[];
  /** What becomes of stacks that are gone. @default - nothing is decided */
  readonly orphans?: readonly OrphanDecision[];
}

/**
 * Makes stacks and writes them. The output folder never holds half a file, and is left as it was when anything is
 * wrong: everything is written to a draft first, and only what changed is moved into place.
 */
export class Synthesis {
  private readonly draft = mkdtempSync(join(tmpdir(), "groundwork-synth-"));
  private readonly app = new App({ outdir: this.draft, stackTraces: false });
  private readonly stacks: EnvironmentStack[] = [];
  private readonly refusals: UserError[] = [];

  /**
   * @param outdir output folder: `cdktf.out`
   * @param history what was somewhere else, or is there no longer
   */
  constructor(
    private readonly outdir: string,
    private readonly history: SynthesisHistory = {},
  ) {}

  /** Makes one stack. What is wrong with it is kept for `write`, so that all is told at once. */
  add(Stack: StackClass, loaded: LoadedEnvironment): void {
    try {
      const stack = withoutTraces(() => new Stack(this.app, loaded));
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
      const { moves = [], orphans = [] } = this.history;
      this.refusePresentOrphans(orphans);
      for (const stack of this.stacks) {
        addMoves(stack, moves);
      }
      withoutTraces(() => this.app.synth());
      refuseReferencesBetweenStacks(this.configurations());
      this.writeDraft(OVERVIEW, `${JSON.stringify(overviewOf(this.stacks, orphans), null, 2)}\n`);
      for (const stack of this.stacks) {
        this.writeDraft(join("stacks", stack.node.id, LOCK_FILE), this.lockFileOf(stack));
        for (const [path, text] of stack.files) {
          this.writeDraft(path, text);
        }
      }
      this.publish();
    } finally {
      rmSync(this.draft, { recursive: true, force: true });
    }
  }

  /** What was written of each stack. */
  private configurations(): Map<string, References> {
    return new Map(
      this.stacks.map(({ node: { id } }) => [
        id,
        JSON.parse(readFileSync(join(this.draft, "stacks", id, "cdk.tf.json"), "utf8")) as References,
      ]),
    );
  }

  private refusePresentOrphans(orphans: readonly OrphanDecision[]): void {
    const problems = orphans.flatMap(({ stack }, index) =>
      this.stacks.some(({ node }) => node.id === stack)
        ? [
            {
              field: `orphans.json [${index}].stack`,
              found: stack,
              expected: "a stack that is not in the code",
            },
          ]
        : [],
    );
    if (problems.length > 0) {
      throw new UserError("orphans.json can't be used.", problems);
    }
  }

  private writeDraft(path: string, text: string): void {
    const file = join(this.draft, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  private lockFileOf(stack: EnvironmentStack): string {
    const existing = join(this.outdir, "stacks", stack.node.id, LOCK_FILE);
    return stackLockFile(textOf(COMMITTED_LOCK_FILE), textOf(existing), providersOf(stack));
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
    this.removeFormerFiles(new Set(files));
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

  /** A site that is gone would else be deployed again. */
  private removeFormerFiles(present: ReadonlySet<string>): void {
    const folder = join(this.outdir, HOSTING_FOLDER);
    const former = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
    for (const entry of former) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && !present.has(file.slice(this.outdir.length + 1))) {
        rmSync(file);
      }
    }
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

/** Empty for a file that isn't there. */
function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
