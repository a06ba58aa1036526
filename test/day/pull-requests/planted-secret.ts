import assert from "node:assert/strict";
import { isGreen } from "../day";
import { change } from "../edits";
import type { Scenario } from "../scenario";
import { planted, secrets } from "../secrets";

export const plantedSecret: Scenario = {
  title: "A secret is planted",
  expected: "refused, and nobody reads it anywhere; nor a credential of the runner, wherever it is put",
  async play(day) {
    const before = day.repository.main;
    const pull = await day.open("secret", this.title, () =>
      change(
        day,
        "environments/prod.ts",
        /env: \{ LOG_LEVEL: "warn" \},/,
        `env: { LOG_LEVEL: "warn", UPSTREAM: "${planted.token}" },`,
      ),
    );
    assert.equal(isGreen(pull), false, "a pull request with a secret is green");
    const failed = pull.checks?.failed.filter((job) => job !== "required").join(", ");

    // Where no rule looks, and known to be one only because the job that plans has it.
    await day.push(pull, "Elsewhere", () => {
      change(day, "environments/prod.ts", /, UPSTREAM: "[^"]+"/, "");
      change(
        day,
        "environments/prod.ts",
        /title: "Hazelwick storefront"/,
        `title: "Shop ${secrets.MONGODB_ATLAS_PRIVATE_API_KEY}"`,
      );
    });
    assert.match(day.comment(pull), /prod-platform/);
    assert.equal(isGreen(pull), false, "a pull request with the runner's credential is green");
    assert.equal(day.repository.main, before);
    return `refused by ${failed}, then by ${pull.checks?.failed.filter((job) => job !== "required").join(", ")}`;
  },
};
