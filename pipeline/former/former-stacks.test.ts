import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { StorageBucket } from "../bucket/storage-bucket";
import { transportOf } from "../bucket/transport";
import { History } from "../history/history";
import type { Stack } from "../synthesis/stack-list";
import { formerStacksNamed, formerStacksOf, stacksInBucket } from "./former-stacks";

const code: Stack[] = ["network", "data"].map((stack) => ({
  name: `dev-${stack}`,
  environment: "dev",
  stack,
  dependsOn: [],
  project: "shop-dev",
  providers: {},
  folder: "",
  state: `gs://shop-dev-tfstate/${stack}`,
}));

describe("stacks that only a state bucket knows", () => {
  let root: string;
  let store: SandboxStore;
  let server: StateServer;
  const bucket = (name: string) => {
    const env = { STORAGE_EMULATOR_HOST: `127.0.0.1:${server.port}` };
    return new StorageBucket(name, { transport: transportOf(env) });
  };
  const find = (...names: string[]) => formerStacksNamed(names, { root, code, bucket });
  const findIn = (name: string, ...names: string[]) => stacksInBucket(name, names, { root, bucket });
  const told = (stacks: readonly Stack[]) =>
    stacks.map(({ name, environment, stack, state }) => [name, environment, stack, state]);

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "former-stacks-"));
    store = openStore(join(root, "store"));
    server = await startStateServer({ buckets: store.buckets });
    for (const kind of ["network", "data", "observability", "previews/pr-1", "backups/data"]) {
      await bucket("shop-dev-tfstate").write(`${kind}/default.tfstate`, "{}");
    }
    for (const kind of ["network", "data-lake"]) {
      await bucket("shop-old-eu-tfstate").write(`${kind}/default.tfstate`, "{}");
    }
    const by = { who: "ann" };
    await new History("old-eu", bucket("shop-old-eu-tfstate")).append({
      ...{ kind: "state", stack: "old-eu-network", action: "unlocked", by },
      ...{
        before: { lineage: "", serial: 0, generation: "0" },
        after: { lineage: "", serial: 0, generation: "0" },
      },
    });
  });
  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  test("GIVEN a stack that left an environment of the code THEN its state is found beside its siblings', deleted ones too", async () => {
    const observability = [
      "dev-observability",
      "dev",
      "observability",
      "gs://shop-dev-tfstate/observability",
    ];
    expect(told(await find("dev-observability", "dev-nothing", "prod-data"))).toEqual([observability]);
    await bucket("shop-dev-tfstate").write("cache/default.tfstate", "{}");
    await bucket("shop-dev-tfstate").remove("cache/default.tfstate");
    expect(told(await find("dev-cache"))).toEqual([
      ["dev-cache", "dev", "cache", "gs://shop-dev-tfstate/cache"],
    ]);
    expect(told(await formerStacksOf("dev", { root, code, bucket }))).toEqual([observability]);
  });

  test("GIVEN the bucket of an environment that left the code THEN it and its stacks can be named", async () => {
    const network = ["old-eu-network", "old-eu", "network", "gs://shop-old-eu-tfstate/network"];
    const lake = ["old-eu-data-lake", "old-eu", "data-lake", "gs://shop-old-eu-tfstate/data-lake"];
    expect(told(await findIn("shop-old-eu-tfstate", "old-eu"))).toEqual([lake, network]);
    expect(await find("old-eu")).toEqual([]);
    // Without a history the name says whose it is.
    await bucket("shop-older-tfstate").write("data-lake/default.tfstate", "{}");
    const older = ["older-data-lake", "older", "data-lake", "gs://shop-older-tfstate/data-lake"];
    expect(told(await findIn("shop-older-tfstate", "older"))).toEqual([older]);
    expect(told(await findIn("shop-older-tfstate", "older-data-lake"))).toEqual([older]);
  });

  test("GIVEN one of them THEN Terraform can be led to its state, and to nothing else", async () => {
    const [, stack] = await findIn("shop-old-eu-tfstate", "old-eu");
    expect(JSON.parse(readFileSync(join(stack?.folder ?? "", "cdk.tf.json"), "utf8"))).toEqual({
      terraform: { backend: { gcs: { bucket: "shop-old-eu-tfstate", prefix: "network" } } },
    });
  });

  test("GIVEN a bucket without states, or no name THEN it is told what is missing", async () => {
    await expect(findIn("shop-gone-tfstate", "old-eu")).rejects.toThrow(
      "--bucket: found shop-gone-tfstate, without any state; expected the bucket in which the states lie",
    );
    await expect(findIn("shop-old-eu-tfstate")).rejects.toThrow(
      "ENV|STACK: found nothing; expected the environment whose states lie there",
    );
  });
});
