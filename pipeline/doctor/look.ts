import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { sandboxStatus } from "@groundwork/sandbox/process/client";
import type { SandboxStatus } from "@groundwork/sandbox/process/contract";
import { isInstalled } from "../../bootstrap/install.mjs";
import { findTerraform, UnusableTerraform } from "../../bootstrap/terraform/find.mjs";
import { lockHolder } from "../commands/lock-advice";
import { ageText } from "../console/seconds";
import { countText } from "../console/words";
import { readStackList, type Stack } from "../synthesis/stack-list";
import { synthesisFolder } from "../synthesis/synthesize";
import type { MachineFacts } from "./checks";

/** Looks at the machine; changes nothing that stays. */
export async function lookAtMachine(root: string, env: NodeJS.ProcessEnv): Promise<MachineFacts> {
  const [terraform, git, sandbox] = await Promise.all([
    lookForTerraform(root, env),
    versionOf("git"),
    sandboxStatus({ root }),
  ]);
  const { bavail, bsize } = statfsSync(root);
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    packageManager: string;
  };
  return {
    platform: process.platform,
    nodeVersion: process.versions.node,
    nodeAbi: process.versions.modules,
    terraform,
    git,
    packageManager,
    packagesInstalled: isInstalled(root),
    writable: tryToWrite(root),
    freeBytes: bavail * bsize,
    sandbox: sandboxText(sandbox),
    locks: locksOf(sandbox, stacksOf(root)),
    cdktfAbis: cdktfAbis(root),
  };
}

async function lookForTerraform(root: string, env: NodeJS.ProcessEnv): Promise<MachineFacts["terraform"]> {
  try {
    const { found, rejected } = await findTerraform({ root, env });
    return found ?? { problem: rejected[0]?.why ?? "none on the PATH" };
  } catch (error) {
    if (error instanceof UnusableTerraform) return { problem: error.message };
    throw error;
  }
}

function versionOf(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, ["--version"], { timeout: 10_000 }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim().split("\n")[0]);
    });
  });
}

function tryToWrite(root: string): true | string {
  try {
    const folder = join(root, ".groundwork");
    mkdirSync(folder, { recursive: true });
    rmSync(mkdtempSync(join(folder, "doctor-")), { recursive: true });
    return true;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function sandboxText({ running, pid, startedAt, leases = 0, states = [] }: SandboxStatus): string {
  if (!running) return "not running; commands start it";
  const age = startedAt ? `, for ${ageText(Date.now() - Date.parse(startedAt))}` : "";
  return `running (process ${pid}${age}), ${countText(leases, "command")} using it, ${countText(states.length, "state")}`;
}

/** Named by their stacks, where synthesis tells them. */
function locksOf({ states = [] }: SandboxStatus, stacks: readonly Stack[]): string[] {
  return states.flatMap(({ bucket, name, lock }) => {
    if (!lock) return [];
    const { id, who, operation, createdAt } = lock;
    const info = {
      id,
      created: new Date(createdAt),
      ...(who === undefined ? {} : { who }),
      ...(operation === undefined ? {} : { operation }),
    };
    const state = `gs://${bucket}/${name}`;
    const stack = stacks.find((one) => state === `${one.state}/default.tfstate`);
    return [`${stack?.name ?? state}, ${lockHolder(info, new Date())}`];
  });
}

function stacksOf(root: string): Stack[] {
  const folder = join(root, synthesisFolder);
  return existsSync(join(folder, "groundwork.json")) ? readStackList(folder) : [];
}

/** Files like `linux-x64/node.abi115.node`. */
function cdktfAbis(root: string): string[] {
  const folder = join(root, "node_modules", "@cdktf", "node-pty-prebuilt-multiarch", "prebuilds");
  const own = join(folder, `${process.platform}-${process.arch}`);
  if (!existsSync(own)) return [];
  return readdirSync(own).flatMap((name) => /abi(\d+)/.exec(name)?.[1] ?? []);
}
