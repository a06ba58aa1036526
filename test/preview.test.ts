import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "./clone";

interface Up {
  result: string;
  state: string;
  seconds: number;
  expiresAt: string;
  urls: { services: Record<string, string> };
  answer?: string;
}
interface Down {
  gone: boolean;
  seconds: number;
  steps: { step: string; result: string; reason?: string }[];
}
interface List {
  previews: { number: number; state: string; sha?: string; title?: string; monthlyCost?: number }[];
}

describe("previews of pull requests", () => {
  let clone: Clone;
  const up = (pr: number, sha: string, ...more: string[]) =>
    clone.ask<Up>("preview", "up", "--pr", String(pr), "--sha", sha, "--service", "orders=orders", ...more);
  const down = (pr: number) => clone.ask<Down>("preview", "down", "--pr", String(pr));
  /** How many objects of each type there are in the cloud. */
  const objects = async () => {
    const status = await clone.ask<{ objects: Record<string, number> }>("sandbox", "status");
    return status.objects;
  };
  let shared: Record<string, number>;

  beforeAll(async () => {
    clone = new Clone();
    clone.reduceTo("preview", "dev");
    mkdirSync(join(clone.root, "orders"));
    writeFileSync(join(clone.root, "orders", "package.json"), "{}");
    const { code, stderr } = await clone.run("up", "preview");
    if (code !== 0) throw new Error(stderr);
    // Holds the sandbox open, as one command after another would start it again.
    await clone.run("sandbox", "start");
    shared = await objects();
  }, 300_000);
  afterAll(() => clone.remove());

  test("GIVEN two pushes of one pull request at once WHEN both bring it up THEN the newest stays, alone, and a third changes nothing", async () => {
    const [older, newer] = await Promise.all([
      up(12, "aaaaaaa", "--at", "2026-11-21T10:00:00Z", "--title", "A blue button", "--owner", "Ann"),
      up(12, "bbbbbbb", "--at", "2026-11-21T10:00:05Z", "--title", "A blue button", "--owner", "Ann"),
    ]);
    expect(newer).toMatchObject({
      result: "up",
      expiresAt: "2026-11-28T10:00:05.000Z",
      urls: {
        services: { orders: "https://pr-12-bbbbbbb-dot-orders-dot-hazelwick-preview.ew.r.appspot.com" },
      },
    });
    expect(["up", "superseded"]).toContain(older.result);
    const { previews } = await clone.ask<List>("preview", "list");
    expect(previews).toMatchObject([{ number: 12, state: "up", sha: "bbbbbbb", title: "A blue button" }]);

    const again = await up(12, "aaaaaaa", "--at", "2026-11-21T10:00:00Z");
    expect(again.result).toBe("superseded");
  }, 300_000);

  test("GIVEN a push whose version was made and never written down WHEN the next one comes up THEN its version is alone", async () => {
    const version = "google_app_engine_standard_app_version";
    const before = (await objects())[version];
    const fault = ["answer-lost", "--type", version, "--on", "create", "--times", "1"];
    await clone.run("sandbox", "fault", "add", ...fault);
    expect(await up(12, "ddddddd", "--at", "2026-11-21T11:00:00Z")).toMatchObject({ result: "failed" });
    expect(await up(12, "eeeeeee", "--at", "2026-11-21T12:00:00Z")).toMatchObject({ result: "up" });
    expect((await objects())[version]).toBe(before);
  }, 300_000);

  test("GIVEN another pull request, killed in the middle and lost to its state WHEN it comes up again and goes THEN the first one keeps all it has", async () => {
    const before = await objects();
    const { child, ended, said } = clone.start(
      ...["preview", "up", "--pr", "123", "--sha", "ccccccc", "--service", "orders=orders"],
    );
    await said("to add");
    child.kill("SIGKILL");
    await ended;
    // It was made, and nobody wrote that down: what is made again would exist already.
    const fault = ["answer-lost", "--type", "mongodbatlas_database_user", "--on", "create", "--times", "1"];
    await clone.run("sandbox", "fault", "add", ...fault);
    expect(await up(123, "ccccccc")).toMatchObject({ result: "failed" });
    expect(await up(123, "ccccccc")).toMatchObject({ result: "up" });
    expect(await down(123)).toMatchObject({ gone: true });
    expect(await objects()).toEqual(before);
    expect((await clone.ask<List>("preview", "list")).previews.map(({ number }) => number)).toEqual([12]);
  }, 300_000);

  test("WHEN it goes THEN nothing of it is left, and going again finds nothing", async () => {
    const gone = await down(12);
    expect(gone).toMatchObject({ gone: true });
    expect(gone.steps.find(({ step }) => step === "stack")).toEqual({ step: "stack", result: "removed" });
    expect(await objects()).toEqual(shared);
    const again = await down(12);
    expect(again.steps.map(({ result }) => result)).toEqual(again.steps.map(() => "nothing there"));
    expect((await clone.ask<List>("preview", "list")).previews).toEqual([]);
  }, 300_000);

  test("GIVEN labels, numbers, services and content that are none THEN they are told, exit code 2, and nothing is made", async () => {
    const bad = async (...args: string[]) => {
      const { code, stderr } = await clone.run("preview", "up", "--service", "orders=orders", ...args);
      expect(code).toBe(2);
      return stderr;
    };
    for (const folder of ["empty", "fixtures"]) mkdirSync(join(clone.root, folder));
    writeFileSync(join(clone.root, "fixtures", "orders.json"), '[{ "item": "spade" }]');
    const texts = await Promise.all([
      bad("--pr", "0", "--sha", "abc1234"),
      bad("--pr", "1", "--sha", "HEAD"),
      bad("--pr", "1", "--sha", "abc1234", "--labels", "preview:own-planet"),
      bad("--pr", "1", "--sha", "abc1234", "--service", "payroll=orders"),
    ]);
    // All at once, and before anything is made of it.
    const made = ["--pr", "1", "--sha", "abc1234", "--owner", "An N", "--service", "orders=orders"];
    const all = await bad(...made, "--site", "storefront=empty", "--fixtures", "fixtures");
    expect(all).toContain('preview.owner: found "An N"');
    expect(all).toContain("found orders twice");
    expect(all).toContain("found no files; expected the built site");
    expect(all).toContain("orders.json[0]: found no _id");
    expect(await bad("--pr", "1", "--sha", "abc1234", "--fixtures", "nowhere")).toContain("found no folder");
    expect((await clone.ask<List>("preview", "list")).previews).toEqual([]);
    expect(texts[0]).toContain("--pr: found 0");
    expect(texts[1]).toContain("--sha: found HEAD");
    expect(texts[2]).toContain("labels: found preview:own-planet");
    expect(texts[3]).toContain("expected one of default, orders, catalogue");
  }, 300_000);
});
