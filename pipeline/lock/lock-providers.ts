import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Interruption } from "../interruption";
import { RunFailed } from "../run-failed";
import { runChild } from "../terraform/child";
import { terraformEnvironment } from "../terraform/environment";
import { readPlainDiagnostics } from "../terraform/messages";
import type { TerraformBinary } from "../terraform/terraform";
import { lockFileName } from "./lock-file";

export interface LockProvidersOptions {
  binary: TerraformBinary;
  interruption: Interruption;
  env: NodeJS.ProcessEnv;
  /** Exact version by full address. */
  providers: Readonly<Record<string, string>>;
  /** As Terraform names them. */
  platforms: readonly string[];
  /** Folder or HTTPS address that providers come from. @default - the registry */
  mirror?: string;
}

/**
 * Has Terraform write a lock file: it fetches every provider for every platform, checks its signature where it comes
 * from the registry, and computes the checksums.
 *
 * @returns the file's text
 * @throws RunFailed when a provider can't be had
 */
export async function lockProviders(options: LockProvidersOptions): Promise<string> {
  const { binary, interruption, env, providers, platforms, mirror } = options;
  const folder = mkdtempSync(join(tmpdir(), "groundwork-lock-"));
  try {
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(requirements(providers)));
    const from =
      mirror === undefined
        ? []
        : [mirror.startsWith("https://") ? `-net-mirror=${mirror}` : `-fs-mirror=${mirror}`];
    const args = ["providers", "lock", ...from, ...platforms.map((platform) => `-platform=${platform}`)];
    const { code, stdout, stderr } = await runChild(binary.path, args, {
      cwd: folder,
      env: { ...terraformEnvironment(env, {}), TF_DATA_DIR: join(folder, "data"), NO_COLOR: "1" },
      interruption,
    });
    if (code !== 0) throw new RunFailed(reason(binary, `${stdout}\n${stderr}`));
    return readFileSync(join(folder, lockFileName), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function requirements(providers: Readonly<Record<string, string>>) {
  const entries = Object.entries(providers).map(([source, version], index) => [
    // Local names mean nothing here, and two providers of one name are no trouble.
    `provider${index}`,
    { source, version },
  ]);
  return { terraform: { required_providers: Object.fromEntries(entries) } };
}

function reason({ product }: TerraformBinary, output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Terraform colours what it says here
  const errors = readPlainDiagnostics(output.replace(/\u001b\[[\d;]*m/g, ""));
  const lines = errors.map(({ summary, detail }) => `${summary}: ${detail.replace(/\s+/g, " ")}`);
  return [`${product} can't lock the providers.`, ...lines].join("\n");
}
