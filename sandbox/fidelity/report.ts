import { KINDS } from "./corpus";
import { type Judged, type Score, scoreOf } from "./run";

const percent = ({ passed, all }: Score): string =>
  all === 0 ? "" : `${(Math.floor((passed / all) * 10_000) / 100).toFixed(2)} %`;
const counts = ({ passed, all }: Score): string => (all === 0 ? "" : `${passed}/${all}`);

/** A line per resource type, the total last. */
export function printTable(judged: readonly Judged[], seconds: number): void {
  const types = new Map<string, Judged[]>();
  for (const one of judged) {
    const known = types.get(one.type);
    if (known) known.push(one);
    else types.set(one.type, [one]);
  }
  const lines = [["type", ...KINDS, "all", ""]];
  for (const [type, cases] of types) lines.push([type, ...scores(cases)]);
  lines.push(["total", ...scores(judged)]);
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(cells.join("  ").trimEnd());
  }
  console.log(`${judged.length} cases in ${seconds.toFixed(1)} s`);
}

function scores(judged: readonly Judged[]): string[] {
  const total = scoreOf(judged);
  return [...KINDS.map((kind) => counts(scoreOf(judged, kind))), counts(total), percent(total)];
}

/** What differs, case by case. */
export function printDetails(judged: readonly Judged[]): void {
  for (const { type, case: one, differences } of judged) {
    if (differences.length === 0) continue;
    const change = one.op ? ` (${one.op} ${one.path}, from ${one.base})` : "";
    console.log(`\n${type} ${one.id}${change}`);
    for (const difference of differences) console.log(`  ${difference}`);
  }
}

export function printJson(judged: readonly Judged[], seconds: number): void {
  const failed = judged
    .filter(({ differences }) => differences.length > 0)
    .map(({ type, case: one, differences }) => ({ type, id: one.id, kind: one.kind, differences }));
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, scoreOf(judged, kind)]));
  console.log(JSON.stringify({ total: scoreOf(judged), kinds, seconds, failed }, null, 2));
}
