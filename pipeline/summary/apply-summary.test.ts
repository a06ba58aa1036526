import type { AppliedStack } from "../apply/apply-stacks";
import { sampleStack } from "../report/sample-plans";
import { appliedSummary, differentSummary, refusedSummary } from "./apply-summary";

const applied = (name: string, more: Partial<AppliedStack> = {}): AppliedStack => ({
  ...{ stack: sampleStack(name), result: "applied", added: 0, changed: 0, destroyed: 0, seconds: 0 },
  ...{ diagnostics: [], ...more },
});
const commit = "a1b2c3d4e5f6".padEnd(40, "0");
const reviewed = "0f1e2d3c4b5a".padEnd(40, "0");

test("GIVEN an apply that failed half-way WHEN summarized THEN a table tells of each stack, and why is below it", () => {
  const text = appliedSummary({
    environment: "prod",
    commit,
    reviewed,
    by: "ann",
    approvals: [{ by: "bob", how: "label approve:tier" }],
    override: "emergency: the shop <b>is</b> down @everybody",
    applied: [
      applied("prod-network", { result: "up to date" }),
      applied("prod-data", { added: 1, changed: 2, seconds: 63.04 }),
      applied("prod-platform", {
        result: "failed",
        seconds: 2,
        diagnostics: [
          { severity: "error", summary: "Error 403: `no`", detail: "Ask for it.", address: "a.b" },
        ],
      }),
      applied("prod-release", { result: "blocked", blockedBy: "prod-platform" }),
    ],
    digests: new Map([
      ["prod-data", `sha256:${"12".repeat(32)}`],
      ["prod-platform", `sha256:${"34".repeat(32)}`],
    ]),
    records: new Map([
      ["prod-data", 41],
      ["prod-platform", 42],
    ]),
  });
  expect(text).toBe(`## prod: 1 of 4 stacks applied, 1 failed

Commit \`a1b2c3d4e5f6\` · reviewed as \`0f1e2d3c4b5a\` · by ann · approved by bob (label approve:tier) · override: emergency: the shop &#60;b&#62;is&#60;/b&#62; down &#64;everybody

| Stack | Result | Added | Changed | Destroyed | Seconds | Digest | Record |
| --- | --- | --: | --: | --: | --: | --- | --: |
| \`prod-network\` | up to date | | | | | | |
| \`prod-data\` | applied | 1 | 2 | | 63.0 | \`121212121212\` | 41 |
| \`prod-platform\` | **failed** | | | | 2.0 | \`343434343434\` | 42 |
| \`prod-release\` | not started: prod-platform comes first | | | | | | |

<details open><summary><b>prod-platform</b>: failed</summary>

\`\`\`diff
Error: Error 403: \`no\`
  in a.b
  Ask for it.
\`\`\`

</details>
`);
});

test("GIVEN nothing to do WHEN summarized THEN it is one line", () => {
  const nothing = {
    commit,
    reviewed: commit,
    by: "ann",
    approvals: [],
    digests: new Map(),
    records: new Map(),
  };
  const text = appliedSummary({
    environment: "dev",
    ...nothing,
    applied: [applied("dev-data", { result: "up to date" })],
  });
  expect(text).toContain("## dev: up to date\n\nCommit `a1b2c3d4e5f6` · by ann\n");
});

test("GIVEN what the guards refuse, or what is not as reviewed WHEN summarized THEN it says what to do", () => {
  const reasons = [
    { guard: "window" as const, text: "prod: it is Friday | night.", todo: "Run it again on Monday." },
    {
      guard: "approval" as const,
      text: "a.b: deletes *all*.",
      todo: "The label approve:destroy must be set.",
    },
  ];
  const verdict = { allowed: false, reasons, setAside: [], approvals: [], opens: "2026-11-23T07:00:00Z" };
  expect(refusedSummary("prod", commit, verdict)).toBe(`## prod is left as it is

Commit \`a1b2c3d4e5f6\` · the next window opens at 2026-11-23T07:00:00Z

| Why | What to do |
| --- | --- |
| prod: it is Friday &#124; night. | Run it again on Monday. |
| a.b: deletes &#42;all&#42;. | The label approve:destroy must be set. |
`);
  const attributes = [{ path: "size", reviewed: '"a" → "b"', now: '"a" → "c"' }];
  const differences = [{ address: "x.y", reviewed: "update" as const, now: "update" as const, attributes }];
  const text = differentSummary("prod", commit, [
    { stack: "prod-data", why: "the state has moved", differences },
  ]);
  expect(text).toContain("## prod: not what was reviewed, so nothing was applied");
  expect(text).toContain("<b>prod-data</b>: the state has moved");
  expect(text).toContain('size: reviewed "a" → "b", now "a" → "c"');
});
