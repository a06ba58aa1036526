// One process of the benchmark `report`: makes plans, or reads them and makes everything that is told about them.
//
//   node report-of-plans.cjs make FOLDER COUNT     writes plans with COUNT changes, one file per stack
//   node report-of-plans.cjs report FOLDER         report, comment, page; the comment's size on standard output
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildReport } from "@groundwork/pipeline/report/build-report";
import { commentBody } from "@groundwork/pipeline/report/comment-body";
import { manyChanges, samplePlanned, sampleStack } from "@groundwork/pipeline/report/sample-plans";
import { writeReport } from "@groundwork/pipeline/report/write-report";
import { readPlanJson } from "@groundwork/pipeline/terraform/plan-json";

const [task, folder = "", count] = process.argv.slice(2);
if (task === "make") {
  for (const { stack, plan } of manyChanges(Number(count))) {
    writeFileSync(join(folder, `${stack.name}.json`), JSON.stringify(plan));
  }
} else {
  const planned = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const plan = readPlanJson(readFileSync(join(folder, name), "utf8"));
      return samplePlanned(sampleStack(name.replace(".json", "")), plan);
    });
  const report = buildReport({ target: "cloud", planned });
  const comment = commentBody(report, { link: "https://example.com/report" });
  if (task === "everything") writeReport(report, join(folder, "report"));
  process.stdout.write(`${Buffer.byteLength(comment)}\n`);
}
