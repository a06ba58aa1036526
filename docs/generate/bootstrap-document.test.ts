import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checklist } from "../../pipeline/bootstrap/checklist/items";
import { bootstrapDocument } from "./bootstrap-document";
import { withMadePart } from "./made-part";

describe("docs/runbooks/bootstrap.md", () => {
  const document = readFileSync(join(process.cwd(), "docs", "runbooks", "bootstrap.md"), "utf8");

  test("GIVEN the checklist THEN it is what `npm run docs` makes, with every step", () => {
    expect(document).toBe(bootstrapDocument(process.cwd()));
    for (const { title } of checklist) expect(document).toContain(title);
  });

  test("GIVEN a document without the part THEN it is told instead of written", () => {
    expect(() => withMadePart("# x", "checklist", "")).toThrow("has no <!-- checklist:");
  });
});
