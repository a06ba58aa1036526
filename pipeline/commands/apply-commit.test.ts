import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StateServer, startStateServer } from "@groundwork/sandbox/state-server/state-server";
import { openStore, type SandboxStore } from "@groundwork/sandbox/store/open-store";
import { CommitPlans } from "../commit-plans/commit-plans";
import type { HistoryEvent } from "../history/record";
import { type Applied, SmallPlatform, type SmallStack } from "../testing/small-platform";
import type { CommitWork } from "./apply-commit";

const sha = (letter: string) => letter.repeat(40);
/** Resources of Terraform's own, each with an input. */
const data = (inputs: Record<string, unknown>) => ({
  resource: {
    terraform_data: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { input }])),
  },
});
const network = (input: unknown): SmallStack => ({ stack: "network", configuration: data({ it: input }) });
const database = (inputs: Record<string, unknown>): SmallStack => ({
  stack: "data",
  after: ["network"],
  configuration: data(inputs),
});

describe("applying a commit of main", () => {
  let root: string;
  let store: SandboxStore;
  let server: StateServer;
  let platform: SmallPlatform;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "apply-commit-"));
    store = openStore(join(root, "store"));
    server = await startStateServer({ buckets: store.buckets });
    const { port } = server;
    platform = new SmallPlatform(root, () => ({ STORAGE_EMULATOR_HOST: `http://127.0.0.1:${port}` }));
  });
  afterEach(async () => {
    await server.close();
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  const results = ({ answer }: { answer: Applied }) =>
    answer.stacks.map(({ name, result, blockedBy }) => [name, result, ...(blockedBy ? [blockedBy] : [])]);
  const happened = async () => {
    const { records, flaws } = await platform.history.read();
    expect(flaws).toEqual([]);
    const told = (event: HistoryEvent) => (event.kind === "ended" ? event.result : event.kind);
    return records.map(({ event }) => `${event.stack} ${told(event)}`);
  };

  test("GIVEN reviewed plans THEN exactly they are applied, in waves, recorded, and once only", async () => {
    const stacks = platform.write([network("a"), database({ it: "a" })]);
    await platform.plan(stacks, sha("a"));
    expect(results(await platform.apply(stacks, sha("a")))).toEqual([
      ["dev-network", "applied"],
      ["dev-data", "applied"],
    ]);
    expect(await happened()).toEqual([
      "dev-network began",
      "dev-network applied",
      "dev-data began",
      "dev-data applied",
    ]);
    const { records } = await platform.history.read();
    const manifests = await new CommitPlans(platform.bucket).manifests(sha("a"));
    expect(records[0]?.event).toMatchObject({
      commit: sha("a"),
      digest: manifests.get("dev-network")?.digest,
      by: { who: "ann" },
      approvals: [],
    });
    expect(records[1]?.event).toMatchObject({ counts: { added: 1 }, after: { serial: expect.any(Number) } });

    expect(results(await platform.apply(stacks, sha("a")))).toEqual([
      ["dev-network", "up to date"],
      ["dev-data", "up to date"],
    ]);
    expect(await happened()).toHaveLength(4);
  });

  test("GIVEN the state moved and the plan is still the same THEN it is applied; GIVEN another one THEN nothing is, and the difference is told", async () => {
    const before = platform.write([database({ it: "a", other: "a" })]);
    await platform.plan(before, sha("a"));
    await platform.apply(before, sha("a"));
    // Two pull requests, planned from the same state.
    const first = platform.write([database({ it: "a", other: "b" })]);
    await platform.plan(first, sha("b"));
    const second = platform.write([database({ it: "c", other: "a" })]);
    await platform.plan(second, sha("c"));
    platform.write([database({ it: "a", other: "b" })]);
    expect(await platform.apply(first, sha("b"))).toMatchObject({ code: 0 });

    // The second one as main has it after both: what it does is what was reviewed.
    const merged = platform.write([database({ it: "c", other: "b" })]);
    const { code, answer, notes } = await platform.apply(merged, sha("d"), { reviewed: sha("c") });
    expect(notes).toContain(
      "dev-data: the code of main is not the code that was reviewed; planned again, and it does what was reviewed.",
    );
    expect([code, answer.totals]).toEqual([0, { stacks: 1, added: 0, changed: 1, destroyed: 0 }]);
    expect((await platform.history.read()).records.at(-2)?.event).toMatchObject({
      commit: sha("d"),
      reviewed: sha("c"),
    });

    // A third one that was planned before the others.
    const secret = "hunter2-hunter2";
    const more = (filler: string) => ({
      other: "b",
      key: ["$", `{sensitive("${secret}")}`].join(""),
      // A copy that nobody marked, where the text of the difference is cut.
      copy: `${filler.repeat(70)}${secret}`,
    });
    await platform.plan(platform.write([database({ it: "d", ...more("x") })]), sha("e"));
    const clash = platform.write([database({ it: "e", ...more("y") })]);
    const refused = await platform.apply(clash, sha("f"), { reviewed: sha("e") });
    expect([refused.code, refused.answer.refused]).toMatchObject([
      1,
      [
        {
          stack: "dev-data",
          why: "the code of main is not the code that was reviewed",
          differences: [
            { address: "terraform_data.copy" },
            {
              address: "terraform_data.it",
              attributes: expect.arrayContaining([
                { path: "input", reviewed: '"c" → "d"', now: '"c" → "e"' },
              ]),
            },
          ],
        },
      ],
    ]);
    expect(JSON.stringify(refused)).not.toContain(secret.slice(0, 6));
    expect(await happened()).toHaveLength(6);
  });

  test("GIVEN a failure in the second wave THEN what follows it waits, the rest is applied, and a re-run finishes exactly what was reviewed", async () => {
    const gate = join(root, "gate");
    const provisioner = [{ "local-exec": { command: `test -e ${gate}`, quiet: true } }];
    const stacks = platform.write([
      network("a"),
      {
        ...database({}),
        configuration: {
          resource: {
            terraform_data: {
              good: { input: "a" },
              bad: { input: "a", provisioner },
              last: { input: ["$", "{terraform_data.bad.id}"].join("") },
            },
          },
        },
      },
      { stack: "release", after: ["data"], configuration: data({ it: "a" }) },
      { stack: "platform", after: ["network"], configuration: data({ it: "a" }) },
    ]);
    await platform.plan(stacks, sha("a"));
    const broken = await platform.apply(stacks, sha("a"));
    expect([broken.code, results(broken)]).toEqual([
      1,
      [
        ["dev-network", "applied"],
        ["dev-data", "failed"],
        ["dev-release", "blocked", "dev-data"],
        ["dev-platform", "applied"],
      ],
    ]);

    writeFileSync(gate, "");
    const again = await platform.apply(stacks, sha("a"));
    expect([again.code, results(again)]).toEqual([
      0,
      [
        ["dev-network", "up to date"],
        ["dev-data", "applied"],
        ["dev-release", "applied"],
        ["dev-platform", "up to date"],
      ],
    ]);
    const { records } = await platform.history.read();
    const failed = records.find(({ event }) => event.kind === "ended" && event.result === "failed");
    const resumed = records
      .filter(({ event }) => event.kind === "began" && event.stack === "dev-data")
      .at(-1);
    expect(failed?.event).toMatchObject({ error: "local-exec provisioner error" });
    const began = failed?.event.kind === "ended" ? failed.event.began : undefined;
    expect(resumed?.event).toMatchObject({ resumes: began });
  });

  test("GIVEN a run that was killed after its work WHEN run again THEN the history is finished, and nothing is applied twice", async () => {
    const stacks = platform.write([database({ it: "a" })]);
    await platform.plan(stacks, sha("a"));
    const manifest = (await new CommitPlans(platform.bucket).manifests(sha("a"))).get("dev-data");
    await platform.history.append({
      kind: "began",
      stack: "dev-data",
      commit: sha("a"),
      digest: manifest?.digest ?? "",
      by: { who: "ann" },
      approvals: [],
      terraform: { product: "Terraform", version: "1" },
      before: { lineage: "", serial: 0, generation: "0" },
    });
    const { session } = await platform.open(stacks);
    const [stack] = stacks;
    if (!stack) throw new Error("no stack");
    await session.terraform.plan(stack, join(root, "plan"));
    await session.terraform.apply(stack, join(root, "plan"));

    expect(results(await platform.apply(stacks, sha("a")))).toEqual([["dev-data", "up to date"]]);
    expect(await happened()).toEqual(["dev-data began", "dev-data began", "dev-data nothing left"]);
    await platform.apply(stacks, sha("a"));
    expect(await happened()).toHaveLength(3);
  });

  test("GIVEN a stack that the code no longer has THEN its reviewed destruction is applied, but only when the code says so", async () => {
    const both = platform.write([network("a"), database({ it: "a" })]);
    await platform.plan(both, sha("a"));
    await platform.apply(both, sha("a"));

    const [left, gone] = both;
    if (!left || !gone) throw new Error("no stacks");
    const { context, session } = await platform.open(both);
    const { SavedPlans } = await import("../plan/saved-plans");
    const { prepareDestruction } = await import("../affected/prepare-destruction");
    const { planSession } = await import("./plan");
    const { savePlans } = await import("../commit-plans/save-plans");
    const saved = SavedPlans.create(root, new Date());
    const doomed = prepareDestruction([{ stack: gone, decision: "destroy", reason: "unused" }], saved);
    const planned = await planSession(context, { ...session, stacks: [left, ...doomed] }, saved);
    await savePlans(planned, saved, { ...session, commit: sha("b"), now: new Date() });

    // Nobody decided when it was planned: it is not forgotten.
    const { saveUndecided } = await import("../commit-plans/save-plans");
    await saveUndecided([{ stack: gone, decision: "undecided" }], {
      ...session,
      commit: sha("c"),
      now: new Date(),
    });
    expect(await platform.apply([left], sha("c"))).toMatchObject({
      code: 1,
      answer: { refused: [{ stack: "dev-data", why: expect.stringContaining("doesn't say") }] },
    });

    let judged: unknown;
    expect((await platform.apply([left], sha("b"))).answer.refused).toMatchObject([
      { stack: "dev-data", why: expect.stringContaining("doesn't say that it is to be destroyed") },
    ]);
    const orphanDecisions = [{ stack: "dev-data", decision: "destroy" as const, reason: "unused" }];
    const { code, answer } = await platform.apply([left], sha("b"), {
      orphanDecisions,
      guard: (_environment, plans) => {
        judged = plans.map(({ name, isGone }) => [name, isGone]);
        return { approvals: [] };
      },
    });
    expect([code, answer.totals]).toEqual([0, { stacks: 1, added: 0, changed: 0, destroyed: 1 }]);
    expect(judged).toEqual([["dev-data", true]]);
  });

  test("GIVEN a tag over two merges THEN it needs plans of its own, of everything, and their time is known to the guard", async () => {
    const first = platform.write([network("a"), database({ it: "a" })]);
    await platform.plan(first.slice(0, 1), sha("a"));
    const plannedItself = first.map(({ name }) => name);
    // What the last merge planned is not all that the tag brings.
    await expect(platform.apply(first, sha("a"), { plannedItself })).rejects.toThrow(
      `dev: found no plan of dev-data for commit ${sha("a")}, or it has expired; expected groundwork plan dev --save --sha ${sha("a")}`,
    );
    await expect(platform.apply(first, sha("b"), { plannedItself })).rejects.toThrow(
      "no plan of dev-network, dev-data for commit",
    );
    await platform.plan(first, sha("b"));
    let plannedAt: string | undefined;
    const guard: CommitWork["guard"] = (_environment, _plans, known) => {
      plannedAt = known.plannedAt;
      return { approvals: [] };
    };
    expect(results(await platform.apply(first, sha("b"), { plannedItself, guard }))).toEqual([
      ["dev-network", "applied"],
      ["dev-data", "applied"],
    ]);
    expect(Date.parse(plannedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  test("GIVEN a window that closes in the middle THEN what has not begun waits", async () => {
    const stacks = platform.write([network("a"), database({ it: "a" })]);
    await platform.plan(stacks, sha("a"));
    let stacksLeft = 1;
    const guard = () => ({
      approvals: [],
      notNow: () => (stacksLeft-- > 0 ? undefined : "dev: it is Friday 12:00."),
    });
    const stopped = await platform.apply(stacks, sha("a"), { guard });
    expect([stopped.code, results(stopped)]).toEqual([
      1,
      [
        ["dev-network", "applied"],
        ["dev-data", "failed"],
      ],
    ]);
    expect(stopped.answer.stacks[1]?.diagnostics).toMatchObject([
      { summary: "Not started", detail: "dev: it is Friday 12:00." },
    ]);
    expect(await happened()).toEqual(["dev-network began", "dev-network applied"]);
  });

  test("GIVEN plans that were a guard forbids, or that were tampered with THEN nothing is applied", async () => {
    const stacks = platform.write([database({ it: "a" })]);
    await platform.plan(stacks, sha("a"));
    let judged: unknown[] = [];
    const newer = stacks.map((stack) => ({ ...stack, providers: { google: "6.51.0" } }));
    const { code } = await platform.apply(newer, sha("a"), {
      guard: (environment, plans, { digests = {}, lockFiles }) => {
        const { reviewed, actual } = digests["dev-data"] ?? {};
        judged = [environment, ...plans.map(({ name }) => name), reviewed === actual, lockFiles];
        return undefined;
      },
    });
    const lockFiles = { "dev-data": { reviewed: "{}", actual: '{"google":"6.51.0"}' } };
    expect([code, judged]).toEqual([1, ["dev", "dev-data", true, lockFiles]]);

    const { files } = (await new CommitPlans(platform.bucket).manifests(sha("a"))).get("dev-data") ?? {};
    await platform.bucket.write(files?.plan.object ?? "", "something else");
    await expect(platform.apply(stacks, sha("a"))).rejects.toMatchObject({
      name: "RunFailed",
      message: expect.stringContaining("is not what was stored there"),
    });
    expect(await happened()).toEqual([]);
  });

  test("GIVEN a commit that nobody planned THEN it says what to do", async () => {
    const stacks = platform.write([database({ it: "a" })]);
    await expect(platform.apply(stacks, sha("a"))).rejects.toThrow(
      'planned with "groundwork plan ENV --save"',
    );
  });
});
