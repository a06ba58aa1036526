import assert from "node:assert/strict";
import { History } from "../../pipeline/history/history";
import type { Began, Ended } from "../../pipeline/history/record";
import { type Day, type Deployment, failures } from "./day";

/** An apply as the history has it. */
export interface AppliedStack {
  began: Began;
  /** Undefined while it has not ended. */
  ended: Ended | undefined;
}

/** Every apply of an environment, in the order in which they began. */
export async function appliesOf(day: Day, environment: string): Promise<AppliedStack[]> {
  const { records, flaws } = await new History(environment, day.bucket(environment)).read();
  assert.deepEqual(flaws, [], `flaws in the history of ${environment}`);
  const events = records.map(({ number, event }) => ({ number, event }));
  return events.flatMap(({ number, event: began }) => {
    if (began.kind !== "began") return [];
    const ends = events.flatMap(({ event }) =>
      event.kind === "ended" && event.began === number ? [event] : [],
    );
    assert.ok(ends.length <= 1, `record ${number} of ${environment} ended ${ends.length} times`);
    return [{ began, ended: ends[0] }];
  });
}

/** What a commit did to an environment: `dev-data: applied`, in the order in which stacks began. */
export async function outcomesOf(day: Day, { commit }: Pick<Deployment, "commit">, environment: string) {
  const all = await appliesOf(day, environment);
  return all
    .filter(({ began }) => began.commit === commit)
    .map(({ began, ended }) => `${began.stack}: ${ended?.result ?? "no end"}`);
}

/**
 * A deployment that went through, and made exactly these stacks, each once.
 *
 * @returns that in words
 */
export async function appliedAll(
  day: Day,
  deployment: Deployment,
  stacks: { [environment: string]: readonly string[] },
): Promise<string> {
  assert.deepEqual(deployment.run.failed, [], failures(deployment.run));
  const told: string[] = [];
  for (const [environment, expected] of Object.entries(stacks)) {
    const found = await outcomesOf(day, deployment, environment);
    assert.deepEqual(
      [...found].sort(),
      expected.map((stack) => `${stack}: applied`).sort(),
      `what was applied to ${environment}`,
    );
    if (expected.length > 0) told.push(expected.join(", "));
  }
  return `applied ${told.join(", ")}`;
}
