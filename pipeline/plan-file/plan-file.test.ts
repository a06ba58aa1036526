import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../bootstrap/terraform/find.mjs";
import { Interruption } from "../interruption";
import { terraformEnvironment } from "../terraform/environment";
import { Terraform } from "../terraform/terraform";
import { readPlanFile } from "./plan-file";

describe("a plan that Terraform saved", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "plan-file-"));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("GIVEN one THEN it tells from which code and which version of the state it was made", async () => {
    const { found: binary } = await findTerraform({ root });
    if (!binary) throw new Error("This test needs Terraform or OpenTofu on the PATH.");
    const terraform = new Terraform({
      binary,
      env: () => terraformEnvironment({ PATH: process.env.PATH ?? "", HOME: root }, {}),
      interruption: new Interruption(),
      dataFolder: join(root, "data"),
    });
    const stack = { name: "dev-data", folder: join(root, "dev-data") };
    const [planFile, state] = [join(root, "plan"), join(root, "s.tfstate")];
    mkdirSync(stack.folder);
    const configuration = (input: string) =>
      JSON.stringify({
        terraform: { backend: { local: { path: state } } },
        resource: { terraform_data: { it: { input } } },
      });
    writeFileSync(join(stack.folder, "cdk.tf.json"), configuration("first"));
    await terraform.plan(stack, planFile);
    await terraform.apply(stack, planFile);

    writeFileSync(join(stack.folder, "cdk.tf.json"), configuration("second"));
    await terraform.plan(stack, planFile);
    const { lineage, serial } = JSON.parse(readFileSync(state, "utf8"));
    const read = readPlanFile(readFileSync(planFile));
    expect(read.state).toEqual({ lineage, serial });
    expect(read.configuration).toBe(configuration("second"));
    expect(read.lockFile).toContain("terraform init");
  });

  test("GIVEN something else THEN it is refused", () => {
    expect(() => readPlanFile(Buffer.from("encrypted"))).toThrow("not a zip archive");
    const empty = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);
    expect(() => readPlanFile(empty)).toThrow("not a saved plan");
  });
});
