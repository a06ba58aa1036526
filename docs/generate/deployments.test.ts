import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceIn, validateEnvironments } from "../../environments/load";
import { prod } from "../../environments/prod";
import type { ReleaseManifest, ServiceManifest } from "../../environments/release-manifest";

const document = readFileSync(join(process.cwd(), "docs", "infra", "deployments.md"), "utf8");
/** Edits of one service in `environments/releases/prod.json`, as the document shows them. */
const edits = [...document.matchAll(/```json edit:([a-z-]+)\n([\s\S]*?)```/g)].map(
  ([, service = "", text = ""]) => ({
    service,
    edit: JSON.parse(text) as Partial<ServiceManifest>,
  }),
);

describe("docs/infra/deployments.md", () => {
  test.each(edits)(
    "GIVEN its edit of $service WHEN made to prod's release THEN it is valid and means what it shows",
    ({ service, edit }) => {
      const source = sourceIn();
      const before = JSON.parse(source.releaseText("prod") ?? "") as ReleaseManifest;
      const own = before.services[service] as ServiceManifest;
      const after = { ...own, ...edit, versions: [...(edit.versions ?? []), ...own.versions] };
      const loadedWith = (one: ServiceManifest) => {
        const text = JSON.stringify({ ...before, services: { ...before.services, [service]: one } });
        const [loaded] = validateEnvironments({ ...source, definitions: [prod], releaseText: () => text });
        return loaded?.release.services[service];
      };
      const release = loadedWith(after);
      expect(release?.traffic).toEqual(edit.traffic ?? own.traffic);
      // Settings that changed since the file was written make a version, unless a new one takes them.
      const waiting = (loadedWith(own)?.versions.length ?? 0) - own.versions.length;
      const made = Math.max(waiting, edit.versions?.length ?? 0);
      expect(release?.versions).toHaveLength(own.versions.length + made);
    },
  );

  test("GIVEN the ways to release THEN each has an edit", () => {
    expect(edits.map(({ edit }) => edit.strategy ?? Object.keys(edit)[0])).toEqual([
      "versions",
      "canary",
      "traffic",
      "blue-green",
      "traffic",
    ]);
  });

  test("GIVEN its rollback THEN the guards know it as one: the file still names where it goes back to", () => {
    const { traffic, previousTraffic } = edits.at(-1)?.edit ?? {};
    expect(traffic).toEqual(previousTraffic);
  });

  test("GIVEN its links THEN they lead somewhere", () => {
    for (const [, target = ""] of document.matchAll(/\]\(([^)#]+)\)/g)) {
      expect(readFileSync(join(process.cwd(), "docs", "infra", target), "utf8")).not.toBe("");
    }
  });
});
