import { Account } from "@groundwork/constructs/identity/account";
import type { App } from "cdktf";
import { difference, differFrom } from "../../environments/difference";
import { type EnvironmentSource, type LoadedEnvironment, sourceIn } from "../../environments/load";
import { prod } from "../../environments/prod";
import { environmentStacks } from "../environment-stacks";
import { FoundationStack } from "../foundation";
import { parityOf } from "./parity";

/** Production and one environment that differs from it. */
function sourceWith(...differences: Parameters<typeof differFrom>[2]): EnvironmentSource {
  const identity = { name: "trial", project: "hazelwick-trial", stateBucket: "hazelwick-trial-tfstate" };
  return { ...sourceIn(), definitions: [prod, differFrom(prod, identity, differences)] };
}

/** A stack that asks for the environment's name. */
class PartialFoundation extends FoundationStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded);
    if (loaded.environment.name === "prod") {
      new Account(this, "only-in-prod", { accountId: "only-in-prod", purpose: "Nobody declared it." });
    }
  }
}

describe("parity", () => {
  const environments = parityOf(sourceIn(), { effects: false });

  test("GIVEN this repository THEN every difference is declared, and there are some", () => {
    expect(environments.map(({ environment, base }) => `${environment} is ${base}`)).toEqual([
      "preview is dev",
      "dev is prod",
      "staging is prod",
    ]);
    expect(environments.flatMap(({ undeclared }) => undeclared)).toEqual([]);
    expect(
      environments.every(({ differences, resources }) => differences.length > 0 && resources.alike > 0),
    ).toBe(true);
  });

  test("GIVEN staging THEN it has the types of resources that production has, but for what can't be undone", () => {
    const staging = parityOf(sourceIn(), { effects: false }).find(
      ({ environment }) => environment === "staging",
    );
    expect(staging?.types).toEqual([{ type: "mongodbatlas_backup_compliance_policy", only: "prod" }]);
  });

  test("GIVEN a stack that looks at the environment's name THEN what it makes is undeclared", () => {
    const stacks = environmentStacks.map((Stack) => (Stack === FoundationStack ? PartialFoundation : Stack));
    const [trial] = parityOf(sourceWith(), { effects: false, stacks });
    expect(trial?.undeclared).toEqual([
      expect.stringMatching(/^foundation: google_service_account\.only-in-prod/),
    ]);
  });

  test("GIVEN differences WHEN asked for their effects THEN each one has its own, and what alone makes no sense waits for the next", () => {
    const [trial] = parityOf(
      sourceWith(
        difference("atlas.backups.compliance", "none", "Can't be undone."),
        difference("atlas.backups.daily", { keep: "90 days" }, "Longer than the weekly ones, for now."),
        difference("atlas.backups.weekly", { keep: "16 weeks" }, "Longer than the daily ones again."),
        difference("stage", "staging", "Judged otherwise."),
      ),
      { effects: true },
    );
    const effects = trial?.differences.map(({ path, base, effect }) => [
      path,
      base === undefined,
      effect?.added.length,
      effect?.removed.length,
      effect?.changed.length,
    ]);
    expect(effects).toEqual([
      ["atlas.backups.compliance", false, 0, 1, 0],
      ["atlas.backups.daily", false, 0, 0, 0],
      ["atlas.backups.weekly", false, 0, 0, 1],
      ["stage", false, 0, 0, 0],
    ]);
  });
});
