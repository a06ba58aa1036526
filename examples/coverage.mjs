// The tests of one example, failing under a share of covered lines and branches: `node coverage.mjs service 90`.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const examples = dirname(fileURLToPath(import.meta.url));
const root = dirname(examples);
const [name = "", share = ""] = process.argv.slice(2);
if (!/^[a-z-]+$/.test(name) || !/^(100|[1-9]?\d)$/.test(share)) {
  console.error("Usage: node coverage.mjs EXAMPLE PERCENT");
  process.exit(2);
}
const threshold = { lines: Number(share), branches: Number(share) };
const { status } = spawnSync(
  process.execPath,
  [
    join(root, "node_modules", "jest", "bin", "jest.js"),
    `examples/${name}/`,
    "--coverage",
    `--collectCoverageFrom=examples/${name}/**/*.js`,
    // Entries: one is run by its test in a process of its own, the other by a browser.
    `--collectCoverageFrom=!examples/service/server.js`,
    `--collectCoverageFrom=!examples/site/public/main.js`,
    `--coverageDirectory=${join(root, ".groundwork", "coverage", name)}`,
    `--coverageThreshold=${JSON.stringify({ global: threshold })}`,
  ],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
