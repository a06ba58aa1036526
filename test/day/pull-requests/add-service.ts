import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { appliedAll, outcomesOf } from "../applied";
import { type Day, failures, saidBy } from "../day";
import type { Scenario } from "../scenario";

const artifact = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

export const addService: Scenario = {
  title: "A service more, in all environments",
  expected: "only creates; new rights in prod wait for approve:iam; applied in waves",
  async play(day) {
    const pull = await day.open("reports", this.title, () => addReports(day));
    assert.match(day.comment(pull), /^## Plan: 2 to change, \d+ to add in 6 stacks$/m);
    assert.match(day.comment(pull), /standard_app_version\.service-reports/);

    const deployment = await day.merge(pull, "merge");
    assert.deepEqual(deployment.run.failed, ["prod"], failures(deployment.run));
    assert.match(
      saidBy(deployment.run, "prod"),
      /The label approve:iam must be set by somebody of security-team/,
    );
    assert.deepEqual(await outcomesOf(day, deployment, "prod"), []);
    const dev = await outcomesOf(day, deployment, "dev");
    // Data before what stands on it.
    assert.deepEqual(dev, ["dev-data: applied", "dev-release: applied", "dev-observability: applied"]);

    day.label(pull, "approve:iam", "dora");
    await day.rerun(deployment);
    return appliedAll(day, deployment, {
      dev: ["dev-data", "dev-release", "dev-observability"],
      prod: ["prod-data", "prod-release", "prod-observability"],
    });
  },
};

/** A service without a database, and its first version in every environment. */
function addReports(day: Day): void {
  const { clone, environments } = day;
  clone.edit(
    "environments/prod.ts",
    "    catalogue: {\n      runtime",
    `    reports: {
      runtime: "nodejs24",
      entrypoint: "node server.js",
      instanceClass: "F1",
      scaling: { minInstances: 0, maxInstances: 2, targetCpu: 0.65, maxConcurrentRequests: 40 },
      env: { LOG_LEVEL: "warn" },
      egress: "none",
      database: "none",
      secrets: [],
    },
    catalogue: {
      runtime`,
  );
  for (const environment of environments) {
    changeRelease(day, environment, (services) => {
      services.reports = {
        versions: [
          {
            artifact: `gs://hazelwick-${environment}-artifacts/reports/${artifact}.zip`,
            sha256: artifact,
            createdAt: "2026-11-21T09:30:00Z",
          },
        ],
        traffic: { latest: 1 },
        shardBy: "RANDOM",
        strategy: "all-at-once",
      };
    });
  }
}

/** Takes the service away again, from everywhere. */
export function removeReports(day: Day): void {
  const file = join(day.clone.root, "environments/prod.ts");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/ {4}reports: \{\n(?: {6}.*\n)+ {4}\},\n/, ""));
  for (const environment of day.environments) {
    changeRelease(day, environment, (services) => {
      delete services.reports;
    });
  }
}

function changeRelease(
  day: Day,
  environment: string,
  change: (services: { [name: string]: unknown }) => void,
): void {
  const file = join(day.clone.root, "environments", "releases", `${environment}.json`);
  const release = JSON.parse(readFileSync(file, "utf8")) as { services: { [name: string]: unknown } };
  change(release.services);
  writeFileSync(file, `${JSON.stringify(release, null, 2)}\n`);
}
