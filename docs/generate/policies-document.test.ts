import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleIds } from "@groundwork/policies/packs";
import { malformedWaivers, policiesDocument } from "./policies-document";

const document = policiesDocument();

test("docs/infra/policies.md is what `npm run docs` makes", () => {
  expect(readFileSync(join(process.cwd(), "docs", "infra", "policies.md"), "utf8")).toBe(document);
});

test("every rule stands in it once", () => {
  for (const id of ruleIds) {
    expect(
      document.split("\n").filter((line) => line.startsWith(`| ${id} | `) && !line.includes("`")),
    ).toHaveLength(1);
  }
});

test("waivers have an owner, a reason and a day", () => {
  expect(malformedWaivers()).toEqual([]);
});
