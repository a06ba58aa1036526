import assert from "node:assert/strict";
import { appliedAll } from "../applied";
import type { Scenario } from "../scenario";

export const changeTier: Scenario = {
  title: "A larger cluster in dev",
  expected: "downtime told in words; applied as reviewed; prod has nothing to do",
  async play(day) {
    const pull = await day.open("tier", this.title, () =>
      day.clone.edit("environments/dev.ts", '"atlas.tier", "M10"', '"atlas.tier", "M20"'),
    );
    assert.match(day.comment(pull), /^- \*\*downtime\*\* `dev-data`: .*nodes restart one after another/m);
    assert.match(day.comment(pull), /instance_size: "M10" → "M20"/);
    const deployment = await day.merge(pull);
    return appliedAll(day, deployment, { dev: ["dev-data"], prod: [] });
  },
};
