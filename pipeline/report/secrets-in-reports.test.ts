import fc from "fast-check";
import { createColors } from "picocolors";
import { readPlanJson } from "../terraform/plan-json";
import { buildReport } from "./build-report";
import { commentBody } from "./comment-body";
import { renderPage } from "./page/render-page";
import { renderMarkdown } from "./render-markdown";
import { renderText } from "./render-text";
import { samplePlan, samplePlanned, sampleResource, sampleStack } from "./sample-plans";

/** Every output that is made of a report. */
const outputs = (planned: ReturnType<typeof samplePlanned>[]): Record<string, string> => {
  const report = buildReport({ target: "cloud", planned });
  return {
    text: renderText(report, { colours: createColors(false) }),
    markdown: renderMarkdown(report),
    comment: commentBody(report, { link: "https://example.com/report" }),
    json: JSON.stringify(report),
    page: renderPage(report),
  };
};

/** Every way into a plan that a secret finds. */
const planWith = (secret: string, other: string) => {
  const inDocument = JSON.stringify({ connection: { url: `mongodb://app:${secret}@host` } });
  return samplePlan(
    sampleResource("google_x.marked", {
      actions: ["update"],
      before: { password: other, keys: [{ value: other }], whole: { a: other }, n: 1 },
      after: { password: secret, keys: [{ value: secret }], whole: { a: secret, [secret]: 1 }, n: 2 },
      before_sensitive: { password: true, keys: [{ value: true }], whole: true },
      after_sensitive: { password: true, keys: [{ value: true }], whole: true },
      after_unknown: {},
    }),
    sampleResource("google_x.created", {
      actions: ["create"],
      before: null,
      after: { password: secret, list: [secret] },
      after_sensitive: { password: true, list: [true] },
    }),
    sampleResource("google_x.copied", {
      actions: ["update"],
      before: {
        env: { URL: `x${other}y` },
        document: "{}",
        packed: Buffer.from("{}".padEnd(40)).toString("base64"),
      },
      after: {
        env: { URL: `x${secret}y` },
        document: inDocument,
        packed: Buffer.from(inDocument).toString("base64"),
        encoded: Buffer.from(secret).toString("base64"),
        query: `?key=${encodeURIComponent(secret)}`,
      },
    }),
    sampleResource("google_x.gone", {
      actions: ["delete"],
      before: { password: secret, lines: `a\n${secret}\nb` },
      after: null,
      before_sensitive: { password: true },
    }),
  );
};

describe("a secret planted in a plan", () => {
  test("GIVEN any secret WHEN reported THEN no output shows it, packed or quoted or not", () => {
    const text = fc
      .stringMatching(/^[A-Za-z0-9"'<>&/+=%{}\\ -]{8,40}$/)
      .filter((one) => /[A-Za-z0-9]{6}/.test(one));
    fc.assert(
      fc.property(text, text, (one, two) => {
        // Marked, so that nothing of the page itself is one.
        const [secret, other] = [`Zq7#${one}`, `Wx9#${two}`];
        const planned = samplePlanned(sampleStack("prod-data"), planWith(secret, other));
        planned.diagnostics = [
          { severity: "warning", summary: `Odd ${secret}`, detail: `got "${JSON.stringify(other)}"` },
        ];
        for (const [name, output] of Object.entries(outputs([planned]))) {
          for (const hidden of [secret, other]) {
            const forms = [
              hidden,
              JSON.stringify(hidden).slice(1, -1),
              Buffer.from(hidden).toString("base64"),
              encodeURIComponent(hidden),
              hidden
                .replaceAll("&", "&amp;")
                .replaceAll("<", "&lt;")
                .replaceAll(">", "&gt;")
                .replaceAll('"', "&quot;"),
              JSON.stringify(hidden).slice(1, -1).replaceAll("<", "\\u003c"),
            ];
            for (const form of forms) {
              if (output.includes(form)) throw new Error(`${name} shows ${form}`);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("GIVEN secrets of other lengths THEN every output is the same: not even the length is told", () => {
    const of = (secret: string, other: string) =>
      outputs([
        samplePlanned(
          sampleStack("prod-data"),
          samplePlan(
            sampleResource("google_x.a", {
              actions: ["update"],
              before: { password: other, n: 1 },
              after: { password: secret, n: 2 },
              before_sensitive: { password: true },
              after_sensitive: { password: true },
            }),
          ),
        ),
      ]);
    const without = (text: string) => text.replace(/sha256:[0-9a-f]{64}|`[0-9a-f]{12}`/g, "");
    const [one, two] = [of("short-secret", "x".repeat(9)), of("s".repeat(4000), "other-secret")];
    for (const name of Object.keys(one)) expect(without(two[name] ?? "")).toBe(without(one[name] ?? ""));
  });

  test("GIVEN a secret of one stack WHEN another stack has it unmarked THEN it is hidden there too", () => {
    const marked = samplePlanned(
      sampleStack("prod-data"),
      samplePlan(
        sampleResource("google_x.a", {
          actions: ["create"],
          after: { password: "Zq7#planted-secret" },
          after_sensitive: { password: true },
        }),
      ),
    );
    const unmarked = samplePlanned(
      sampleStack("prod-release"),
      samplePlan(
        sampleResource("google_x.b", {
          actions: ["update"],
          before: { e: "x" },
          after: { e: "Zq7#planted-secret" },
        }),
      ),
    );
    for (const output of Object.values(outputs([marked, unmarked])))
      expect(output).not.toContain("Zq7#planted");
  });

  test("GIVEN a long number that is sensitive THEN it is not told", () => {
    const text = `{"format_version":"1.2","resource_changes":[{"address":"a.b","mode":"managed","type":"a","name":"b","change":{"actions":["update"],"before":{"pin":1},"after":{"pin":91827364554637281},"before_sensitive":{"pin":true},"after_sensitive":{"pin":true}}}]}`;
    for (const output of Object.values(
      outputs([samplePlanned(sampleStack("prod-data"), readPlanJson(text))]),
    )) {
      expect(output).not.toContain("9182736455");
    }
  });
});
