import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { appliedAll, outcomesOf } from "../applied";
import { type Day, isGreen, saidBy } from "../day";
import { change } from "../edits";
import type { Scenario } from "../scenario";

export const removedStack: Scenario = {
  title: "A stack is gone from the code",
  expected: "needs a decision for each; destroyed with approval where it says so, kept where it says that",
  async play(day) {
    const pull = await day.open("no-observability", this.title, () =>
      day.clone.edit("stacks/environment-stacks.ts", "  ObservabilityStack,\n", ""),
    );
    assert.equal(isGreen(pull), false);
    assert.match(day.comment(pull), /^- \*\*decide\*\* dev-observability would be orphaned/m);
    assert.match(day.comment(pull), /^- \*\*decide\*\* prod-observability would be orphaned/m);

    assert.match(saidBy(pull.checks, "policies"), /no alert on latency/);

    await day.push(pull, "Decide", () => {
      waiveAlertsOfProd(day);
      writeFileSync(
        join(day.clone.root, "environments", "orphans.json"),
        `${JSON.stringify([
          { stack: "dev-observability", decision: "destroy", reason: "Nobody looks at dev at night." },
          { stack: "prod-observability", decision: "keep", reason: "Another team takes it over." },
        ])}\n`,
      );
    });
    assert.match(day.comment(pull), /\d+ to delete in 1 stack/);
    assert.match(day.comment(pull), /^- \*\*orphan\*\* prod-observability/m);
    const deployment = await day.merge(pull);
    assert.deepEqual(deployment.run.failed, ["dev"]);
    assert.match(saidBy(deployment.run, "dev"), /approve:destroy must be set/);
    assert.deepEqual(await outcomesOf(day, deployment, "dev"), []);
    day.label(pull, "approve:destroy", "cleo");
    await day.rerun(deployment);
    await appliedAll(day, deployment, { dev: ["dev-observability"], prod: [] });
    return "undecided was refused; dev-observability destroyed with cleo's approval, prod's kept";
  },
};

/** In production the rules miss the alerts: somebody answers for that, until a day. */
function waiveAlertsOfProd(day: Day): void {
  const expires = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const entry = (rule: string) =>
    `  { rule: "${rule}", stacks: ["prod-foundation"], owner: "platform-team", reason: "Another team's stack watches it now.", expires: "${expires}" },`;
  const begin = "export const waivers: readonly Waiver[] = [";
  change(day, "policies/waivers.ts", begin, [begin, entry("S24"), entry("S26")].join("\n"));
}
