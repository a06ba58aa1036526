import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { countText } from "../console/words";
import { lockFileName, lockProblems, platformName, readLockFile, withHeading } from "../lock/lock-file";
import { lockProviders } from "../lock/lock-providers";
import type { Stack } from "../synthesis/stack-list";
import { synthesize } from "../synthesis/synthesize";
import { type CommandContext, terraformBinary } from "./session";

export interface LockOptions {
  /** @default - those of the lock file that is there, and this machine's */
  platform?: string[];
  /** Folder or address that providers come from. @default - the registry */
  mirror?: string;
  /** Write nothing. */
  check?: boolean;
}

/** `groundwork lock`: the checksums of every provider of every stack, for the platforms in use, in one committed file. */
export async function lockCommand(context: CommandContext, options: LockOptions): Promise<number> {
  const { root, console, interruption, env } = context;
  const providers = providersOf(await synthesize(root, interruption));
  const file = join(root, lockFileName);
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (options.check) {
    const problems = before === "" ? ["there is none"] : lockProblems(readLockFile(before), providers);
    console.printJson({ file, fits: problems.length === 0, problems });
    console.print(
      problems.length === 0
        ? `${lockFileName} fits the code.`
        : [
            `${lockFileName} doesn't fit the code: run groundwork lock.`,
            ...problems.map((one) => `  ${one}`),
          ].join("\n"),
    );
    return problems.length === 0 ? 0 : 1;
  }
  const platforms = platformsOf(options.platform, readLockFile(before).platforms);
  const binary = await terraformBinary(context);
  const mirror = options.mirror?.startsWith("https://")
    ? options.mirror
    : options.mirror && resolve(root, options.mirror);
  const { progress } = console;
  progress.start("Providers", `checksums for ${platforms.join(", ")}`);
  let text: string;
  try {
    const from = mirror === undefined ? {} : { mirror };
    text = withHeading(
      await lockProviders({ binary, interruption, env, providers, platforms, ...from }),
      platforms,
    );
  } catch (error) {
    progress.clear();
    throw error;
  }
  progress.finish("Providers", "done", countText(Object.keys(providers).length, "provider"));
  const changed = text !== before;
  if (changed) {
    writeFileSync(`${file}.${process.pid}.tmp`, text);
    renameSync(`${file}.${process.pid}.tmp`, file);
    // Each stack's own lock file follows.
    await synthesize(root, interruption);
  }
  console.printJson({ file, changed, platforms, providers });
  console.print(changed ? `Wrote ${lockFileName}; commit it.` : `${lockFileName} is as it should be.`);
  return 0;
}

/** Of all stacks together: every stack of a provider asks for the same version. */
function providersOf(stacks: readonly Stack[]): Record<string, string> {
  const all = stacks.flatMap(({ providers }) => Object.entries(providers));
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @throws UserError for what can't be a platform */
function platformsOf(asked: readonly string[] | undefined, locked: readonly string[]): string[] {
  const platforms = asked ?? [...locked, platformName(process.platform, process.arch)];
  const wrong = platforms.filter((platform) => !/^[a-z0-9]+_[a-z0-9]+$/.test(platform));
  if (wrong.length > 0) {
    throw new UserError(
      "That is no platform.",
      wrong.map((found) => ({
        field: "--platform",
        found,
        expected: "SYSTEM_PROCESSOR, such as linux_amd64",
      })),
    );
  }
  return [...new Set(platforms)].sort();
}
