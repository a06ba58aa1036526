import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Step } from "../../workflow-files";
import { type Context, interpolate, textOf } from "./expression";

/** Where the steps of a job work. */
export interface Workplace {
  /** The checkout. */
  root: string;
  /** Artifacts of this run of the workflow, a folder each. */
  artifacts: string;
  /** Checks a commit out, as the action does. */
  checkout: (commit: string) => void;
  /** Commit that is checked out when a step names none. */
  commit: string;
  /** For every command: what GitHub's runner says, and what stands in for the cloud. */
  env: NodeJS.ProcessEnv;
}

/** What a step left behind. */
export interface StepEnd {
  ok: boolean;
  outputs: { [name: string]: string };
  /** Everything it said, and what it wrote into the run's summary. */
  said: string;
}

/** Actions that find their work done: the packages are there, and nobody signs in to a sandbox. */
const done = ["./.github/actions/setup", "google-github-actions/auth"];

/** One step of a job: its own line in Bash, or what the action in its place does. */
export async function runStep(
  step: Step,
  context: Context,
  place: Workplace,
  env: NodeJS.ProcessEnv,
): Promise<StepEnd> {
  const own = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, text]) => [name, textOf(interpolate(String(text), context))]),
  );
  if (step.run !== undefined) return runLine(step.run, { ...env, ...own }, place);
  const inputs = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([name, text]) => [name, textOf(interpolate(String(text), context))]),
  );
  return { ...runAction(step.uses?.split("@")[0] ?? "", inputs, place), outputs: {} };
}

function runAction(
  action: string,
  inputs: { [name: string]: string },
  { root, artifacts, checkout, commit }: Workplace,
): Omit<StepEnd, "outputs"> {
  const { ref, name = "", path = ".", pattern } = inputs;
  switch (action) {
    case "actions/checkout":
      checkout(ref || commit);
      return { ok: true, said: "" };
    case "actions/upload-artifact": {
      const from = join(root, path);
      if (!existsSync(from)) {
        return { ok: inputs["if-no-files-found"] !== "error", said: `nothing to upload in ${path}` };
      }
      cpSync(from, join(artifacts, name), { recursive: true });
      return { ok: true, said: "" };
    }
    case "actions/download-artifact": {
      const all = readdirSync(artifacts);
      if (pattern === undefined) {
        if (!all.includes(name)) return { ok: false, said: `there is no artifact ${name}` };
        cpSync(join(artifacts, name), join(root, path), { recursive: true });
        return { ok: true, said: "" };
      }
      // No artifact that fits is no mistake, and leaves no folder.
      for (const one of all.filter((each) => each.startsWith(pattern.replace(/\*$/, "")))) {
        cpSync(join(artifacts, one), join(root, path, one), { recursive: true });
      }
      return { ok: true, said: "" };
    }
    default:
      if (!done.includes(action)) throw new Error(`nothing here does what ${action} does`);
      return { ok: true, said: "" };
  }
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
async function runLine(line: string, env: NodeJS.ProcessEnv, { root }: Workplace): Promise<StepEnd> {
  const folder = mkdtempSync(join(tmpdir(), "step-"));
  const [outputs, summary] = [join(folder, "outputs"), join(folder, "summary")];
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", line], {
    cwd: root,
    env: { ...env, GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const found = Object.fromEntries(
    read(outputs)
      .split("\n")
      .filter((one) => one.includes("="))
      .map((one): [string, string] => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
  );
  said += read(summary);
  rmSync(folder, { recursive: true });
  return { ok: code === 0, outputs: found, said };
}
