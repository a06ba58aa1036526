import { torture } from "./trials";

/** `npm run torture [-- --trials N --seed S]` */
export async function main(args: string[], bundles: { daemon: string; command: string }): Promise<void> {
  const trials = numberOption(args, "--trials") ?? 200;
  const seed = numberOption(args, "--seed") ?? Date.now() % 1_000_000;
  if (Number.isNaN(trials + seed)) {
    console.error("usage: npm run torture -- [--trials NUMBER] [--seed NUMBER]");
    process.exitCode = 2;
    return;
  }
  console.log(`${trials} trials, seed ${seed}`);
  const started = Date.now();
  try {
    await torture({ ...bundles, trials, seed, report: (line) => console.log(line) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`Again: npm run torture -- --trials ${trials} --seed ${seed}`);
    process.exitCode = 1;
    return;
  }
  console.log(
    `${trials} trials in ${Math.round((Date.now() - started) / 1_000)} s: nothing lost, nothing doubled, no lock left`,
  );
}

/** @returns NaN for what is no whole number */
function numberOption(args: string[], name: string): number | undefined {
  const place = args.indexOf(name);
  if (place < 0) return undefined;
  return /^\d{1,9}$/.test(args[place + 1] ?? "") ? Number(args[place + 1]) : Number.NaN;
}
