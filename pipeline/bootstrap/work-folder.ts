import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { RunFailed } from "../run-failed";
import type { TerraformStack } from "../terraform/terraform";
import { type Adoption, adoptionConfiguration, localConfiguration } from "./local-configuration";

/** As much as is read of a state's file. */
export interface LocalState {
  lineage: string;
  serial: number;
  resources: readonly { mode: string; type: string; name: string }[];
}

/**
 * The private folder of one environment's bootstrap: `.groundwork/bootstrap/<target>/<env>`. It holds the state until the
 * bucket does, and what a second run needs to know of a killed one. It is there exactly as long as the bootstrap is not
 * complete.
 */
export class WorkFolder {
  readonly path: string;
  private held: string | undefined;

  /**
   * @param target `sandbox` or `cloud`
   * @param stack the synthesized foundation
   */
  constructor(
    root: string,
    target: string,
    private readonly stack: TerraformStack & { environment: string },
  ) {
    this.path = join(root, ".groundwork", "bootstrap", target, stack.environment);
  }

  /** Whether a bootstrap was begun here and didn't end. */
  get exists(): boolean {
    return existsSync(this.path);
  }

  /** The foundation with its state in this folder. */
  get local(): TerraformStack {
    return { name: this.stack.name, folder: join(this.path, "configuration") };
  }

  get stateFile(): string {
    return join(this.path, "terraform.tfstate");
  }

  get planFile(): string {
    return join(this.path, "foundation.tfplan");
  }

  /**
   * Makes the folder this process's own.
   *
   * @throws RunFailed while another process works in it
   */
  hold(): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const own = join(this.path, `holder.${process.pid}`);
    const holder = join(this.path, "holder");
    writeFileSync(own, String(process.pid));
    try {
      while (!linked(own, holder)) {
        const pid = Number(textOf(holder) || "0");
        if (pid > 0 && pid !== process.pid && isAlive(pid)) {
          throw new RunFailed(
            `${this.stack.environment} is being bootstrapped by process ${pid}. Wait for it, or stop it, and run this again.`,
          );
        }
        rmSync(holder, { force: true });
      }
      this.held = holder;
    } finally {
      rmSync(own, { force: true });
    }
  }

  /** Lets other processes in. */
  release(): void {
    if (this.held !== undefined) rmSync(this.held, { force: true });
    this.held = undefined;
  }

  /** Writes the configuration of `local`, from what is synthesized now. */
  prepare(): void {
    const { folder } = this.local;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const synthesized = readFileSync(join(this.stack.folder, "cdk.tf.json"), "utf8");
    replace(join(folder, "cdk.tf.json"), localConfiguration(synthesized, this.stateFile));
    const lockFile = join(this.stack.folder, ".terraform.lock.hcl");
    if (existsSync(lockFile)) copyFileSync(lockFile, join(folder, ".terraform.lock.hcl"));
  }

  /** What is taken over instead of made; remembered for the runs to come. */
  adopt(adoptions: readonly Adoption[]): void {
    const file = join(this.local.folder, "adoptions.tf.json");
    if (adoptions.length === 0) rmSync(file, { force: true });
    else replace(file, adoptionConfiguration(adoptions));
  }

  /** What `adopt` was told last. */
  get adoptions(): readonly Adoption[] {
    const text = textOf(join(this.local.folder, "adoptions.tf.json"));
    return text === "" ? [] : (JSON.parse(text) as { import: Adoption[] }).import;
  }

  /** Undefined before the first object is made. */
  state(): LocalState | undefined {
    const text = textOf(this.stateFile);
    return text === "" ? undefined : (JSON.parse(text) as LocalState);
  }

  /** Notes that an object is being made: Terraform writes its state every twenty seconds, and at its end. */
  begins(address: string): void {
    appendFileSync(this.journal, `+${address}\n`, { mode: 0o600 });
  }

  /** Notes that the object was refused: it is not there. */
  refused(address: string): void {
    appendFileSync(this.journal, `-${address}\n`, { mode: 0o600 });
  }

  /**
   * Addresses of objects that killed runs had begun to make before the state could know them: they may be there. Called at
   * the start of a run; what runs before it lost is remembered.
   */
  lost(): string[] {
    const begun = new Set<string>();
    for (const line of textOf(this.journal).split("\n")) {
      if (line.startsWith("+")) begun.add(line.slice(1));
      if (line.startsWith("-")) begun.delete(line.slice(1));
    }
    for (const { type, name } of this.state()?.resources ?? []) begun.delete(`${type}.${name}`);
    const file = join(this.path, "lost.json");
    const before = JSON.parse(textOf(file) || "[]") as string[];
    const all = [...new Set([...before, ...begun])];
    replace(file, JSON.stringify(all));
    rmSync(this.journal, { force: true });
    return all;
  }

  /** Last step of a bootstrap: the state is in the bucket, and nothing of it stays here. */
  remove(): void {
    const leaving = `${this.path}.${process.pid}.gone`;
    rmSync(leaving, { recursive: true, force: true });
    if (this.exists) renameSync(this.path, leaving);
    rmSync(leaving, { recursive: true, force: true });
    this.held = undefined;
  }

  private get journal(): string {
    return join(this.path, "journal");
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Never half a file. */
function replace(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, file);
}

/** Empty for a file that isn't there. */
function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
