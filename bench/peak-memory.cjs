// Preloaded into every Node process of a benchmark: leaves the process's peak memory (KiB) behind as a file.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

const folder = process.env.BENCH_REPORTS;
if (folder && isMainThread) {
  process.on("exit", () => {
    writeFileSync(join(folder, String(process.pid)), String(process.resourceUsage().maxRSS));
  });
}
