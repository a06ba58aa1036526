import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore } from "@groundwork/sandbox/store/open-store";
import { History } from "../history/history";
import { SmallPlatform, type SmallStack } from "../testing/small-platform";
import { leftBehind } from "./left-behind";

const kept = { reason: "somebody else takes care of it", decision: "keep" } as const;
const destroyed = { reason: "nobody needs it any more", decision: "destroy" } as const;
const stack = (name: string, after: string[] = []): SmallStack => ({
  stack: name,
  after,
  configuration: { resource: { terraform_data: { it: { input: name } } } },
});

test("GIVEN stacks that left the code at any time THEN those with objects are found, decided, and as they were applied", async () => {
  const root = mkdtempSync(join(tmpdir(), "left-behind-"));
  const store = openStore(join(root, "store"));
  const server: StateServer = await startStateServer({ buckets: store.buckets });
  try {
    const env = { STORAGE_EMULATOR_HOST: `http://127.0.0.1:${server.port}` };
    const platform = new SmallPlatform(root, () => env);
    const all = platform.write([stack("network"), stack("data", ["network"]), stack("cache")]);
    const [network] = all;
    for (const [name, resources] of [
      ["network", 1],
      ["data", 1],
      ["cache", 0],
    ] as const) {
      const objects = Array(resources).fill({ mode: "managed", instances: [{}] });
      const state = { version: 4, serial: 1, lineage: "a", resources: objects };
      await platform.bucket.write(`${name}/default.tfstate`, JSON.stringify(state));
    }
    const places = { root, code: [network].flatMap((one) => one ?? []), bucket: () => platform.bucket };
    const stacksAt = async () => all;
    const find = (decisions: Parameters<typeof leftBehind>[1]["decisions"]) =>
      leftBehind("dev", { ...places, decisions, stacksAt });

    const named = (orphans: Awaited<ReturnType<typeof find>>) =>
      orphans.map(({ stack: { name, folder }, decision }) => [name, decision, folder === all[1]?.folder]);
    // What was destroyed has left an empty state, and is no news.
    expect(named(await find([]))).toEqual([["dev-data", "undecided", false]]);
    expect(named(await find([{ stack: "dev-data", ...kept }]))).toEqual([["dev-data", "keep", false]]);
    await expect(find([{ stack: "dev-data", ...destroyed }])).rejects.toThrow("no history tells");

    const since = { ...places, decisions: [{ stack: "dev-data", ...destroyed }], stacksAt, since: "v1" };
    expect(named(await leftBehind("dev", since))).toEqual([["dev-data", "destroy", true]]);

    const version = { lineage: "", serial: 0, generation: "0" };
    const history = new History("dev", platform.bucket);
    const { number } = await history.append({
      ...{ kind: "began", stack: "dev-data", commit: "a".repeat(40), digest: "", by: { who: "ann" } },
      ...{ approvals: [], terraform: { product: "Terraform", version: "1" }, before: version },
    });
    await history.append({
      ...{ kind: "ended", stack: "dev-data", commit: "a".repeat(40), began: number, result: "applied" },
      ...{ counts: { added: 1, changed: 0, destroyed: 0 }, seconds: 1, after: version },
    });
    expect(named(await find([{ stack: "dev-data", ...destroyed }]))).toEqual([["dev-data", "destroy", true]]);
  } finally {
    await server.close();
    await store.close();
    rmSync(root, { recursive: true, force: true });
  }
});
