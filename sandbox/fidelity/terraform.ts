import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Output of one run of Terraform. */
export interface TerraformRun {
  status: number;
  stdout: string;
  stderr: string;
}

/** A folder in which Terraform is run, again and again with other modules. */
export class TerraformFolder {
  constructor(
    readonly folder: string,
    readonly program: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Replaces what is in the folder. */
  async write(files: ReadonlyMap<string, string>): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    for (const [name, text] of files) await writeFile(join(this.folder, name), text);
  }

  run(...args: string[]): Promise<TerraformRun> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, args, {
        cwd: this.folder,
        env: this.environment,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.on("error", reject);
      child.on("close", (status) =>
        resolve({
          status: status ?? -1,
          stdout: Buffer.concat(stdout).toString("utf8"),
          stderr: Buffer.concat(stderr).toString("utf8"),
        }),
      );
    });
  }
}
