import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "./clone";

interface Planned {
  plans: string;
  digest: string;
  stacks: {
    name: string;
    result: string;
    counts: Record<string, number>;
    renames: { command: string }[];
  }[];
  orphans: { name: string; decision: string }[];
}

interface States {
  states: { stack: string; former?: boolean }[];
}

describe("a pull request", () => {
  let clone: Clone;
  const plan = () => clone.ask<Planned>("plan", "dev", "--changed-since", "HEAD");
  const changing = ({ stacks }: Planned) =>
    Object.fromEntries(
      stacks
        .filter(({ result }) => result === "changes")
        .map(({ name, counts }) => [
          name,
          Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
        ]),
    );

  beforeAll(async () => {
    clone = new Clone();
    clone.reduceTo("dev");
    writeFileSync(join(clone.root, ".gitignore"), "node_modules\ndist/\ncdktf.out/\n.groundwork/\n");
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: clone.root });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "base");
    const { code, stderr } = await clone.run("up", "dev");
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  }, 300_000);
  afterAll(() => clone.remove());

  test("GIVEN a renamed construct THEN a move is offered, written, and nothing is destroyed", async () => {
    clone.edit("stacks/data.ts", 'new Bucket(this, "configuration"', 'new Bucket(this, "settings"');
    const renamed = await plan();
    expect(changing(renamed)).toEqual({ "dev-data": { delete: 4, create: 4 } });
    const commands = renamed.stacks.flatMap(({ renames }) => renames.map(({ command }) => command));
    expect(commands).toHaveLength(4);
    expect(await clone.run("move", "--offered")).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(clone.root, "environments", "moves.json"), "utf8"))).toHaveLength(4);
    const moved = await plan();
    expect(changing(moved)).toEqual({ "dev-data": { move: 4 } });
    expect(moved.digest).not.toBe(renamed.digest);
    // A second time, in another process: the digest is that of the changes alone.
    expect((await plan()).digest).toBe(moved.digest);
  }, 300_000);

  test("GIVEN a stack that is gone THEN it needs a decision, and then is destroyed as reviewed", async () => {
    clone.edit("stacks/environment-stacks.ts", "  ObservabilityStack,\n", "");
    const { code, stdout } = await clone.run("plan", "dev", "--changed-since", "HEAD");
    expect(code).toBe(1);
    expect(stdout).toContain("dev-observability would be orphaned: decide in environments/orphans.json");
    const decisions = [
      { stack: "dev-observability", decision: "destroy", reason: "nobody looks at dev at night" },
    ];
    writeFileSync(join(clone.root, "environments", "orphans.json"), JSON.stringify(decisions));
    const planned = await plan();
    expect(planned.orphans).toMatchObject([{ name: "dev-observability", decision: "destroy" }]);
    const { delete: doomed = 0, ...rest } = changing(planned)["dev-observability"] ?? {};
    expect({ any: doomed > 0, rest }).toEqual({ any: true, rest: {} });

    const applied = await clone.ask<{ totals: object }>("apply", "--plan", planned.plans);
    expect(applied.totals).toMatchObject({ stacks: 2, added: 0, changed: 0, destroyed: doomed });
    expect(changing(await plan())).toEqual({});

    // The code has forgotten it; what was done to it stays written down.
    const history = await clone.ask<{ environments: { records: { event: object }[] }[] }>(
      "history",
      "dev-observability",
    );
    expect(history.environments[0]?.records.map(({ event }) => event)).toMatchObject([
      { kind: "began", stack: "dev-observability" },
      { kind: "ended" },
      { kind: "began" },
      { kind: "ended", counts: { destroyed: doomed } },
    ]);
    expect((await clone.ask<States>("state", "list", "dev")).states.at(-1)).toMatchObject({
      stack: "dev-observability",
      former: true,
      live: { resources: 0 },
    });
    // What was destroyed by mistake: its state of before, to look at and to import from.
    const rollback = ["rollback", "dev-observability", "--yes", "--reason", "test"];
    expect(await clone.ask("state", ...rollback)).toMatchObject({
      stack: "dev-observability",
      before: { serial: 3 },
      after: { serial: 4 },
    });
  }, 300_000);

  test("GIVEN an environment that is gone THEN it can be named by a commit that has it, or by its bucket", async () => {
    const overview = JSON.parse(readFileSync(join(clone.root, "cdktf.out", "groundwork.json"), "utf8")) as {
      stacks: { backend: { bucket: string } }[];
    };
    const bucket = overview.stacks[0]?.backend.bucket ?? "";
    clone.edit("environments/load.ts", "[dev]", "[staging]");
    clone.edit("environments/delivery.ts", 'environment: "dev", mode', 'environment: "staging", mode');
    const unknown = await clone.run("history", "dev");
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("or --bucket, where its")]);

    const { environments } = await clone.ask<{ environments: { environment: string; records: object[] }[] }>(
      ...["history", "dev", "--bucket", bucket],
    );
    expect(environments).toMatchObject([{ environment: "dev", flaws: [] }]);
    expect((await clone.ask<States>("state", "list", "dev", "--since", "HEAD")).states).toHaveLength(6);
    expect(await clone.ask("drift", "dev-network", "--since", "HEAD")).toMatchObject({
      stacks: [{ name: "dev-network", result: "in step" }],
    });
  }, 300_000);
});
