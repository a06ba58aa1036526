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
    await findSecrets(day);
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

/** @throws AssertionError when a secret stands in anything that is read by more people than may know it */
async function findSecrets(day: Day): Promise<void> {
  const issues = [...day.server.issues.values()].flatMap(({ title, body }) => [title, body]);
  const texts = [...day.said, ...day.shown.map(({ text }) => text), ...issues];
  for (const environment of day.environments) {
    const bucket = day.bucket(environment);
    for await (const { name } of bucket.list("")) {
      texts.push(name);
      if (!name.startsWith("history/") && !name.endsWith("manifest.json")) continue;
      texts.push((await bucket.read(name))?.content.toString("utf8") ?? "");
    }
  }
  for (const [name, secret] of Object.entries({ ...secrets, ...planted })) {
    const found = texts.find((text) => text.includes(secret));
    assert.ok(found === undefined, `${name} was told: ${found?.replaceAll(secret, "…").slice(0, 300)}`);
  }
}
