import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { appliedAll, outcomesOf } from "../applied";
import { type Day, type Deployment, saidBy } from "../day";
import { setInDev } from "../edits";
import type { Scenario } from "../scenario";

export const conflicts: Scenario = {
  title: "Pull requests that get in each other's way",
  expected: "a conflict is rebased and planned again; what does the same goes on; what doesn't stops",
  async play(day) {
    await rebased(day);
    await sameStack(day);
    const told = await sameObject(day);
    return `rebased and applied; planned again and applied; stopped (${told}), reviewed again, applied`;
  },
};

/** Git itself sees it. */
async function rebased(day: Day): Promise<void> {
  const keep = (days: number) => () => setInDev(day, "observability.logs", `"${days} days"`);
  const one = await day.open("logs-21", "Keep logs for three weeks", keep(21));
  const other = await day.open("logs-30", "Keep logs for a month", keep(30));
  await appliedAll(day, await day.merge(one, "merge"), { dev: ["dev-observability"] });
  await assert.rejects(day.merge(other), /conflicts with main/);
  await day.rebase(other, keep(30));
  assert.match(day.comment(other), /21 → 30/);
  await appliedAll(day, await day.merge(other), { dev: ["dev-observability"] });
}

/** Two objects of one stack: the second plan no longer fits the state, and does the same. */
async function sameStack(day: Day): Promise<void> {
  const disk = await day.open("disk", "More disk", () => setInDev(day, "atlas.diskGb", "20"));
  const daily = await day.open("daily", "Daily snapshots for longer", () =>
    setInDev(day, "atlas.backups.daily", '{ keep: "8 days" }'),
  );
  await appliedAll(day, await day.merge(disk), { dev: ["dev-data"] });
  const second = await day.merge(daily);
  await appliedAll(day, second, { dev: ["dev-data"] });
  assert.match(saidBy(second.run, "dev"), /planned again/i);
}

/** One object: the second plan would do something that nobody saw. */
async function sameObject(day: Day): Promise<string> {
  const monthly = await day.open("monthly", "Monthly snapshots for longer", () =>
    setInDev(day, "atlas.backups.monthly", '{ keep: "3 months" }'),
  );
  const weekly = await day.open("weekly", "Weekly snapshots for longer", () =>
    setInDev(day, "atlas.backups.weekly", '{ keep: "3 weeks" }'),
  );
  await appliedAll(day, await day.merge(monthly), { dev: ["dev-data"] });
  const second = await day.merge(weekly);
  assert.deepEqual(second.run.failed, ["dev"]);
  assert.deepEqual(await outcomesOf(day, second, "dev"), []);
  const said = saidBy(second.run, "dev");
  assert.match(said, /Nothing was applied: this is not what was reviewed/);
  const [why = ""] = /^dev-data: .*$/m.exec(said) ?? [];
  await reviewAgain(day, second, "dev-data");
  await appliedAll(day, second, { dev: ["dev-data"] });
  return why;
}

/** As docs/runbooks/not-what-was-reviewed.md says: with main checked out, planned, shown, and run again. */
export async function reviewAgain(day: Day, deployment: Deployment, stack: string): Promise<void> {
  day.repository.checkout(deployment.commit);
  await day.command("plan", stack, "--save", "--out", "report");
  day.show(deployment.pull, readFileSync(join(day.clone.root, "report", "report.md"), "utf8"));
  await day.rerun(deployment);
}
