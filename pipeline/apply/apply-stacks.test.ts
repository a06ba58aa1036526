import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createColors } from "picocolors";
import { findTerraform } from "../../bootstrap/terraform/find.mjs";
import { Progress } from "../console/progress";
import { keyOf } from "../digest/digest-key";
import { Interruption } from "../interruption";
import { planStack, planStacks } from "../plan/plan-stacks";
import { SavedPlans } from "../plan/saved-plans";
import type { Stack } from "../synthesis/stack-list";
import { terraformEnvironment } from "../terraform/environment";
import { Terraform } from "../terraform/terraform";
import { applyStacks, type StackToApply } from "./apply-stacks";

describe("planning and applying stacks", () => {
  let root: string;
  let terraform: Terraform;
  let saved: SavedPlans;
  let said: string[];
  const { stop } = new Interruption();
  const secrets = new Set(["s3cr3t-credential"]);

  /** A stack of Terraform's own resources, with its state in a file. */
  const stack = (name: string, resources: object, ...dependsOn: string[]): Stack => {
    const folder = join(root, "stacks", name);
    mkdirSync(folder, { recursive: true });
    const backend = { local: { path: join(root, `${name}.tfstate`) } };
    writeFileSync(
      join(folder, "cdk.tf.json"),
      JSON.stringify({ terraform: { backend }, resource: { terraform_data: resources } }),
    );
    return { name, folder, environment: "dev", stack: name, dependsOn, project: "shop", providers: {} };
  };
  const fails = {
    provisioner: [{ "local-exec": { command: "echo got s3cr3t-credential >&2; exit 3", quiet: true } }],
  };
  const digestKey = keyOf("a key of the tests");
  const progress = () => {
    said = [];
    const stream = { write: (text: string) => said.push(text.replace(/ {2}[\d.]+ s$/m, "").trim()) };
    return new Progress({ stream, moving: false, colours: createColors(false) });
  };
  const plan = (stacks: Stack[]) =>
    planStacks(stacks, { terraform, saved, progress: progress(), secrets, digestKey, atOnce: 2, stop });
  const toApply = (one: Stack): StackToApply => ({
    stack: one,
    planFile: saved.planFile(one.name),
    steps: 1,
    secrets,
  });

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "apply-stacks-"));
    const { found: binary } = await findTerraform({ root });
    if (!binary) throw new Error("These tests need Terraform or OpenTofu on the PATH.");
    terraform = new Terraform({
      binary,
      env: () => terraformEnvironment({ PATH: process.env.PATH ?? "", HOME: root }, {}),
      interruption: new Interruption(),
      dataFolder: join(root, "data"),
    });
    saved = SavedPlans.create(root, new Date());
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN a stack that can't be planned THEN the others are planned all the same", async () => {
    const planned = await plan([
      stack("wrong", { it: { inputs: 1 } }),
      stack("good", { it: { input: "x", triggers_replace: "a" } }),
    ]);
    expect(planned.map(({ stack: { name }, result }) => [name, result])).toEqual([
      ["wrong", "failed"],
      ["good", "changes"],
    ]);
    expect(planned[1]?.changes?.resources).toMatchObject([{ address: "terraform_data.it", kind: "create" }]);
    expect(said).toContain("✗ wrong  Extraneous JSON object property");
  });

  test("GIVEN a stack that fails THEN only what follows it is not started, and everything else is applied", async () => {
    const stacks = [
      stack("network", { it: {} }),
      stack("data", { bad: fails, good: {} }, "network"),
      stack("platform", { it: {} }, "network"),
      stack("release", { it: {} }, "data", "platform"),
    ];
    await plan(stacks);
    const applied = await applyStacks(stacks.map(toApply), {
      terraform,
      progress: progress(),
      atOnce: 2,
      stop,
    });
    expect(
      applied.map(({ stack: { name }, result, added, blockedBy }) => [name, result, added, blockedBy]),
    ).toEqual([
      ["network", "applied", 1, undefined],
      ["data", "failed", 0, undefined],
      ["platform", "applied", 1, undefined],
      ["release", "blocked", 0, "data"],
    ]);
    expect(applied[1]?.diagnostics[0]).toMatchObject({
      severity: "error",
      summary: "local-exec provisioner error",
    });
    expect(applied[1]?.diagnostics[0]?.detail).toContain("got (sensitive)");
    expect(said).toContain("– release  not started: data comes first");
  });

  test("GIVEN a plan that others were faster than THEN it is made again when that is wanted, and refused otherwise", async () => {
    const late = stack("late", { it: { input: "a" } });
    await plan([late]);
    await terraform.plan(late, join(root, "first.tfplan"));
    await terraform.apply(late, join(root, "first.tfplan"));

    const options = { terraform, progress: progress(), atOnce: 1, stop };
    expect(await applyStacks([toApply(late)], options)).toMatchObject([
      { result: "failed", diagnostics: [{ summary: "Saved plan is stale" }] },
    ]);
    const planAgain = async (one: Stack): Promise<StackToApply> => {
      const { result } = await planStack(one, {
        terraform,
        saved,
        progress: progress(),
        secrets,
        digestKey,
        stop,
      });
      return result === "changes" ? toApply(one) : { stack: one, steps: 0, secrets };
    };
    expect(await applyStacks([toApply(late)], { ...options, planAgain })).toMatchObject([
      { result: "up to date" },
    ]);
  });
});
