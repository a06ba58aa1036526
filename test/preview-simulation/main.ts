import { simulatePreviews } from "./simulation";

/** `npm run torture:previews [-- --rounds N --seed S]` */
export async function main(args: string[]): Promise<void> {
  const rounds = numberOption(args, "--rounds") ?? 50;
  const seed = numberOption(args, "--seed") ?? Date.now() % 1_000_000;
  if (Number.isNaN(rounds + seed)) {
    console.error("usage: npm run torture:previews -- [--rounds NUMBER] [--seed NUMBER]");
    process.exitCode = 2;
    return;
  }
  console.log(`${rounds} rounds, seed ${seed}`);
  const startedAt = Date.now();
  try {
    await simulatePreviews({ rounds, seed, report: (line) => console.log(line) });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`Again: npm run torture:previews -- --rounds ${rounds} --seed ${seed}`);
    process.exitCode = 1;
    return;
  }
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  console.log(`${rounds} rounds in ${seconds} s: exactly what lives was left, and nothing else was touched`);
}

/** @returns NaN for what is no whole number */
function numberOption(args: string[], name: string): number | undefined {
  const place = args.indexOf(name);
  if (place < 0) return undefined;
  return /^\d{1,9}$/.test(args[place + 1] ?? "") ? Number(args[place + 1]) : Number.NaN;
}
