import assert from "node:assert/strict";
import { isGreen, saidBy } from "../day";
import { change } from "../edits";
import type { Scenario } from "../scenario";

export const widenRights: Scenario = {
  title: "Somebody becomes Owner",
  expected: "refused by the rules on code and on plans, which the comment names; never merged",
  async play(day) {
    const before = day.repository.main;
    const pull = await day.open("owner", this.title, () => {
      const begin = "this.accounts = this.createRuntimeAccounts();";
      change(day, "stacks/data.ts", begin, `${begin}\n    ${grant("roles/editor", account)}`);
    });
    assert.equal(isGreen(pull), false);
    assert.deepEqual(pull.checks?.failed, ["policies", "required"]);
    assert.match(saidBy(pull.checks, "policies"), /\(S2\b[\s\S]*roles\/editor/);

    await day.push(pull, "A person, then", () =>
      change(day, "stacks/data.ts", grant("roles/editor", account), grant("roles/owner", person)),
    );
    // In dev the rule only warns.
    assert.deepEqual(pull.checks?.failed, ["plan (prod)", "required"]);
    assert.match(day.comment(pull), /^- \*\*refused\*\* `prod-data`: .*roles\/owner.*P8/m);
    await assert.rejects(day.merge(pull), /may not be merged/);
    assert.equal(day.repository.main, before);
    return "policies named S2, then the comment P8; not merged, nothing applied";
  },
};

const account = '"serviceAccount:ci@" + loaded.environment.project + ".iam.gserviceaccount.com"';
const person = '"user:ann@hazelwick.example"';

/** A grant past the constructs, which know no such job. */
function grant(role: string, member: string): string {
  return `this.addOverride("resource.google_project_iam_member.wide", { project: loaded.environment.project, role: "${role}", member: ${member} });`;
}
