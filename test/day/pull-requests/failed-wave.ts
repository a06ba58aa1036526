import assert from "node:assert/strict";
import { outcomesOf } from "../applied";
import { setInDev } from "../edits";
import type { Scenario } from "../scenario";

export const failedWave: Scenario = {
  title: "The second wave fails",
  expected: "what follows the failed stack waits, the rest goes on; a second run finishes, nothing twice",
  async play(day) {
    const pull = await day.open("waves", this.title, () => {
      setInDev(day, "network.connectorMax", "8");
      setInDev(day, "atlas.backups.daily", '{ keep: "9 days" }');
      setInDev(day, "services.default.env.LOG_LEVEL", '"info"');
      day.clone.edit(
        "environments/dev.ts",
        '    difference("sites.storefront.domain"',
        '    difference("sites.storefront.title", "Hazelwick, dev", "Tells browser tabs apart."),\n    difference("sites.storefront.domain"',
      );
    });
    const backups = "mongodbatlas_cloud_backup_schedule";
    await day.command(
      "sandbox",
      "fault",
      "add",
      "error",
      "--type",
      backups,
      "--on",
      "update",
      "--status",
      "500",
    );
    const deployment = await day.merge(pull);
    assert.deepEqual(deployment.run.failed, ["dev"]);
    const first = await outcomesOf(day, deployment, "dev");
    assert.equal(first[0], "dev-network: applied");
    assert.deepEqual([...first].sort(), [
      "dev-data: failed",
      "dev-network: applied",
      "dev-platform: applied",
    ]);

    await day.command("sandbox", "fault", "clear");
    await day.rerun(deployment);
    assert.deepEqual(deployment.run.failed, []);
    const after = (await outcomesOf(day, deployment, "dev")).slice(first.length);
    assert.deepEqual(after, ["dev-data: applied", "dev-release: applied"]);
    return `${first.join(", ")}; then ${after.join(", ")}`;
  },
};
