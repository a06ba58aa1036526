import type { AttributeChange, ShownValue } from "../plan/attribute-changes";

/** Beyond so many comparisons the middle is told as replaced as a whole. */
const mostComparisons = 1_000_000;

/** What changes between two texts, line by line; a line that comes or goes stands at its place in the text that has it. */
export function lineChanges(before: string, after: string): AttributeChange[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const kept = left.length * right.length > mostComparisons ? [] : commonLines(left, right);
  const changes: AttributeChange[] = [];
  let [i, j] = [0, 0];
  for (const [ki, kj] of [...kept, [left.length, right.length] as const]) {
    for (let k = 0; k < Math.max(ki - i, kj - j); k++) {
      const [goes, comes] = [i + k < ki, j + k < kj];
      changes.push({
        path: `line ${start + (comes ? j : i) + k + 1}`,
        before: goes ? side(left[i + k]) : { is: "absent" },
        after: comes ? side(right[j + k]) : { is: "absent" },
        forcesReplacement: false,
      });
    }
    [i, j] = [ki + 1, kj + 1];
  }
  return changes;
}

function side(line: string | undefined): ShownValue {
  return line === undefined ? { is: "absent" } : { is: "value", value: line };
}

/** Positions of a longest common subsequence. */
function commonLines(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) common.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return common;
}
