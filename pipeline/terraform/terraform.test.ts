import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../bootstrap/terraform/find.mjs";
import { Interruption } from "../interruption";
import { terraformEnvironment } from "./environment";
import { lockInfoOf } from "./lock-info";
import { Terraform, type TerraformBinary, type TerraformStack } from "./terraform";

describe("Terraform", () => {
  let root: string;
  let binary: TerraformBinary;

  const terraform = (interruption = new Interruption()) =>
    new Terraform({
      binary,
      env: () => terraformEnvironment({ PATH: process.env.PATH ?? "", HOME: root }, {}),
      interruption,
      dataFolder: join(root, "data"),
    });
  /** A stack of Terraform's own resource, with its state in a file. */
  const stack = (name: string, resource: object, more: object = {}): TerraformStack => {
    const folder = join(root, "stacks", name);
    mkdirSync(folder, { recursive: true });
    const backend = { local: { path: join(root, `${name}.tfstate`) } };
    const configuration = { terraform: { backend }, resource: { terraform_data: { it: resource } }, ...more };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
    return { name, folder };
  };
  const planFile = (name: string) => join(root, `${name}.tfplan`);

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "terraform-"));
    const { found } = await findTerraform({ root });
    if (!found) throw new Error("These tests need Terraform or OpenTofu on the PATH.");
    binary = found;
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN a share of the machine WHEN it plans THEN it takes no more, unless the user decides", async () => {
    const arguments_ = join(root, "arguments");
    const spy = join(root, "terraform-and-what-it-was-given");
    writeFileSync(spy, `#!/bin/sh\necho "$GOMAXPROCS $*" >> "${arguments_}"\nexec "${binary.path}" "$@"\n`, {
      mode: 0o755,
    });
    const one = stack("share", { input: "a" });
    for (const own of [{}, { GOMAXPROCS: "7" }]) {
      const shared = new Terraform({
        binary: { ...binary, path: spy },
        env: () => ({ PATH: process.env.PATH ?? "", HOME: root, ...own }),
        interruption: new Interruption(),
        dataFolder: join(root, "data"),
        planning: { objects: 50, processors: 3 },
      });
      expect(await shared.plan(one, planFile("share"))).toMatchObject({ result: "changes" });
    }
    const plans = readFileSync(arguments_, "utf8")
      .split("\n")
      .filter((line) => / plan /.test(line));
    expect(plans).toEqual([
      expect.stringMatching(/^3 plan .*-parallelism=50$/),
      expect.stringMatching(/^7 plan /),
    ]);
  });

  test("GIVEN a stack WHEN planned and applied THEN the second plan is empty and nothing is initialized again", async () => {
    const one = stack("one", { input: "a" });
    expect(await terraform().plan(one, planFile("one"))).toMatchObject({ result: "changes" });
    expect(await terraform().showPlan(one, planFile("one"))).toMatchObject({
      result: "shown",
      plan: { resource_changes: [{ address: "terraform_data.it", change: { actions: ["create"] } }] },
    });
    expect(await terraform().showPlan(one, planFile("none"))).toMatchObject({
      result: "failed",
      diagnostics: [{ severity: "error", summary: "Failed to read the given file as a state or plan file" }],
    });

    const messages: string[] = [];
    const applied = await terraform().apply(one, planFile("one"), ({ type }) => messages.push(type));
    expect(applied).toMatchObject({ result: "applied", changes: { add: 1, change: 0, remove: 0 } });
    expect(messages).toEqual(expect.arrayContaining(["apply_start", "apply_complete", "change_summary"]));

    expect(await terraform().plan(one, planFile("one"))).toMatchObject({ result: "no changes" });
    expect(readdirSync(join(root, "data", "one"))).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  test("GIVEN a shared folder of providers WHEN several are initialized at once THEN all are", async () => {
    const shared = new Terraform({
      binary,
      env: () => terraformEnvironment({ PATH: process.env.PATH ?? "", HOME: root }, {}),
      interruption: new Interruption(),
      dataFolder: join(root, "shared"),
      pluginCache: join(root, "plugins"),
    });
    const stacks = ["s1", "s2", "s3"].map((name) => stack(name, {}));
    const ready = await Promise.all(stacks.map((one) => shared.init(one)));
    expect(ready).toEqual(stacks.map(() => ({ result: "ready" })));
    expect(readdirSync(join(root, "shared")).sort()).toEqual(["s1", "s2", "s3"]);
  });

  test("GIVEN a lock that nobody holds WHEN taken away THEN Terraform's reason comes back", async () => {
    const ended = await terraform().forceUnlock(stack("free", {}), "7");
    expect(ended).toMatchObject({
      result: "failed",
      diagnostics: [{ summary: expect.stringMatching(/lock/i) }],
    });
  });

  test("GIVEN a plan that others were faster than WHEN applied THEN it is refused as stale", async () => {
    const two = stack("two", { input: "a" });
    await terraform().plan(two, planFile("two-a"));
    await terraform().plan(two, planFile("two-b"));
    await terraform().apply(two, planFile("two-a"));
    expect(await terraform().apply(two, planFile("two-b"))).toMatchObject({
      result: "failed",
      diagnostics: [{ severity: "error", summary: "Saved plan is stale" }],
    });
  });

  test("GIVEN a configuration that is wrong WHEN planned THEN Terraform's reason comes back", async () => {
    const wrong = stack("wrong", { inputs: "a" });
    expect(await terraform().plan(wrong, planFile("wrong"))).toMatchObject({
      result: "failed",
      diagnostics: [{ severity: "error", summary: "Extraneous JSON object property" }],
    });
  });

  test("GIVEN a backend that is none WHEN initialized THEN the reason comes back and nothing is left", async () => {
    const folder = join(root, "stacks", "lost");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend: { nowhere: {} } } }));
    const ended = await terraform().init({ name: "lost", folder });
    expect(ended).toMatchObject({
      result: "failed",
      diagnostics: [{ severity: "error", summary: "Unsupported backend type" }],
    });
    expect(readdirSync(join(root, "data", "lost"))).toEqual([]);
  });

  test("GIVEN an apply in progress WHEN asked to stop THEN it stops itself, and meanwhile others are told who holds the lock", async () => {
    const slow = stack("slow", { provisioner: [{ "local-exec": { command: "sleep 60" } }] });
    await terraform().plan(slow, planFile("slow"));
    const interruption = new Interruption();
    let started = () => {};
    const begun = new Promise<void>((resolve) => {
      started = resolve;
    });
    const applying = terraform(interruption).apply(slow, planFile("slow"), ({ type }) => {
      if (type === "provision_start") started();
    });
    await begun;

    const blocked = await terraform().plan(slow, planFile("blocked"), { lockTimeout: "0s" });
    expect(lockInfoOf(blocked.diagnostics)).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      who: expect.stringContaining("@"),
      operation: "OperationTypeApply",
      created: expect.any(Date),
    });

    interruption.receive("SIGINT");
    expect(await applying).toMatchObject({ result: "failed" });
    expect(await terraform().plan(slow, planFile("slow"), { lockTimeout: "0s" })).toMatchObject({
      result: "changes",
    });
  });

  test("GIVEN an apply that is killed WHEN its lock is taken away THEN others can go on", async () => {
    const killed = stack("killed", { provisioner: [{ "local-exec": { command: "sleep 60" } }] });
    await terraform().plan(killed, planFile("killed"));
    const interruption = new Interruption();
    const ended = await terraform(interruption).apply(killed, planFile("killed"), ({ type }) => {
      if (type === "provision_start") interruption.abandon();
    });
    expect(ended).toMatchObject({
      result: "failed",
      diagnostics: [{ summary: `${binary.product} apply was killed` }],
    });
    expect(interruption.exitCode).toBeUndefined();
    // A local state's lock goes with its process.
    expect(await terraform().plan(killed, planFile("killed"), { lockTimeout: "0s" })).toMatchObject({
      result: "changes",
    });
  });
});
