import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bucket } from "@groundwork/constructs/storage/bucket";
import { type App, TerraformResource } from "cdktf";
import { type LoadedEnvironment, loadEnvironments } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";
import { Synthesis } from "./synthesis";

/** The address of the first stack's bucket, as Terraform will know it. */
let url = "";

class First extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "network");
    const bucket = new Bucket(this, "made", { name: "made-bucket", location: "EU" });
    const [resource] = bucket.node.children.filter((child) => TerraformResource.isTerraformResource(child));
    url = resource?.getStringAttribute("url") ?? "";
    bucket.addText("own", { name: "own", content: url, type: "text/plain" });
  }
}

class Second extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "data");
    const bucket = new Bucket(this, "other", { name: "other-bucket", location: "EU" });
    bucket.addText("strange", { name: "strange", content: url, type: "text/plain" });
  }
}

describe("references between stacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "own-references-"));
  const [dev] = loadEnvironments().filter(({ environment }) => environment.name === "dev");
  if (!dev) throw new Error("there is no dev");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("GIVEN a reference within a stack THEN it is written", () => {
    const synthesis = new Synthesis(folder);
    synthesis.add(First, dev);
    synthesis.write();
    expect(readdirSync(join(folder, "stacks"))).toEqual(["dev-network"]);
  });

  test("GIVEN a reference to another stack's resource THEN it is refused, and nothing is written", () => {
    const synthesis = new Synthesis(folder);
    synthesis.add(First, dev);
    synthesis.add(Second, dev);
    expect(() => synthesis.write()).toThrow(
      /dev-data: found a reference to google_storage_bucket\.made\w* of dev-network; expected its computed name/,
    );
    expect(readdirSync(join(folder, "stacks"))).toEqual(["dev-network"]);
  });
});
