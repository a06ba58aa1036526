import assert from "node:assert/strict";
import { appliedAll } from "../applied";
import { addressIn, checkoutMain, setInDev } from "../edits";
import type { Scenario } from "../scenario";

export const drift: Scenario = {
  title: "Somebody changed it in the console",
  expected: "the nightly run opens an issue; a reviewed change puts it right; the next night closes it",
  async play(day) {
    await checkoutMain(day);
    const connector = await addressIn(day, "dev-network", "google_vpc_access_connector");
    await day.command("sandbox", "edit", connector, "max_instances=9", "--stack", "dev-network");
    assert.deepEqual((await day.lookForDrift()).failed, []);
    const issues = [...day.server.issues.values()];
    assert.deepEqual(
      issues.map(({ state, title }) => `${state} ${/dev-\w+/.exec(title)?.[0]}`),
      ["open dev-network"],
    );
    assert.match(issues[0]?.body ?? "", /max_instances.*→ 9/);

    const pull = await day.open("connector-10", "As many instances as were needed", () =>
      setInDev(day, "network.connectorMax", "10"),
    );
    assert.match(day.comment(pull), /max_instances: 9 → 10/);
    await appliedAll(day, await day.merge(pull), { dev: ["dev-network"] });
    assert.deepEqual((await day.lookForDrift()).failed, []);
    assert.deepEqual(
      issues.map(({ state }) => state),
      ["closed"],
    );
    return "one issue for dev-network, closed after the apply";
  },
};
