import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diagram, overviewDocument } from "./architecture";
import { flows, type Part, parts } from "./architecture-parts";

const root = process.cwd();

describe("the map in docs/infra/overview.md", () => {
  test("GIVEN what is synthesized THEN it is what `npm run docs` makes", () => {
    expect(readFileSync(join(root, "docs", "infra", "overview.md"), "utf8")).toBe(overviewDocument(root));
  });

  test("GIVEN the table of parts THEN ids differ, and flows name parts", () => {
    const ids = parts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to } of flows) {
      expect([...from, ...to].filter((id) => id !== "browser" && !ids.includes(id))).toEqual([]);
    }
  });

  test("GIVEN states without a load balancer THEN the browser calls the gateway, and no arrow leads nowhere", () => {
    const part = (id: string) => parts.find((one) => one.id === id) as Part;
    const text = diagram([
      { stack: "platform", after: [], parts: [part("hosting")] },
      { stack: "release", after: ["platform"], parts: [part("gateway"), part("traffic")] },
    ]);
    expect(text).toContain('browser -->|"api.…, HTTPS"| release_gateway');
    expect(text).toContain("platform -.-> release");
    expect(text).not.toContain("balancer");
    expect(text).not.toContain("cluster");
  });
});
