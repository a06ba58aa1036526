import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Console } from "../console/console";
import { Interruption } from "../interruption";
import { stacksToVisit } from "./matrix";

describe("the stacks that jobs visit", () => {
  const root = mkdtempSync(join(tmpdir(), "visit-"));
  afterAll(() => rmSync(root, { recursive: true }));

  const write = (folder: string, stacks: readonly string[], orphans: readonly object[] = []) => {
    const listed = stacks.map((name) => {
      const [environment, stack] = name.split("-");
      const workingDirectory = `stacks/${name}`;
      mkdirSync(join(root, folder, workingDirectory), { recursive: true });
      writeFileSync(join(root, folder, workingDirectory, "cdk.tf.json"), "{}");
      return { name, environment, stack, dependsOn: [], project: "p", workingDirectory, providers: {} };
    });
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(
      join(root, folder, "groundwork.json"),
      JSON.stringify({ version: 1, stacks: listed, orphans }),
    );
  };

  test("GIVEN stacks that are gone THEN all are told, and those that stay need nothing done", async () => {
    write("base", ["dev-a", "dev-b", "dev-c"]);
    write(
      "head",
      [],
      [
        { stack: "dev-a", decision: "keep", reason: "Another team has it." },
        { stack: "dev-b", decision: "destroy", reason: "Nobody needs it." },
      ],
    );
    const silent = { write: () => true };
    const console = new Console({ stdout: silent, stderr: silent, json: false, env: {} });
    const visited = async (leaveKept: boolean) => {
      const options = { synthesized: "head", changedSince: join(root, "base"), leaveKept };
      const stacks = await stacksToVisit(
        { root, console, interruption: new Interruption(), env: {} },
        ["dev"],
        options,
      );
      return stacks.map(({ name }) => name).sort();
    };
    expect(await visited(false)).toEqual(["dev-a", "dev-b", "dev-c"]);
    expect(await visited(true)).toEqual(["dev-b", "dev-c"]);
  });
});
