import { nextSteps, type Ordered, type StepState, wavesOf } from "./order";

export interface RunOptions<T extends Ordered> {
  /** How many run at once. */
  atOnce: number;
  /** Does one; false when it failed. A rejection stops the whole run. */
  run: (item: T) => Promise<boolean>;
  /** Hears of what never starts because something before it failed. */
  onBlocked?: (item: T, by: string) => void;
  /** Once aborted, nothing new starts. */
  stop: AbortSignal;
}

/**
 * Runs everything as soon as what it waits for is done.
 *
 * @returns how each ended; `waiting` when the run was stopped before it started
 */
export async function runInOrder<T extends Ordered>(
  items: readonly T[],
  { atOnce, run, onBlocked, stop }: RunOptions<T>,
): Promise<Map<string, StepState>> {
  wavesOf(items);
  const byName = new Map(items.map((item) => [item.name, item]));
  const states = new Map<string, StepState>(items.map(({ name }) => [name, "waiting"]));
  const running = new Map<string, Promise<void>>();
  for (;;) {
    for (let decided = false; !decided; ) {
      const { start, block } = nextSteps(items, states);
      for (const { name, by } of block) {
        states.set(name, "blocked");
        const item = byName.get(name);
        if (item) onBlocked?.(item, by);
      }
      decided = block.length === 0;
      if (!decided) continue;
      for (const name of stop.aborted ? [] : start.slice(0, atOnce - running.size)) {
        const item = byName.get(name);
        if (!item) continue;
        states.set(name, "running");
        const work = run(item).then((succeeded) => {
          states.set(name, succeeded ? "done" : "failed");
          running.delete(name);
        });
        running.set(name, work);
      }
    }
    if (running.size === 0) return states;
    try {
      await Promise.race(running.values());
    } catch (error) {
      await Promise.allSettled(running.values());
      throw error;
    }
  }
}
