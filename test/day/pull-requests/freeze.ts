import assert from "node:assert/strict";
import { appliedAll, appliesOf, outcomesOf } from "../applied";
import { saidBy } from "../day";
import { change } from "../edits";
import type { Scenario } from "../scenario";

const dayMs = 86_400_000;

export const freeze: Scenario = {
  title: "A change of production in a freeze",
  expected:
    "refused, with when it opens; through with two people's emergency and a reason, all of it recorded",
  async play(day) {
    const [from, to] = [-1, 3].map((days) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10));
    const rule = await day.open("freeze", "Nothing changes while we count the stock", () =>
      change(
        day,
        "environments/delivery.ts",
        /(?<=tz: "Europe\/Berlin",[\s\S]*?)freezes: \[\s*\]/,
        `freezes: [{ from: "${from}", to: "${to}", reason: "Stocktaking." }]`,
      ),
    );
    await day.merge(rule);
    const pull = await day.open("budget", this.title, () =>
      change(day, "environments/prod.ts", /budget: \{ amount: \d+/, "budget: { amount: 4500"),
    );
    const deployment = await day.merge(pull);
    assert.deepEqual(deployment.run.failed, ["prod"]);
    const refused = saidBy(deployment.run, "prod");
    assert.match(refused, /Stocktaking/);
    const [opens = ""] = /The next window opens at \S+/.exec(refused) ?? [];
    assert.notEqual(opens, "");

    day.describe(pull, "Emergency: the old limit stops the shop today.");
    day.label(pull, "emergency", "eli");
    await day.rerun(deployment);
    assert.match(saidBy(deployment.run, "prod"), /An emergency needs 2 people, and has eli/);
    assert.deepEqual(await outcomesOf(day, deployment, "prod"), []);
    day.approve(pull, "ben");
    await day.rerun(deployment);
    const stacks = (await outcomesOf(day, deployment, "prod")).map((one) => one.split(":")[0] ?? "");
    assert.ok(stacks.length > 0, "nothing was applied to prod");
    const told = await appliedAll(day, deployment, { dev: [], prod: stacks });
    const record = (await appliesOf(day, "prod")).find(
      ({ began }) => began.commit === deployment.commit,
    )?.began;
    assert.equal(record?.override, "emergency: the old limit stops the shop today.");
    assert.deepEqual(record?.approvals.map(({ by }) => by).sort(), ["ben", "eli"]);
    return `${opens.replace("The", "the").replace(/\.$/, "")}; ${told} by eli and ben, with the reason`;
  },
};
