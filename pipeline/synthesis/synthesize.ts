import { join } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";
import { z } from "zod";
import type { Interruption } from "../interruption";
import { runChild } from "../terraform/child";
import { readStackList, type Stack } from "./stack-list";

/** The folder that holds what is synthesized, in the repository. */
export const synthesisFolder = "cdktf.out";

const refusal = z.object({
  headline: z.string(),
  problems: z.array(z.object({ field: z.string(), found: z.string(), expected: z.string() })),
});

/**
 * Synthesizes every stack into `cdktf.out`, in a process of its own: the app is the user's code. Synthesis moves whole
 * files into place, and only those that changed, so commands at once never see half a file.
 *
 * @throws UserError when a value of an environment is wrong
 * @throws Error with the app's own stack trace when the app failed otherwise
 */
export function synthesize(root: string, interruption: Interruption): Promise<Stack[]> {
  return synthesizeInto(root, join(root, synthesisFolder), interruption);
}

/**
 * As `synthesize`, into another folder.
 *
 * @param root a checkout of the repository
 */
export async function synthesizeInto(
  root: string,
  outputFolder: string,
  interruption: Interruption,
): Promise<Stack[]> {
  await runApp(root, ["synth.mjs", "--json"], { CDKTF_OUTDIR: outputFolder }, interruption);
  return readStackList(outputFolder);
}

/**
 * Runs a program of `bootstrap/` that runs the user's stacks.
 *
 * @returns what it printed
 * @throws UserError when a value of an environment is wrong
 * @throws Error with the app's own stack trace when the app failed otherwise
 */
export async function runApp(
  root: string,
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  interruption: Interruption,
): Promise<string> {
  const app = await runChild(process.execPath, [join(root, "bootstrap", program), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    interruption,
  });
  if (app.code === 2) {
    const { headline, problems } = readRefusal(app.stderr);
    throw new UserError(headline, problems);
  }
  if (app.code !== 0 && !interruption.stop.aborted) {
    const error = new Error(`${program} ended with ${app.code ?? "a signal"}.`);
    error.stack = `${error.message}\n${(app.stderr + app.stdout).trim()}`;
    throw error;
  }
  return app.stdout;
}

function readRefusal(text: string): { headline: string; problems: Problem[] } {
  for (const line of text.split("\n").reverse()) {
    if (!line.startsWith("{")) continue;
    const parsed = refusal.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
  }
  return { headline: text.trim(), problems: [] };
}
