import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFaultRule } from "@groundwork/sandbox/faults/fault-rule";
import { faultsFrom } from "./sandbox-fault";

test("GIVEN a fault on the command line WHEN read THEN it is a rule, numbers as numbers", () => {
  const [rule] = faultsFrom("error", {
    status: "429",
    rate: "0.2",
    on: "create, read",
    type: "*_iam_member",
  });
  expect(parseFaultRule(rule)).toEqual({
    type: "*_iam_member",
    operations: ["create", "read"],
    effect: { kind: "error", status: 429 },
    rate: 0.2,
  });
});

test("GIVEN an error without a status WHEN read THEN it is a 503", () => {
  expect(faultsFrom("error", {})).toEqual([{ effect: { kind: "error", status: 503 } }]);
});

test("GIVEN a number that is none WHEN judged THEN the field is named", () => {
  expect(() => faultsFrom("latency", { milliseconds: "soon" }).map(parseFaultRule)).toThrow(
    "fault.effect.milliseconds",
  );
});

describe("a file of faults", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "faults-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("GIVEN one rule or a list WHEN read THEN it is a list", () => {
    const rule = { effect: { kind: "answer-lost" }, times: 1 };
    writeFileSync(join(folder, "one.json"), JSON.stringify(rule));
    writeFileSync(join(folder, "list.json"), JSON.stringify([rule, rule]));
    expect(faultsFrom(undefined, { file: join(folder, "one.json") })).toEqual([rule]);
    expect(faultsFrom(undefined, { file: join(folder, "list.json") })).toHaveLength(2);
  });

  test("GIVEN no file, no JSON, or a kind as well WHEN read THEN the user is told", () => {
    writeFileSync(join(folder, "text.json"), "no JSON");
    expect(() => faultsFrom(undefined, { file: join(folder, "absent.json") })).toThrow("can't be read");
    expect(() => faultsFrom(undefined, { file: join(folder, "text.json") })).toThrow("can't be read");
    expect(() => faultsFrom("error", { file: join(folder, "text.json") })).toThrow("one of them");
    expect(() => faultsFrom(undefined, {})).toThrow("one of them");
  });
});
