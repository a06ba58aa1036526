import assert from "node:assert/strict";
import { appliedAll, outcomesOf } from "../applied";
import { type Day, saidBy } from "../day";
import { setInDev } from "../edits";
import type { Scenario } from "../scenario";
import { reviewAgain } from "./conflicts";

export const movedState: Scenario = {
  title: "The state moves between plan and apply",
  expected: "an equal digest goes on; another one stops, says what differs, and asks for a review",
  async play(day) {
    const same = await day.open("connector-4", "One more instance of the connector", () =>
      setInDev(day, "network.connectorMax", "4"),
    );
    // Somebody tries something, and puts it back.
    await applyByHand(day, "5");
    await applyByHand(day);
    const first = await day.merge(same);
    await appliedAll(day, first, { dev: ["dev-network"] });
    assert.match(saidBy(first.run, "dev"), /planned again/i);

    const other = await day.open("connector-7", "And some more", () =>
      setInDev(day, "network.connectorMax", "7"),
    );
    await applyByHand(day, "5");
    const second = await day.merge(other);
    assert.deepEqual(second.run.failed, ["dev"]);
    assert.match(saidBy(second.run, "dev"), /max_instances: reviewed 4 → 7, now 5 → 7/);
    assert.deepEqual(await outcomesOf(day, second, "dev"), []);
    await reviewAgain(day, second, "dev-network");
    await appliedAll(day, second, { dev: ["dev-network"] });
    return "planned again and applied; stopped at 4 → 7 that had become 5 → 7, reviewed again, applied";
  },
};

/** Past every review: what main says, or something else. */
async function applyByHand(day: Day, connectorMax?: string): Promise<void> {
  day.repository.checkout(day.repository.main);
  if (connectorMax !== undefined) setInDev(day, "network.connectorMax", connectorMax);
  await day.command("up", "dev-network");
}
