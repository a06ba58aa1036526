// What a pull request that touches one environment costs: `groundwork plan --changed-since` against `cdktf diff`, stack by
// stack, in the same checkout, on the same sandbox, where everything is up. And the whole organisation, synthesized and
// planned with that change.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { root } from "../bootstrap/bundle.mjs";
import { race } from "./measure.mjs";

const members = ["", "pipeline", "sandbox"];
const terraform = process.env.GROUNDWORK_TERRAFORM ?? "";

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<import("./bench.mjs").Outcome>}
 */
export async function pullRequest({ rounds }) {
  const clone = mkdtempSync(join(tmpdir(), "bench-pull-request-"));
  const groundwork = [process.execPath, join(clone, "pipeline/bin/groundwork.mjs")];
  const env = {
    PATH: [
      join(root, "node_modules/.bin"),
      ...(terraform ? [dirname(terraform)] : []),
      process.env.PATH,
    ].join(delimiter),
  };
  const run = (/** @type {string[]} */ ...args) =>
    execFileSync(groundwork[0] ?? "", [...groundwork.slice(1), ...args], {
      cwd: clone,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "inherit"],
    });
  try {
    copyRepository(clone);
    commit(clone);
    run("up");
    run("sandbox", "start");
    // A label on everything of dev.
    edit(clone, "environments/dev.ts", '"dataClass", "internal"', '"dataClass", "public"');
    const { stacks: planned } = JSON.parse(
      execFileSync(
        groundwork[0] ?? "",
        [...groundwork.slice(1), "plan", "--changed-since", "HEAD", "--json"],
        {
          cwd: clone,
          env: { ...process.env, ...env },
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        },
      ),
    );
    const stacks = planned
      .filter((/** @type {{ result: string }} */ { result }) => result === "changes")
      .map((/** @type {{ name: string }} */ { name }) => name);
    if (stacks.length === 0) throw new Error("the pull request changes nothing");
    const everything = readdirSync(join(clone, "cdktf.out/stacks")).length;
    const diffs = stacks.map((/** @type {string} */ name) => `cdktf diff ${name}`).join(" && ");
    const [ours, theirs, organisation] = await race(
      [
        {
          name: `groundwork plan (${stacks.length} stacks)`,
          command: [...groundwork, "plan", "--changed-since", "HEAD"],
          cwd: clone,
          env,
          // Nothing is kept of an earlier run of the same pull request.
          before: () => rmSync(join(clone, ".groundwork/bases"), { recursive: true, force: true }),
        },
        {
          name: `cdktf diff, stack by stack`,
          command: [...groundwork, "sandbox", "exec", "--", "sh", "-c", diffs],
          cwd: clone,
          env,
        },
        { name: `groundwork plan (${everything} stacks)`, command: [...groundwork, "plan"], cwd: clone, env },
      ],
      rounds,
    );
    if (!ours || !theirs || !organisation) throw new Error("three contenders went in, fewer came out");
    return {
      rows: [ours, theirs, organisation],
      ratios: [{ what: "times faster than cdktf diff", ratio: theirs.seconds / ours.seconds, goal: 4 }],
      limits: [
        {
          what: `seconds for ${everything} stacks, synthesized and planned`,
          found: organisation.seconds,
          limit: 8,
        },
      ],
    };
  } finally {
    execFileSync(groundwork[0] ?? "", [...groundwork.slice(1), "sandbox", "stop", "--force"], {
      cwd: clone,
      stdio: "ignore",
    });
    rmSync(clone, { recursive: true, force: true });
  }
}

/** @param {string} clone */
function copyRepository(clone) {
  const left = new Set(["node_modules", "dist", ".git", ".groundwork", "cdktf.out"]);
  cpSync(root, clone, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) });
  for (const member of members) {
    const packages = join(root, member, "node_modules");
    if (existsSync(packages)) symlinkSync(packages, join(clone, member, "node_modules"));
  }
}

/**
 * @param {string} clone
 * @param {string} file
 * @param {string} from
 * @param {string} to
 */
function edit(clone, file, from, to) {
  const path = join(clone, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}

/** @param {string} clone */
function commit(clone) {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", ...args], {
      cwd: clone,
    });
  git("init", "-q");
  // The packages are links here, which a pattern for folders doesn't ignore.
  writeFileSync(join(clone, ".git", "info", "exclude"), "node_modules\n");
  git("add", "-A");
  git("commit", "-qm", "base");
}
