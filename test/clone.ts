import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

const repository = dirname(__dirname);
/** What a clone of the repository needs for the command to run. */
const sources = [
  "bootstrap",
  "constructs",
  "environments",
  "pipeline",
  "policies",
  "sandbox",
  "stacks",
  "user-error",
  "cdktf.json",
  "main.ts",
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "tsconfig.json",
];
const withoutCopies = new Set(["node_modules", "dist"]);

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A clone of this repository in a folder of its own, with its own sandbox; it shares the installed packages. */
export class Clone {
  readonly root = mkdtempSync(join(tmpdir(), "groundwork-clone-"));

  constructor() {
    const filter = (path: string) => !withoutCopies.has(basename(path)) && !path.endsWith(".test.ts");
    for (const source of sources)
      cpSync(join(repository, source), join(this.root, source), { recursive: true, filter });
    for (const member of ["", "pipeline", "sandbox"]) {
      const packages = join(repository, member, "node_modules");
      if (existsSync(packages)) symlinkSync(packages, join(this.root, member, "node_modules"));
    }
  }

  /** Leaves all other environments away: what a test is about takes less time with few of them. */
  reduceTo(...environments: readonly string[]): void {
    this.change(
      "environments/load.ts",
      /(definitions: readonly EnvironmentDefinition\[\] = )\[[^\]]*\]/,
      (_, head) => `${head}[${environments.join(", ")}]`,
    );
    this.change("environments/delivery.ts", /\n\s*\{ environment: "(\w+)", mode: "\w+" \},/g, (line, name) =>
      environments.includes(name) ? line : "",
    );
  }

  private change(file: string, pattern: RegExp, change: (found: string, group: string) => string): void {
    const path = join(this.root, file);
    const text = readFileSync(path, "utf8");
    if (text.search(pattern) < 0) {
      throw new Error(`${file} has nothing like ${pattern}`);
    }
    writeFileSync(path, text.replace(pattern, change));
  }

  /** Runs `groundwork` to its end. */
  async run(...args: string[]): Promise<Ended> {
    const { ended } = this.start(...args);
    return ended;
  }

  /** Runs `groundwork … --json` and reads its answer. */
  async ask<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.run(...args, "--json");
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new Error(`groundwork ${args.join(" ")} ended with ${code} and no JSON: ${stdout}${stderr}`);
    }
  }

  /** Starts `groundwork`, to be watched or disturbed. */
  start(...args: string[]): {
    child: ChildProcess;
    ended: Promise<Ended>;
    said: (text: string) => Promise<void>;
  } {
    const child = spawn(process.execPath, ["pipeline/bin/groundwork.mjs", ...args], {
      cwd: this.root,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
    const ended = new Promise<Ended>((resolve) => {
      child.once("close", (code) => resolve({ code, stdout, stderr }));
    });
    const said = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (stderr.includes(text)) resolve();
        };
        child.stderr.on("data", look);
        child.once("close", () => reject(new Error(`it ended without "${text}": ${stderr}`)));
        look();
      });
    return { child, ended, said };
  }

  /** Edits a file as a user would; the text must be there. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.root, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  }

  /**
   * Gives a field in which an environment differs from production a value, as code, whatever it has now.
   *
   * @param field `atlas.tier`
   */
  differ(environment: string, field: string, value: string): void {
    const pattern = new RegExp(`(difference\\(\\s*"${field.replaceAll(".", "\\.")}",\\s*)[^,]+,`);
    const path = join(this.root, "environments", `${environment}.ts`);
    const text = readFileSync(path, "utf8");
    if (!pattern.test(text)) throw new Error(`${environment} doesn't differ in ${field}`);
    writeFileSync(
      path,
      text.replace(pattern, (_, start: string) => `${start}${value},`),
    );
  }

  async remove(): Promise<void> {
    await this.run("sandbox", "stop", "--force");
    rmSync(this.root, { recursive: true, force: true });
  }
}
