import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selectStacks } from "./selection";
import { readStackList, type Stack } from "./stack-list";

const stacks: Stack[] = ["dev-network", "dev-data", "prod-data"].map((name) => ({
  name,
  environment: name.split("-")[0] ?? "",
  stack: name.split("-")[1] ?? "",
  dependsOn: [],
  project: "shop",
  providers: {},
  folder: `/x/${name}`,
}));
const select = (...names: string[]) => selectStacks(stacks, names).map(({ name }) => name);

describe("which stacks a command is about", () => {
  test("GIVEN no names THEN all; an environment THEN its own; a stack THEN that, once each and in order", () => {
    expect(select()).toEqual(["dev-network", "dev-data", "prod-data"]);
    expect(select("dev")).toEqual(["dev-network", "dev-data"]);
    expect(select("prod-data", "dev-network", "prod")).toEqual(["dev-network", "prod-data"]);
    expect(select("prod-data,dev-network")).toEqual(["dev-network", "prod-data"]);
  });

  test("GIVEN names that are none THEN each is told, with what there is", () => {
    expect(() => select("dev-dat", "test", "dev")).toThrow(
      `There are no such stacks.
  ENV|STACK: found dev-dat; expected dev-network, dev-data
  ENV|STACK: found test; expected an environment (dev, prod), or one of its stacks`,
    );
    expect(() => select("x")).toThrow("There is no such stack.");
  });
});

describe("the list of stacks", () => {
  test("GIVEN what synthesis wrote THEN folders are absolute, states have an address, and more fields do no harm", () => {
    const folder = mkdtempSync(join(tmpdir(), "stack-list-"));
    const stack = {
      name: "dev-data",
      environment: "dev",
      stack: "data",
      dependsOn: ["dev-network"],
      project: "shop-dev",
      workingDirectory: "stacks/dev-data",
      backend: { bucket: "b", prefix: "data" },
      providers: { "registry.terraform.io/hashicorp/google": "6.50.0" },
      later: true,
    };
    writeFileSync(join(folder, "groundwork.json"), JSON.stringify({ version: 1, stacks: [stack] }));
    expect(readStackList(folder)).toEqual([
      {
        name: "dev-data",
        environment: "dev",
        stack: "data",
        dependsOn: ["dev-network"],
        project: "shop-dev",
        folder: join(folder, "stacks/dev-data"),
        state: "gs://b/data",
        providers: { "registry.terraform.io/hashicorp/google": "6.50.0" },
      },
    ]);
    rmSync(folder, { recursive: true });
  });
});
