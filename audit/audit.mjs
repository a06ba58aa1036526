// `npm run audit`: known weaknesses of the installed packages, but for those that are waived for a while.
//
// Exit codes: 0 none that counts; 1 some, or a waiver that has expired; 2 a wrong option or waiver; 3 the registry could
// not be asked.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installedPackages } from "./installed.mjs";
import { judge, severities } from "./judge.mjs";
import { AuditProblem } from "./problem.mjs";
import { advisoriesOf } from "./registry.mjs";
import { readWaivers } from "./waivers.mjs";

const usage = `Usage: npm run audit -- [--level ${severities.join("|")}] [--registry ADDRESS] [--json]`;

try {
  process.exitCode = await audit();
} catch (error) {
  if (!(error instanceof AuditProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

async function audit() {
  const { json, level, registry, root } = options();
  const now = new Date();
  const waivers = readWaivers(readFileSync(join(root, "audit", "waivers.json"), "utf8"), now);
  const packages = installedPackages(readFileSync(join(root, "pnpm-lock.yaml"), "utf8"));
  const advisories = await advisoriesOf(registry, packages);
  const verdict = judge({ packages, advisories, waivers, level, now });
  process.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : text(verdict, packages.size));
  return verdict.ok ? 0 : 1;
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        level: { type: "string", default: "moderate" },
        registry: {
          type: "string",
          default: process.env.npm_config_registry ?? "https://registry.npmjs.org/",
        },
        root: { type: "string", default: dirname(dirname(fileURLToPath(import.meta.url))) },
        json: { type: "boolean", default: false },
      },
    });
    const level = severities.find((one) => one === values.level);
    if (!level) throw new Error(`--level: found ${values.level}; expected one of ${severities.join(", ")}`);
    return { ...values, level };
  } catch (error) {
    throw new AuditProblem(`${/** @type {Error} */ (error).message}\n${usage}`, 2);
  }
}

/**
 * @param {ReturnType<typeof judge>} verdict
 * @param {number} count
 */
function text({ failing, told, waived, expired, unused }, count) {
  /** @param {import("./judge.mjs").Finding} finding */
  const line = ({ severity, package: name, versions, title, url }) =>
    `${severity.padEnd(8)}  ${name} ${versions.join(", ")}: ${title}\n          ${url}`;
  const parts = [
    ...failing.map((one) => `✗ ${line(one)}`),
    ...told.map((one) => `· ${line(one)}`),
    ...waived.map((one) => `○ ${line(one)}\n          waived in audit/waivers.json`),
    ...expired.map(
      (one) => `✗ expired   ${one.advisory} of ${one.package} on ${one.expires}: ask ${one.owner}`,
    ),
    ...unused.map((one) => `· unused    ${one.advisory} of ${one.package}: delete the waiver`),
    `${count} packages: ${failing.length} to fix, ${told.length} below the level, ${waived.length} waived, ${expired.length} expired waivers.`,
  ];
  return `${parts.join("\n")}\n`;
}
