import { Clone } from "./clone";

interface Applied {
  stacks: { name: string; result: string; added: number; changed: number; destroyed: number }[];
  totals: { stacks: number; added: number; changed: number; destroyed: number };
}
interface Planned {
  plans: string;
  stacks: { name: string; result: string; changes: { kind: string; type: string; address: string }[] }[];
}

/** What a plan changes, stack by stack; quiet ones are left out. */
const changesOf = ({ stacks }: Planned) =>
  Object.fromEntries(
    stacks
      .filter(({ result }) => result !== "no changes")
      .map(({ name, changes }) => [name, changes.map(({ kind, type }) => `${kind} ${type}`)]),
  );

describe("groundwork on a fresh clone", () => {
  let clone: Clone;

  beforeAll(() => {
    clone = new Clone();
    clone.differ("dev", "atlas.tier", '"M10"');
  });
  afterAll(() => clone.remove());

  test("WHEN brought up THEN 24 states are applied, and a second time nothing changes", async () => {
    const first = await clone.ask<Applied>("up");
    expect(first.totals).toMatchObject({ stacks: 24, changed: 0, destroyed: 0 });
    expect(first.stacks.filter(({ result }) => result !== "applied")).toEqual([]);

    const second = await clone.run("up");
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^\nNo changes\. 24 stacks up to date \(\d+\.\d s\)\.\n$/);
  }, 300_000);

  test("GIVEN three edited values WHEN planned THEN only their stacks change, each in the right way, and apply does exactly that", async () => {
    clone.reduceTo("dev", "prod");
    clone.differ("dev", "atlas.tier", '"M20"');
    clone.edit("environments/prod.ts", 'monthly: { keep: "13 months" }', 'monthly: { keep: "14 months" }');
    clone.differ("dev", "services.orders.env.PAYMENT_MODE", '"fake"');

    const planned = await clone.ask<Planned>("plan", "--detailed-exitcode");
    const { "dev-release": release = [], ...others } = changesOf(planned);
    // A version of settings that no file of releases has yet goes with them; there is one only beside a change of them.
    const gone = release.filter((change) =>
      change.startsWith("delete google_app_engine_standard_app_version"),
    );
    // A new version beside the old one, and the traffic moves; a version itself never changes.
    expect(release.filter((change) => !gone.includes(change))).toEqual([
      "update google_app_engine_service_split_traffic",
      "create google_app_engine_standard_app_version",
    ]);
    expect(others).toEqual({
      "dev-data": ["update mongodbatlas_advanced_cluster"],
      "prod-data": [
        "update mongodbatlas_backup_compliance_policy",
        "update mongodbatlas_cloud_backup_schedule",
      ],
    });

    const applied = await clone.ask<Applied>("apply", "--plan", planned.plans);
    expect(applied.totals).toEqual({ stacks: 3, added: 1, changed: 4, destroyed: gone.length });
  }, 300_000);

  test("GIVEN wrong values WHEN anything is run THEN all of them are told with what is allowed, exit code 2", async () => {
    clone.differ("dev", "atlas.tier", '"M5"');
    clone.edit("environments/dev.ts", 'project: "hazelwick-dev"', 'project: "Hazelwick"');
    const { code, stdout, stderr } = await clone.run("up");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('dev.atlas.tier: found "M5"; expected one of "FLEX", "M10", "M20"');
    expect(stderr).toContain('dev.project: found "Hazelwick"; expected 6 to 30 lowercase letters');
    expect(stderr).not.toMatch(/\n\s+at /);
    clone.differ("dev", "atlas.tier", '"M20"');
    clone.edit("environments/dev.ts", 'project: "Hazelwick"', 'project: "hazelwick-dev"');
  });

  test("GIVEN a Ctrl-C in the middle of an apply WHEN brought up again by two at once THEN it converges, made once, and nothing is left behind", async () => {
    await clone.run("sandbox", "reset");
    const { child, ended, said } = clone.start("up", "dev");
    await said("✓ dev-network");
    child.kill("SIGINT");
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("Stopping: what has begun is finished, and locks are given back.");
    expect(await clone.ask("sandbox", "status")).toMatchObject({ running: false });

    const both = await Promise.all([clone.ask<Applied>("up", "dev"), clone.ask<Applied>("up", "dev")]);
    const results = both.flatMap(({ stacks }) => stacks);
    expect(results.filter(({ result }) => result !== "applied" && result !== "up to date")).toEqual([]);
    const applied = results.filter(({ result }) => result === "applied").map(({ name }) => name);
    expect(applied).toEqual([...new Set(applied)]);
    expect(applied).toContain("dev-observability");
    expect(await clone.ask("sandbox", "status")).toMatchObject({ running: false });
  }, 300_000);

  test("GIVEN CDKTF's own commands WHEN run on the sandbox THEN they work as its manual says", async () => {
    const exec = (...command: string[]) => clone.run("sandbox", "exec", "--", ...command);
    const anything = expect.any(String);
    const deployed = await exec("cdktf", "deploy", "prod-foundation", "--auto-approve");
    // All of it, so that what it said stands in the failure.
    expect(deployed).toEqual({ code: 0, stdout: anything, stderr: anything });
    const compared = await exec("cdktf", "diff", "prod-foundation");
    const nothing = expect.stringContaining("found no differences");
    expect(compared).toEqual({ code: 0, stdout: nothing, stderr: anything });
  }, 300_000);
});
