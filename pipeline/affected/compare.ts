/** What synthesis made, as far as it decides what Terraform does. */
export interface Synthesized {
  /** Files by path, for every stack by name. */
  stacks: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Names of stacks, by what became of them between two syntheses. */
export interface Comparison {
  /** In both, and not the same. */
  changed: string[];
  /** Not in the base. */
  added: string[];
  /** No longer there. */
  removed: string[];
  /** The same in every byte: their plans can only tell of drift. */
  same: string[];
}

/** Compares what two versions of the code synthesize. What differs is planned, whatever file it comes from. */
export function compareSyntheses(base: Synthesized, head: Synthesized): Comparison {
  const comparison: Comparison = { changed: [], added: [], removed: [], same: [] };
  for (const [name, files] of head.stacks) {
    const before = base.stacks.get(name);
    if (before === undefined) comparison.added.push(name);
    else comparison[isSame(before, files) ? "same" : "changed"].push(name);
  }
  comparison.removed = [...base.stacks.keys()].filter((name) => !head.stacks.has(name));
  return comparison;
}

function isSame(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  return before.size === after.size && [...after].every(([path, content]) => before.get(path) === content);
}
