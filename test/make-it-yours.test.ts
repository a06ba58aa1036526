import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "./clone";

describe("make it yours in five edits", () => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone();
  });
  afterAll(() => clone.remove());

  const inProjects = (file: string) => {
    const path = join(clone.root, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/hazelwick-(preview|dev|staging|prod)/g, "acme-tools-$1"));
  };

  test("GIVEN the edits of the README WHEN synthesized THEN everything is in the new projects, and half-way it says what is left", async () => {
    clone.edit("environments/organisation.ts", 'name: "hazelwick"', 'name: "acme"');
    clone.edit("environments/organisation.ts", 'domain: "hazelwick.example"', 'domain: "acme.example"');
    for (const environment of ["prod", "staging", "dev", "preview"])
      inProjects(`environments/${environment}.ts`);

    const halfWay = await clone.run("synth");
    expect(halfWay.code).toBe(2);
    expect(halfWay.stderr).toMatch(
      /releases\/dev\.json services\.orders.*expected .*gs:\/\/acme-tools-dev-artifacts/,
    );

    for (const release of readdirSync(join(clone.root, "environments/releases"))) {
      if (release.endsWith(".json")) inProjects(`environments/releases/${release}`);
    }
    const { stacks } = await clone.ask<{ stacks: { project: string }[] }>("synth");
    expect([...new Set(stacks.map(({ project }) => project))].sort()).toEqual([
      "acme-tools-dev",
      "acme-tools-preview",
      "acme-tools-prod",
      "acme-tools-staging",
    ]);
  }, 300_000);
});
