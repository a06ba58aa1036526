import assert from "node:assert/strict";
import { appliedAll, appliesOf, outcomesOf } from "../applied";
import { failures, saidBy } from "../day";
import { addressIn, change, checkoutMain } from "../edits";
import type { Scenario } from "../scenario";
import { removeReports } from "./add-service";

export const deleteService: Scenario = {
  title: "The service goes again",
  expected: "refused until somebody of an allowed team sets approve:destroy; who did is in the record",
  async play(day) {
    const limit = await day.open("limit", "More deletions at once in production", () =>
      change(day, "environments/delivery.ts", /deletions: 5,/, "deletions: 25,"),
    );
    assert.match(day.comment(limit), /^## No changes$/m);
    await day.merge(limit);

    // App Engine deletes a service as a whole, and Terraform can't: somebody does, before the code follows.
    await checkoutMain(day);
    for (const environment of day.environments) {
      const stack = `${environment}-release`;
      const version = await addressIn(day, stack, "google_app_engine_standard_app_version", /reports/);
      await day.command("sandbox", "delete", version, "--stack", stack);
    }
    const pull = await day.open("no-reports", this.title, () => removeReports(day));
    assert.match(day.comment(pull), /^- \*\*approval\*\* `dev-data`: .*approve:destroy/m);
    assert.match(day.comment(pull), /deletes the account: whatever runs as it is refused/);

    const deployment = await day.merge(pull);
    assert.deepEqual(deployment.run.failed, ["dev"], failures(deployment.run));
    assert.match(
      saidBy(deployment.run, "dev"),
      /The label approve:destroy must be set by somebody of platform-team/,
    );
    day.label(pull, "approve:destroy", "ann");
    await day.rerun(deployment);
    assert.match(saidBy(deployment.run, "dev"), /Does not count: ann wrote the change/);
    day.label(pull, "approve:destroy", "eli");
    await day.rerun(deployment);
    assert.match(saidBy(deployment.run, "dev"), /Does not count: eli is in none of platform-team, data-team/);
    assert.deepEqual(await outcomesOf(day, deployment, "dev"), []);

    day.label(pull, "approve:destroy", "ben");
    day.approve(pull, "cleo");
    await day.rerun(deployment);
    const told = await appliedAll(day, deployment, {
      dev: ["dev-data", "dev-release", "dev-observability"],
      prod: ["prod-data", "prod-release", "prod-observability"],
    });
    for (const { began } of (await appliesOf(day, "prod")).filter(
      (one) => one.began.commit === deployment.commit,
    )) {
      const by = began.approvals.map((one) => `${one.by} ${one.how}`);
      assert.ok(by.includes("ben label approve:destroy"), `approvals in the record: ${by}`);
    }
    return `refused without a label, with the author's, with another team's; ${told}, approved by ben`;
  },
};
