// npm run bench [-- NAME…] [--rounds N] [--json]: ours and the alternative side by side, medians and ratios.
// Exit code 1 when a goal is missed, 2 for a wrong option. A new benchmark is a file beside this and an entry below.
import { parseArgs } from "node:util";
import { pullRequest } from "./pull-request.mjs";
import { report } from "./report.mjs";
import { sandbox } from "./sandbox.mjs";
import { synthesis } from "./synthesis.mjs";

/**
 * @typedef {{ what: string, ratio: number, goal?: number }} Ratio how many times better; at least the goal
 * @typedef {{ what: string, found: number, limit: number }} Limit a number that is at most the limit
 * @typedef {{ rows: import("./measure.mjs").Result[], ratios: Ratio[], limits?: Limit[] }} Outcome
 */
/** @type {Record<string, (options: { rounds: number }) => Promise<Outcome>>} */
const benchmarks = { synthesis, sandbox, "pull-request": pullRequest, report };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" }, json: { type: "boolean", default: false } },
});
const rounds = Number(values.rounds);
const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(
    unknown.length > 0
      ? `no benchmark ${unknown.join(", ")}; there are: ${Object.keys(benchmarks).join(", ")}`
      : `--rounds: found ${values.rounds}; expected a whole number of at least 1`,
  );
  process.exit(2);
}

/** @type {Record<string, Outcome>} */
const outcomes = {};
for (const name of names) {
  const outcome = await benchmarks[name]?.({ rounds });
  if (!outcome) continue;
  outcomes[name] = outcome;
  if (values.json) continue;
  console.log(`\n${name} (median of ${rounds})`);
  for (const row of outcome.rows) {
    console.log(
      `  ${row.name.padEnd(32)}${row.seconds.toFixed(2).padStart(8)} s${row.megabytes ? `${row.megabytes.toFixed(0).padStart(7)} MB` : ""}`,
    );
  }
  for (const { what, ratio, goal } of outcome.ratios) {
    console.log(
      `  ${ratio.toFixed(1)} ${what}${goal === undefined ? "" : ` (goal: ${goal}${ratio < goal ? ", MISSED" : ""})`}`,
    );
  }
  for (const { what, found, limit } of outcome.limits ?? []) {
    console.log(
      `  ${Number(found.toFixed(2))} ${what} (at most: ${limit}${found > limit ? ", MISSED" : ""})`,
    );
  }
}
if (values.json) console.log(JSON.stringify(outcomes, null, 2));
const missed = Object.values(outcomes).some(
  ({ ratios, limits = [] }) =>
    ratios.some(({ ratio, goal = 0 }) => ratio < goal) || limits.some(({ found, limit }) => found > limit),
);
process.exitCode = missed ? 1 : 0;
