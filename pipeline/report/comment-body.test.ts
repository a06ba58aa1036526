import fc from "fast-check";
import { buildReport } from "./build-report";
import { commentBody, commentLimit } from "./comment-body";
import { manyChanges, samplePlan, samplePlanned, sampleResource, sampleStack } from "./sample-plans";

const bucket = (text: string) =>
  sampleResource("google_storage_bucket.artifacts", {
    actions: ["update"],
    before: { note: "x" },
    after: { note: text },
  });
const reportOf = (...planned: ReturnType<typeof samplePlanned>[]) =>
  buildReport({ target: "sandbox", planned });

describe("the pull request's comment", () => {
  test("GIVEN a small plan THEN headline, digest, link, table, risks, and the details folded", () => {
    const gone = sampleResource(
      "mongodbatlas_advanced_cluster.main",
      { actions: ["delete"], before: { name: "main" }, after: null },
      { action_reason: "delete_because_no_resource_config" },
    );
    const report = reportOf(
      samplePlanned(sampleStack("dev-data"), samplePlan(bucket("y"))),
      samplePlanned(sampleStack("prod-data"), samplePlan(gone)),
    );
    expect(
      commentBody(report, { link: "https://example.com/r" }).replace(
        /[0-9a-f]{64}|(?<=`)[0-9a-f]{12}(?=`)/g,
        "…",
      ),
    ).toBe(`## Plan: 1 to delete, 1 to change in 2 stacks

Digest \`sha256:…\` · [the whole report](https://example.com/r)

| Stack | Delete | Replace | Change | Add | Other | Digest |
| --- | --: | --: | --: | --: | --: | --- |
| \`prod-data\` | 1 |  |  |  |  | \`…\` |
| \`dev-data\` |  |  | 1 |  |  | \`…\` |

- **data loss** \`prod-data\`: deletes the cluster: all data is lost unless restored, and its snapshots go with it unless they are retained (\`mongodbatlas_advanced_cluster.main\`)

<details><summary><b>prod-data</b>: 1 to delete</summary>

\`\`\`diff
- delete  mongodbatlas_advanced_cluster.main  (no longer in the code)
\`\`\`

</details>

<details><summary><b>dev-data</b>: 1 to change</summary>

\`\`\`diff
! change  google_storage_bucket.artifacts
      note: "x" → "y"
\`\`\`

</details>`);
  });

  test("GIVEN 5,000 changes THEN report and comment take at most 2 s, and GitHub takes the comment", () => {
    const planned = manyChanges(5000);
    const before = process.cpuUsage();
    const body = commentBody(buildReport({ target: "cloud", planned }), { link: "https://example.com/r" });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(2);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(commentLimit);
    expect(Buffer.byteLength(body)).toBeGreaterThan(commentLimit / 2);
    expect(body).toMatch(
      /Left out for their length: details of \d+ stacks; they are in \[the whole report\]/,
    );
  });

  test("GIVEN any plan and any limit THEN it fits in bytes and in characters, and is the same every time", () => {
    const planned = fc.array(fc.array(fc.string({ unit: "grapheme", maxLength: 2000 }), { maxLength: 6 }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(planned, fc.integer({ min: 800, max: 20_000 }), (stacks, limit) => {
        const report = () =>
          reportOf(
            ...stacks.map((texts, at) =>
              samplePlanned(sampleStack(`dev-s${at}`), samplePlan(...texts.map((text) => bucket(text)))),
            ),
          );
        const body = commentBody(report(), { limit });
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(limit);
        expect(body.length).toBeLessThanOrEqual(limit);
        expect(commentBody(report(), { limit })).toBe(body);
      }),
      { numRuns: 60 },
    );
  });

  test("GIVEN values that look like Markdown or mention people THEN they stay in their block", () => {
    const report = reportOf(
      samplePlanned(sampleStack("dev-data"), samplePlan(bucket("````\n</details> @everyone | <img src=x>"))),
    );
    const body = commentBody(report);
    const fence = /^(`{3,})diff$/m.exec(body)?.[1] ?? "";
    expect(fence.length).toBeGreaterThan(4);
    expect(body.split(`\n${fence}`)).toHaveLength(3);
  });
});
