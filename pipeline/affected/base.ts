import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isUserError, UserError } from "@groundwork/user-error";
import type { Interruption } from "../interruption";
import { RunFailed } from "../run-failed";
import { readStackList, type Stack } from "../synthesis/stack-list";
import { synthesizeInto } from "../synthesis/synthesize";
import { runChild } from "../terraform/child";

/** What the code is compared with. */
export interface Base {
  /** As the user said it, and the commit where it is one: `origin/main (1a2b3c4)`. */
  name: string;
  /** Where it was synthesized. */
  folder: string;
  stacks: Stack[];
}

/** Syntheses of bases are kept: the same commit always makes the same. */
const basesKept = 5;

/**
 * Synthesizes another version of the code, by that version's own files and this one's packages.
 *
 * @param since a git ref, or the folder of something synthesized (with `groundwork.json`). What was before the first
 *   commit (`HEAD^` of it, or the zeros that git and GitHub write for a branch that wasn't there) has no stacks.
 * @param field the option that says it
 * @throws UserError when it is neither
 * @throws RunFailed when that version can't be synthesized
 */
export async function synthesizeBase(
  root: string,
  since: string,
  interruption: Interruption,
  field = "--changed-since",
): Promise<Base> {
  const folder = resolve(root, since);
  if (existsSync(join(folder, "groundwork.json")))
    return { name: since, folder, stacks: readStackList(folder) };
  const parent = join(root, ".groundwork", "bases");
  const commit = await commitOf(root, since, interruption, field);
  if (commit === beforeTheFirst) return { name: "nothing", folder: emptySynthesis(parent), stacks: [] };
  const name = commit.startsWith(since) ? commit.slice(0, 10) : `${since} (${commit.slice(0, 10)})`;
  const kept = join(parent, fingerprint(root, commit));
  if (existsSync(join(kept, "groundwork.json"))) {
    utimesSync(kept, new Date(), new Date());
    return { name, folder: kept, stacks: readStackList(kept) };
  }
  const checkout = mkdtempSync(join(tmpdir(), "groundwork-base-"));
  const draft = join(checkout, "cdktf.out");
  try {
    await checkOut(root, commit, checkout, interruption);
    await synthesizeInto(checkout, draft, interruption);
    mkdirSync(parent, { recursive: true });
    publish(draft, kept);
    removeOldest(parent);
  } catch (error) {
    if (!isUserError(error)) throw error;
    throw new RunFailed(`${name}, which the code is compared with, can't be synthesized:\n${error.message}`);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
  return { name, folder: kept, stacks: readStackList(kept) };
}

/** In place of a commit: nothing was there. */
const beforeTheFirst = "before the first commit";

/** @throws UserError when git knows no such commit */
async function commitOf(
  root: string,
  ref: string,
  interruption: Interruption,
  field: string,
): Promise<string> {
  if (/^(0{40}|0{64})$/.test(ref)) return beforeTheFirst;
  const resolve = (name: string) =>
    git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`], interruption);
  const { code, stdout } = await resolve(ref);
  if (code === 0) return stdout.trim();
  const [, child] = /^(.+?)(?:\^|~)1?$/.exec(ref) ?? [];
  if (child !== undefined && (await resolve(child)).code === 0 && (await isWhole(root, interruption))) {
    return beforeTheFirst;
  }
  throw new UserError("There is nothing to compare with.", [
    {
      field,
      found: ref,
      expected: `a branch, tag or commit that git has here (a shallow clone needs "git fetch origin ${ref}"), or a folder with groundwork.json`,
    },
  ]);
}

/** Whether git has all that came before; otherwise any commit can look like the first. */
async function isWhole(root: string, interruption: Interruption): Promise<boolean> {
  const { stdout } = await git(root, ["rev-parse", "--is-shallow-repository"], interruption);
  return stdout.trim() === "false";
}

function emptySynthesis(parent: string): string {
  const folder = join(parent, "nothing");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "groundwork.json"), JSON.stringify({ version: 1, stacks: [] }));
  return folder;
}

/** The files of a commit, without touching the work tree or git's list of work trees. */
async function checkOut(
  root: string,
  commit: string,
  folder: string,
  interruption: Interruption,
): Promise<void> {
  const archive = join(folder, "base.tar");
  const archived = await git(root, ["archive", "--format=tar", `--output=${archive}`, commit], interruption);
  if (archived.code !== 0) throw new RunFailed(`git archive ${commit}: ${archived.stderr.trim()}`);
  const options = { cwd: folder, env: process.env, interruption };
  const unpacked = await runChild("tar", ["-xf", archive], options);
  if (unpacked.code !== 0) throw new RunFailed(`tar -xf of ${commit}: ${unpacked.stderr.trim()}`);
  rmSync(archive);
  // The packages of now; those of a workspace's members too.
  for (const member of ["", ...readdirSync(folder)]) {
    const packages = join(root, member, "node_modules");
    if (!existsSync(packages) || !statSync(join(folder, member)).isDirectory()) continue;
    const link = join(folder, member, "node_modules");
    rmSync(link, { recursive: true, force: true });
    symlinkSync(packages, link);
  }
}

function git(root: string, args: readonly string[], interruption: Interruption) {
  return runChild("git", args, { cwd: root, env: process.env, interruption });
}

/** Another commit, other packages or another Node.js may synthesize something else. */
function fingerprint(root: string, commit: string): string {
  const lock = join(root, "pnpm-lock.yaml");
  const hash = createHash("sha256").update(`${commit} ${process.version} `);
  if (existsSync(lock)) hash.update(readFileSync(lock));
  return hash.digest("hex").slice(0, 20);
}

function publish(draft: string, kept: string): void {
  const temporary = `${kept}.${process.pid}.tmp`;
  cpSync(draft, temporary, { recursive: true });
  try {
    renameSync(temporary, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(temporary, { recursive: true, force: true });
  }
}

function removeOldest(parent: string): void {
  const bases = readdirSync(parent).map((name) => {
    const path = join(parent, name);
    return { path, usedAt: statSync(path).mtimeMs };
  });
  for (const { path } of bases.sort((a, b) => b.usedAt - a.usedAt).slice(basesKept)) {
    rmSync(path, { recursive: true, force: true });
  }
}
