import assert from "node:assert/strict";
import type { Began } from "../../pipeline/history/record";
import { appliesOf } from "./applied";
import type { Day } from "./day";
import type { Scenario } from "./scenario";
import { planted, secrets } from "./secrets";

/** What must hold over all of it, whatever happened during the day. */
export const audit: Scenario = {
  title: "The evening",
  expected: "applied = reviewed; no gap in a history; nothing left to apply; no secret anywhere",
  async play(day) {
    let applies = 0;
    const unreviewed: string[] = [];
    for (const environment of day.environments) {
      for (const { began, ended } of await appliesOf(day, environment)) {
        if (began.unreviewed) {
          unreviewed.push(began.stack);
          continue;
        }
        applies++;
        assert.ok(ended, `${began.stack} of ${began.commit} has no end`);
        assert.ok(
          isReviewed(day, began),
          `${began.stack} of ${began.commit}: nobody was shown ${began.digest}`,
        );
      }
    }
    day.repository.checkout(day.repository.main);
    const left = await day.command("plan", "--json", "--target", "sandbox");
    const { counts } = JSON.parse(left) as { counts: { [kind: string]: number } };
    assert.deepEqual(
      Object.entries(counts).filter(([, count]) => count > 0),
      [],
      "left to apply",
    );
    for (const text of [...day.said, ...day.shown.map(({ text }) => text)]) {
      for (const [name, secret] of Object.entries({ ...secrets, ...planted })) {
        assert.ok(!text.includes(secret), `${name} was told: ${text.slice(0, 200)}`);
      }
    }
    return `${applies} applies, all as reviewed; nothing left`;
  },
};

/** Whether the pull request that became this commit showed this plan of this stack, in its comment's table. */
function isReviewed({ deployments, shown }: Day, { commit, stack, digest }: Began): boolean {
  const pull = deployments.find((one) => one.commit === commit)?.pull.number;
  const start = digest.replace(/^sha256:/, "").slice(0, 12);
  return shown.some(
    (one) =>
      one.pull === pull &&
      one.text.split("\n").some((line) => line.startsWith(`| \`${stack}\` |`) && line.includes(start)),
  );
}
