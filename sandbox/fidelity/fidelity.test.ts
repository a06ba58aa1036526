import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differences } from "./compare";
import { type CorpusCase, KINDS, readCorpus } from "./corpus";
import { withSandbox } from "./planning-sandbox";
import { runCases } from "./run";
import { STACK_TYPES, sampleOf } from "./sample";

const corpus = readCorpus();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gw-fidelity-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the recorded corpus is whole, and has cases of every type that the stacks use", () => {
  const count = (kind: string) =>
    corpus.flatMap(({ cases }) => cases).filter((one) => one.kind === kind).length;
  expect(corpus).toHaveLength(103);
  expect(KINDS.map(count)).toEqual([1557, 1546, 317, 3616]);
  const types = new Set(corpus.map(({ type }) => type));
  expect([...STACK_TYPES].filter((type) => !types.has(type))).toEqual([]);
});

test("a sample of the recorded answers is what the sandbox answers, through real Terraform", async () => {
  // GIVEN cases of every kind, most of them of types that the stacks use
  const sample = sampleOf(corpus, 12);
  const kinds = new Set([...sample].map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([...KINDS].sort());
  expect(sample.size).toBeGreaterThan(250);

  // WHEN they are validated and planned
  const judged = await withSandbox(folder, corpus, (folders) =>
    runCases(corpus, (_, one) => sample.has(one), folders),
  );

  // THEN nothing differs
  const wrong = judged.filter((one) => one.differences.length > 0);
  expect(judged).toHaveLength(sample.size);
  expect(wrong.map((one) => [one.type, one.case.id, ...one.differences])).toEqual([]);
}, 300_000);

test("a different answer is told apart", () => {
  const recorded: CorpusCase = {
    id: "update-01",
    kind: "update",
    config: {},
    actions: ["update"],
    replace_paths: [],
    after: { name: "a", items: ["x"] },
    after_unknown: { id: true },
    after_sensitive: {},
  };
  const same = {
    refused: false as const,
    actions: ["update"],
    replacePaths: [],
    after: { name: "a", items: ["x"] },
    afterUnknown: { id: true, items: [false] },
    afterSensitive: { items: [] },
  };

  expect(differences(recorded, same)).toEqual([]);
  expect(differences(recorded, { ...same, actions: ["delete", "create"], replacePaths: [["name"]] })).toEqual(
    [
      'actions: expected ["update"], found ["delete","create"]',
      'replace_paths: expected [], found ["[\\"name\\"]"]',
    ],
  );
  expect(differences(recorded, { ...same, after: { name: "b" }, afterUnknown: {} })).toEqual([
    'after.name: expected "a", found "b"',
    'after.items: expected ["x"], found nothing',
    "after_unknown.id: expected true, found nothing",
  ]);
  expect(differences({ ...recorded, rejected: true }, same)).toHaveLength(1);
  expect(differences(recorded, { refused: true, stage: "plan", messages: ["no"] })).toEqual(["refused: no"]);
});
