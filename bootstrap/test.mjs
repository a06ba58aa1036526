// `npm test [-- PATTERN… or options of Jest]`: installs, then checks types, format and lint, then runs the tests.
// The last line on standard output is `N passed, N failed`, each of the first two checks counting as one.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InstallFailed, installPackages } from "./install.mjs";
import { ensureTerraform, NoTerraform } from "./terraform/ensure.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

let terraform = "";
try {
  const site = process.env.GROUNDWORK_RELEASE_SITE;
  // Tests run Terraform by its name, so OpenTofu alone is not enough here.
  terraform = (await ensureTerraform({ root, say, names: ["terraform"], ...(site ? { site } : {}) })).path;
  await installPackages(root, say);
} catch (error) {
  if (!(error instanceof NoTerraform || error instanceof InstallFailed)) throw error;
  say(error.message);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "groundwork-test-"));
try {
  const results = join(folder, "results.json");
  const [types, lint] = await Promise.all([
    check("Types", "typescript/bin/tsc", [
      "--project",
      ".",
      "--pretty",
      String(process.stdout.isTTY === true),
    ]),
    check("Format and lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]),
  ]);
  say("\nTests");
  const options = ["--json", `--outputFile=${results}`, ...process.argv.slice(2)];
  const jest = await run("jest/bin/jest.js", options, ["ignore", "ignore", "inherit"]);
  const tests = tally(results, jest.code);
  const total = add([types, lint, tests]);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  process.exitCode = total.failed > 0 ? 1 : 0;
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function check(name, program, args) {
  const startedAt = Date.now();
  const { code, output } = await run(program, args, ["ignore", "pipe", "pipe"]);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say(
    `\n${name}: ${code === 0 ? "fine" : "failed"} (${seconds} s)${code === 0 ? "" : `\n${output.trimEnd()}`}`,
  );
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * @param {string} program below node_modules
 * @param {string[]} args
 * @param {import("node:child_process").StdioOptions} stdio
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(program, args, stdio) {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      GROUNDWORK_TERRAFORM: terraform,
      PATH: [dirname(terraform), process.env.PATH].join(delimiter),
    };
    const child = spawn(process.execPath, [join(root, "node_modules", program), ...args], {
      cwd: root,
      env,
      stdio,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * @param {string} file Jest's results
 * @param {number | null} code Jest's exit code
 * @returns {Tally}
 */
function tally(file, code) {
  try {
    const results = JSON.parse(readFileSync(file, "utf8"));
    const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = results;
    // A file that can't be read holds tests that never ran.
    const failed = numFailedTests + results.numRuntimeErrorTestSuites;
    return {
      passed,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: numPendingTests + numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
function add(tallies) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of tallies) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
