/** Something that waits for others. */
export interface Ordered {
  name: string;
  /** Names that come first; those that are not part of the run are not waited for. */
  dependsOn: readonly string[];
}

export type StepState = "waiting" | "running" | "done" | "failed" | "blocked";

/** What can be decided now. */
export interface NextSteps {
  /** Everything before these is done. */
  start: string[];
  /** Something before these failed, so they never start. */
  block: { name: string; by: string }[];
}

/** Decides what starts and what can't any more; a failure blocks what follows it and nothing else. */
export function nextSteps(items: readonly Ordered[], states: ReadonlyMap<string, StepState>): NextSteps {
  const steps: NextSteps = { start: [], block: [] };
  for (const { name, dependsOn } of items) {
    if (states.get(name) !== "waiting") continue;
    const before = dependsOn.filter((dependency) => states.has(dependency));
    const failed = before.find((dependency) => ["failed", "blocked"].includes(states.get(dependency) ?? ""));
    if (failed !== undefined) steps.block.push({ name, by: failed });
    else if (before.every((dependency) => states.get(dependency) === "done")) steps.start.push(name);
  }
  return steps;
}

/**
 * The waves in which everything would run if all succeeded and every wave waited for the one before.
 *
 * @throws Error when things wait for each other
 */
export function wavesOf(items: readonly Ordered[]): string[][] {
  const states = new Map<string, StepState>(items.map(({ name }) => [name, "waiting"]));
  const waves: string[][] = [];
  for (;;) {
    const { start } = nextSteps(items, states);
    if (start.length === 0) break;
    for (const name of start) states.set(name, "done");
    waves.push(start);
  }
  const stuck = [...states].filter(([, state]) => state === "waiting").map(([name]) => name);
  if (stuck.length > 0) throw new Error(`These wait for each other: ${stuck.join(", ")}`);
  return waves;
}
