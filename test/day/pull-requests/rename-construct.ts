import assert from "node:assert/strict";
import { appliedAll } from "../applied";
import { saidBy } from "../day";
import type { Scenario } from "../scenario";

export const renameConstruct: Scenario = {
  title: "A construct has another name",
  expected: "moves are offered and committed; the old comment is marked; nothing is destroyed",
  async play(day) {
    const pull = await day.open("rename", this.title, () =>
      day.clone.edit("stacks/data.ts", 'new Bucket(this, "configuration"', 'new Bucket(this, "settings"'),
    );
    const first = day.comment(pull);
    assert.match(first, /^## Plan: \d+ to delete, \d+ to add in 2 stacks$/m);
    assert.match(first, /\*\*renamed\?\*\* keep the object: `groundwork move --offered`/);

    await day.push(pull, "Keep the objects", async () => {
      await day.command("plan", "--changed-since", "refs/remotes/origin/main");
      await day.command("move", "--offered");
    });
    assert.match(saidBy(pull.checks, "stale"), /Marked as stale/);
    assert.match(day.comment(pull), /^## Plan: \d+ to move in 2 stacks$/m);
    assert.doesNotMatch(day.comment(pull), /Stale|data loss/);
    const deployment = await day.merge(pull);
    return `${await appliedAll(day, deployment, { dev: ["dev-data"], prod: ["prod-data"] })}: moved`;
  },
};
