import { isStalePlan, missedLock, needsInit } from "./causes";
import type { Diagnostic } from "./messages";

const error = (summary: string, detail = ""): Diagnostic[] => [{ severity: "error", summary, detail }];

describe("why Terraform failed", () => {
  test.each([
    ["Saved plan is stale", true],
    ["Saved plan does not match the given state", true],
    ["Invalid value", false],
  ])("GIVEN %s THEN the state has moved: %s", (summary, stale) => {
    expect(isStalePlan(error(summary))).toBe(stale);
  });

  test.each([
    ['Backend initialization required, please run "terraform init"', true],
    ["Required plugins are not installed", true],
    ["Inconsistent dependency lock file", true],
    ["Error acquiring the state lock", false],
  ])("GIVEN %s THEN init is needed: %s", (summary, needed) => {
    expect(needsInit(error(summary))).toBe(needed);
  });

  test("GIVEN a refused lock THEN trying again helps only when it is gone, or was the first state's", () => {
    const refused = "Error acquiring the state lock";
    const first =
      'error loading state: writing "gs://b/data/default.tflock" failed: googleapi: Error 412: conditionNotMet';
    expect(missedLock(error(refused, "412\nstorage: object doesn't exist"))).toBe(true);
    expect(missedLock(error(`${first}\nstorage: object doesn't exist`))).toBe(true);
    expect(missedLock(error(refused, "412\nLock Info:\n  ID: 7"))).toBe(false);
    expect(missedLock(error("Invalid value"))).toBe(false);
  });
});
