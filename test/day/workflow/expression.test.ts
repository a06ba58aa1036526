import { workflow } from "../../workflow-files";
import { type Context, evaluate, holds, interpolate, type Value } from "./expression";

const context: Context = {
  status: "success",
  values: {
    github: { ref_type: "branch", actor: "Ann", event: { before: "abc", number: 0 } },
    vars: {},
    needs: {
      plan: { result: "skipped", outputs: {} },
      route: { outputs: { decision: '{"steps":[{"environment":"dev"}]}' } },
    },
  },
};

describe("an expression of a workflow", () => {
  test.each<[string, Value]>([
    ["vars.TARGET || 'sandbox'", "sandbox"],
    ["vars.TARGET != 'cloud' && 'HEAD^' || github.event.before || ''", "HEAD^"],
    ["vars.TARGET == 'cloud' && 'HEAD^' || github.ref_type == 'branch' && github.event.before || ''", "abc"],
    ["github.actor == 'ann'", true],
    ["vars.TARGET == ''", true],
    ["github.event.number == ''", true],
    ["github.event.number == 'x'", false],
    ["contains(fromJSON(needs.route.outputs.decision).steps.*.environment, 'dev')", true],
    ["contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')", false],
    ["contains(needs.*.result, 'skipped')", true],
    ["!startsWith(github.event.before, 'AB') && 'it''s'", false],
    ["needs.matrix.outputs.any", null],
    ["needs['plan'].result", "skipped"],
    ["!(1 == '1')", false],
    ["vars.TARGET && fromJSON(vars.TARGET).x", null],
    ["github.actor == 'ann' || fromJSON('')", true],
  ])("GIVEN %s THEN %j", (text, expected) => {
    expect(evaluate(text, context)).toEqual(expected);
  });

  test("GIVEN what it doesn't know THEN it says so", () => {
    for (const text of ["secret.X", "hashFiles('x')", "1 +", "1 2", "(1"]) {
      expect(() => evaluate(text, context)).toThrow();
    }
  });

  test("GIVEN a condition without a status THEN it holds only after success", () => {
    const failed: Context = { ...context, status: "failure" };
    expect([holds(undefined, context), holds(undefined, failed)]).toEqual([true, false]);
    expect([holds("github.actor == 'ann'", context), holds("github.actor == 'ann'", failed)]).toEqual([
      true,
      false,
    ]);
    expect([
      holds("always()", failed),
      holds(`\${{ !cancelled() }}`, failed),
      holds("!failure()", failed),
    ]).toEqual([true, true, false]);
  });

  test("GIVEN a text with expressions THEN they are filled in; GIVEN one alone THEN it keeps its type", () => {
    expect(interpolate(`tf@\${{ github.actor }}-\${{ vars.NONE }}.com`, context)).toBe("tf@Ann-.com");
    expect(interpolate(`\${{ needs.plan.outputs }}`, context)).toEqual({});
  });

  test("GIVEN every expression of the workflows of a day THEN it is understood", () => {
    const anything: Value = { outputs: { matrix: "{}", decision: '{"steps":[]}' } };
    const names = ["github", "vars", "secrets", "needs", "matrix", "steps", "inputs"];
    const values = Object.fromEntries(
      names.map((name): [string, Value] => [name, { route: anything, matrix: anything }]),
    );
    for (const { text } of ["pull-request", "deploy", "drift"].map(workflow)) {
      for (const [, inner = ""] of text.matchAll(/\$\{\{(.*?)\}\}/g)) {
        expect(() => evaluate(inner, { status: "success", values })).not.toThrow();
      }
    }
  });
});
