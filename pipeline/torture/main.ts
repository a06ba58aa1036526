import { torture } from "./trials";

/** `npm run torture:pipeline [-- --trials N --seed S]` */
export async function main(args: string[], bundles: { daemon: string; command: string }): Promise<void> {
  const trials = numberOption(args, "--trials") ?? 100;
  const seed = numberOption(args, "--seed") ?? Date.now() % 1_000_000;
  if (Number.isNaN(trials + seed)) {
    console.error("usage: npm run torture:pipeline -- [--trials NUMBER] [--seed NUMBER]");
    process.exitCode = 2;
    return;
  }
  console.log(`${trials} trials, seed ${seed}`);
  const startedAt = Date.now();
  try {
    await torture({ ...bundles, trials, seed, report: (line) => console.log(line) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`Again: npm run torture:pipeline -- --trials ${trials} --seed ${seed}`);
    process.exitCode = 1;
    return;
  }
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  console.log(
    `${trials} trials in ${seconds} s: all converged, no gap in the history, nothing applied twice`,
  );
}

/** @returns NaN for what is no whole number */
function numberOption(args: string[], name: string): number | undefined {
  const place = args.indexOf(name);
  if (place < 0) return undefined;
  return /^\d{1,9}$/.test(args[place + 1] ?? "") ? Number(args[place + 1]) : Number.NaN;
}
