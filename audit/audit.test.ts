import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedPackages } from "./installed.mjs";
import { judge } from "./judge.mjs";
import { readWaivers } from "./waivers.mjs";

const now = new Date("2026-11-21T12:00:00Z");
const lockFile = `lockfileVersion: '9.0'
packages:
  lodash@4.17.20:
    resolution: {integrity: x}
  '@scope/tool@1.2.0':
    resolution: {integrity: x}
  '@scope/tool@2.0.0':
    resolution: {integrity: x}
  ours@file:ours:
    resolution: {directory: ours}
`;
const packages = installedPackages(lockFile);
const advisory = (severity: "low" | "high", range: string, id = "GHSA-35jh-r3h4-6jhm") => ({
  url: `https://github.com/advisories/${id}`,
  title: "Command injection",
  severity,
  vulnerable_versions: range,
});
const waiver = {
  advisory: "GHSA-35jh-r3h4-6jhm",
  package: "lodash",
  reason: "Only templates of our own are compiled.",
  owner: "platform-team",
  expires: "2026-11-21",
};

describe("what is installed", () => {
  test("GIVEN a lock file THEN every version of every package of the registry", () => {
    expect(Object.fromEntries(packages)).toEqual({ lodash: ["4.17.20"], "@scope/tool": ["1.2.0", "2.0.0"] });
  });
});

describe("the verdict", () => {
  const judged = (advisories: Parameters<typeof judge>[0]["advisories"], waivers = [waiver], at = now) =>
    judge({ packages, advisories, waivers, level: "moderate", now: at });

  test("GIVEN an advisory for some versions THEN only those that are in its range are named", () => {
    const verdict = judged(
      { "@scope/tool": [advisory("high", "<2.0.0")], lodash: [advisory("high", ">=5")] },
      [],
    );
    expect(verdict.failing).toMatchObject([{ package: "@scope/tool", versions: ["1.2.0"] }]);
    expect(verdict.ok).toBe(false);
  });

  test("GIVEN one below the level THEN it is told and fails nothing", () => {
    const verdict = judged({ lodash: [advisory("low", "<4.17.21")] }, []);
    expect([verdict.ok, verdict.failing, verdict.told.length]).toEqual([true, [], 1]);
  });

  test.each([
    ["the day before", "2026-11-20T23:59:59Z", true],
    ["its last day", "2026-11-21T23:59:59Z", true],
    ["the day after", "2026-11-22T00:00:00Z", false],
  ])("GIVEN a waiver on %s THEN ok is %#", (_when, at, ok) => {
    const verdict = judged({ lodash: [advisory("high", "<4.17.21")] }, [waiver], new Date(at));
    expect(verdict.ok).toBe(ok);
    expect(verdict.expired).toHaveLength(ok ? 0 : 1);
  });

  test("GIVEN a waiver of another package THEN it waives nothing; one without its advisory is told, and fails when it has expired", () => {
    const other = { ...waiver, package: "@scope/tool" };
    expect(judged({ lodash: [advisory("high", "<4.17.21")] }, [other])).toMatchObject({
      ok: false,
      unused: [other],
    });
    expect(judged({}, [waiver])).toMatchObject({ ok: true, unused: [waiver] });
    expect(judged({}, [{ ...waiver, expires: "2026-11-20" }])).toMatchObject({ ok: false });
  });
});

describe("waivers", () => {
  test("GIVEN waivers that are none THEN every problem is told", () => {
    const wrong = [{ ...waiver, advisory: "CVE-2021-1", reason: "fine", expires: "soon", more: 1 }];
    expect(() => readWaivers(JSON.stringify(wrong), now)).toThrow(
      /waivers\[0\]\.advisory.*waivers\[0\]\.reason.*waivers\[0\]\.expires/s,
    );
    expect(() => readWaivers("{", now)).toThrow("audit/waivers.json can't be used.");
  });

  test("GIVEN one for too long, and one twice THEN refused", () => {
    const long = { ...waiver, expires: "2027-11-21" };
    expect(() => readWaivers(JSON.stringify([long]), now)).toThrow("expected 2027-05-20 at the latest");
    expect(() => readWaivers(JSON.stringify([waiver, waiver]), now)).toThrow("stands there twice");
  });
});

describe("npm run audit", () => {
  let root: string;
  let server: Server;
  let answers: { status: number; body: unknown }[];
  let asked: unknown[];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "audit-"));
    mkdirSync(join(root, "audit"));
    writeFileSync(join(root, "pnpm-lock.yaml"), lockFile);
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        asked.push([request.url, JSON.parse(body)]);
        const { status, body: answer } = answers.shift() ?? { status: 500, body: "" };
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    answers = [];
    asked = [];
    writeFileSync(join(root, "audit", "waivers.json"), "[]");
  });

  function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm`;
    const script = join(__dirname, "audit.mjs");
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [script, "--root", root, "--registry", address, ...args]);
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  test("GIVEN a registry that knows nothing bad, after a failure THEN 0", async () => {
    answers = [
      { status: 503, body: "busy" },
      { status: 200, body: {} },
    ];
    const { code, stdout } = await run();
    expect([code, stdout]).toEqual([
      0,
      "2 packages: 0 to fix, 0 below the level, 0 waived, 0 expired waivers.\n",
    ]);
    expect(asked[1]).toEqual([
      "/npm/-/npm/v1/security/advisories/bulk",
      { lodash: ["4.17.20"], "@scope/tool": ["1.2.0", "2.0.0"] },
    ]);
  });

  test("GIVEN an advisory THEN 1, and its address", async () => {
    answers = [{ status: 200, body: { lodash: [advisory("high", "<4.17.21")] } }];
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout).toContain("lodash 4.17.20: Command injection\n");
    expect(stdout).toContain("https://github.com/advisories/GHSA-35jh-r3h4-6jhm");
  });

  test("GIVEN a registry that refuses THEN 3, at once and in words", async () => {
    answers = [{ status: 405, body: "" }];
    const { code, stderr } = await run();
    expect([code, asked.length]).toEqual([3, 1]);
    expect(stderr).toContain("answered 405.\nNothing is known about the packages");
  });

  test("GIVEN a wrong level, or waivers that are none THEN 2, and nobody is asked", async () => {
    writeFileSync(join(root, "audit", "waivers.json"), '[{"advisory":"x"}]');
    expect((await run()).code).toBe(2);
    expect((await run("--level", "bad")).stderr).toContain("--level: found bad");
    expect(asked).toEqual([]);
  });
});
