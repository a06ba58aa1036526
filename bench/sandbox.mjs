// The sandbox under real Terraform: how fast it is ready, and what plans and applies of many resources cost; a local
// state file against the sandbox's state server.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { bundle, root } from "../bootstrap/bundle.mjs";
import { median } from "./measure.mjs";

/** @typedef {{ env: Record<string, string>, status: { pid?: number }, release: () => Promise<void> }} Lease */

const terraform = process.env.GROUNDWORK_TERRAFORM ?? "terraform";

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<import("./bench.mjs").Outcome>}
 */
export async function sandbox({ rounds }) {
  const client = createRequire(import.meta.url)(
    await bundle("sandbox/process/client.ts", "sandbox/dist/client.cjs"),
  );
  const daemon = join(root, "sandbox/dist/sandbox.cjs");
  const folder = mkdtempSync(join(tmpdir(), "bench-sandbox-"));
  /** @type {import("./measure.mjs").Result[]} */
  const rows = [];
  const row = (/** @type {string} */ name, /** @type {number} */ took, megabytes = 0) => {
    rows.push({ name, runs: [], seconds: took, megabytes });
  };
  /** @param {string[]} folders @returns {Promise<Lease>} */
  const acquire = (folders) => client.acquireSandbox({ root: folder, daemon, folders });
  try {
    const ready = [];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      const lease = await acquire([]);
      ready.push((performance.now() - started) / 1000);
      await lease.release();
    }

    const stacks = join(folder, "cdktf.out");
    await run([process.execPath, join(root, "bootstrap/synth.mjs")], root, { CDKTF_OUTDIR: stacks });
    const platform = await acquire([]);
    const names = readdirSync(join(stacks, "stacks")).map((name) => join(stacks, "stacks", name));
    await together(names, (name) => run([terraform, "init", "-input=false"], name, platform.env));
    const planned = [];
    for (let round = 0; round < rounds; round++) {
      planned.push(
        await seconds(() =>
          together(names, (name) => run([terraform, "plan", "-input=false"], name, platform.env)),
        ),
      );
    }
    const memory = residentMegabytes(platform.status.pid);
    await platform.release();
    row("ready", median(ready), memory);
    row(`plan of ${names.length} stacks in parallel`, median(planned));

    const sizes = [100, 500, 2000, 5000];
    /** @type {Map<number, { plan: number, apply: number }>} */
    const bySize = new Map();
    for (const size of sizes) {
      bySize.set(
        size,
        await planAndApply({ folder, size, backend: "gcs", acquire, rounds, apply: size <= 2000 }),
      );
    }
    const local = await planAndApply({
      folder,
      size: 500,
      backend: "local",
      acquire,
      rounds: 1,
      apply: true,
    });

    const at = (/** @type {number} */ size) => bySize.get(size) ?? { plan: Number.NaN, apply: Number.NaN };
    for (const size of sizes) {
      row(`plan of ${size}`, at(size).plan);
      if (at(size).apply > 0) row(`apply of ${size}`, at(size).apply);
    }
    row("apply of 500, local state file", local.apply);
    const slope = ((at(5000).plan - at(100).plan) / 4900) * 1000;
    return {
      rows,
      ratios: [
        {
          what: "times faster to apply than with a local state file (500)",
          ratio: local.apply / at(500).apply,
        },
      ],
      limits: [
        { what: "seconds until ready", found: median(ready), limit: 0.3 },
        { what: `MB after planning ${names.length} stacks`, found: memory, limit: 120 },
        { what: `seconds to plan ${names.length} stacks in parallel`, found: median(planned), limit: 5 },
        { what: "seconds to plan 500 resources", found: at(500).plan, limit: 2.5 },
        { what: "seconds to plan 2000 resources", found: at(2000).plan, limit: 8 },
        { what: "seconds to apply 2000 resources", found: at(2000).apply, limit: 15 },
        { what: "ms per planned resource, slope from 100 to 5000", found: slope, limit: 4 },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {object} options
 * @param {string} options.folder
 * @param {number} options.size resources
 * @param {"gcs" | "local"} options.backend
 * @param {(folders: string[]) => Promise<Lease>} options.acquire
 * @param {number} options.rounds plans made; the median counts
 * @param {boolean} options.apply false: only plan
 * @returns {Promise<{ plan: number, apply: number }>} seconds
 */
async function planAndApply({ folder, size, backend, acquire, rounds, apply }) {
  const work = join(folder, `${backend}-${size}`);
  mkdirSync(work);
  writeFileSync(join(work, "main.tf.json"), JSON.stringify(configuration(size, backend)));
  const lease = await acquire([work]);
  const terraformIn = (/** @type {string[]} */ ...args) => run([terraform, ...args], work, lease.env);
  try {
    await terraformIn("init", "-input=false");
    const plans = [];
    for (let round = 0; round < rounds; round++) {
      plans.push(await seconds(() => terraformIn("plan", "-input=false", "-out=plan")));
    }
    return {
      plan: median(plans),
      apply: apply ? await seconds(() => terraformIn("apply", "-input=false", "plan")) : 0,
    };
  } finally {
    await lease.release();
  }
}

/**
 * @param {number} size
 * @param {"gcs" | "local"} backend
 */
function configuration(size, backend) {
  /** @type {Record<string, Record<string, object>>} */
  const resource = {
    google_storage_bucket: {},
    google_storage_bucket_object: {},
    google_secret_manager_secret: {},
    google_service_account: {},
  };
  for (let index = 0; index < size; index++) {
    const own = `b${backend}-${size}-${index - (index % 4)}`;
    const kinds = /** @type {const} */ ([
      ["google_storage_bucket", { name: own, location: "EU", versioning: { enabled: true } }],
      [
        "google_storage_bucket_object",
        { bucket: `\${google_storage_bucket.r${index - 1}.name}`, name: "object", content: "text" },
      ],
      ["google_secret_manager_secret", { secret_id: own, replication: { auto: {} } }],
      ["google_service_account", { account_id: `a${backend}-${size}-${index}` }],
    ]);
    const [type, attributes] = kinds[index % 4] ?? kinds[0];
    (resource[type] ?? {})[`r${index}`] = attributes;
  }
  const state = { gcs: { bucket: "bench-state", prefix: String(size) }, local: {} }[backend];
  return {
    terraform: {
      backend: { [backend]: state },
      required_providers: { google: { source: "hashicorp/google", version: "6.50.0" } },
    },
    provider: { google: { project: "bench-project", region: "europe-west1" } },
    resource,
  };
}

/** @param {() => Promise<unknown>} work */
async function seconds(work) {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<unknown>} work
 */
async function together(items, work) {
  await Promise.all(items.map(work));
}

/** @param {number | undefined} pid */
function residentMegabytes(pid) {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1]) / 1024;
}

/**
 * @param {string[]} command
 * @param {string} cwd
 * @param {Record<string, string>} env
 * @returns {Promise<void>}
 * @throws when the command fails: a failed run is no measurement
 */
function run([file = "", ...args], cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${[file, ...args].join(" ")} exited ${code}:\n${errors}`)),
    );
  });
}
