import { type Played, playDay, scenarios } from "./play-day";

/** `npm run day [-- --only 3,5]` */
export async function main(args: string[]): Promise<void> {
  const only = numbersIn(args);
  if (only === "wrong") {
    console.error(`usage: npm run day [-- --only NUMBER,…], from 1 to ${scenarios.length}`);
    process.exitCode = 2;
    return;
  }
  const startedAt = Date.now();
  const played = await playDay({ ...(only ? { only } : {}), report: (one) => console.log(linesOf(one)) });
  const failed = played.filter(({ ok }) => !ok).length;
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  console.log(
    `\n${failed === 0 ? "All ended as the rules say" : `${failed} did not end as the rules say`}; ${seconds} s.`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

function linesOf({ number, title, expected, happened, ok, seconds }: Played): string {
  const indent = " ".repeat(5);
  return [
    `${String(number).padStart(2)} ${ok ? "✓" : "✗"} ${title}  (${seconds} s)`,
    `${indent}expected: ${expected}`,
    `${indent}happened: ${happened.replaceAll("\n", `\n${indent}`)}`,
  ].join("\n");
}

function numbersIn(args: readonly string[]): number[] | "wrong" | undefined {
  const [option, list = ""] = args;
  if (option === undefined) return undefined;
  const numbers = list.split(",").map(Number);
  const known = numbers.every((one) => Number.isInteger(one) && one >= 1 && one <= scenarios.length);
  return option === "--only" && list !== "" && known ? numbers : "wrong";
}
