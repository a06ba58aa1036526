import { torture } from "./trials";

/** `npm run torture [-- --trials N --seed S]` */
export async function main(args: string[], bundles: { daemon: string; command: string }): Promise<void> {
  const trials = numberOption(args, "--trials", 200);
  const seed = numberOption(args, "--seed", Date.now() % 1_000_000);
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

function numberOption(args: string[], name: string, otherwise: number): number {
  const place = args.indexOf(name);
  if (place < 0) return otherwise;
  const value = Number(args[place + 1]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} needs a whole number`);
  return value;
}
