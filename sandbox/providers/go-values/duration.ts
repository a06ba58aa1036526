/** Nanoseconds in the units of a length of time as the Go language writes it: `90s`, `1h30m`, `-1.5h`, `0`. */
const UNITS: { [unit: string]: number } = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const WHOLE = /^([+-]?)(?:0|((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+))$/;
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** Nanoseconds; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = WHOLE.exec(text);
  if (!match) return undefined;
  let total = 0;
  for (const [, amount, unit] of (match[2] ?? "").matchAll(PART)) {
    total += Number(amount) * (UNITS[unit as string] as number);
  }
  return match[1] === "-" ? -total : total;
}
