import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { AuditProblem } from "./problem.mjs";

const answer = z.record(
  z.string(),
  z.array(
    z.object({
      url: z.string(),
      title: z.string(),
      severity: z.enum(["info", "low", "moderate", "high", "critical"]),
      vulnerable_versions: z.string(),
    }),
  ),
);

/** @typedef {z.infer<typeof answer>} Advisories by name of the package */

/** Packages in one question. */
const most = 400;
const attempts = 3;

/**
 * Asks a registry which advisories there are for packages, by npm's own protocol.
 *
 * @param {string} registry its address
 * @param {Map<string, string[]>} packages versions by name
 * @param {{ pause?: number, patience?: number }} [options] milliseconds between attempts, and until one counts as lost
 * @returns {Promise<Advisories>}
 * @throws {AuditProblem} with exit code 3 when it can't be asked
 * @see https://docs.npmjs.com/cli/v10/commands/npm-audit#bulk-advisory-endpoint
 */
export async function advisoriesOf(registry, packages, { pause = 1_000, patience = 30_000 } = {}) {
  const url = new URL(
    "-/npm/v1/security/advisories/bulk",
    registry.endsWith("/") ? registry : `${registry}/`,
  );
  const all = [...packages];
  /** @type {Advisories} */
  const found = {};
  for (let from = 0; from < all.length; from += most) {
    const body = JSON.stringify(Object.fromEntries(all.slice(from, from + most)));
    Object.assign(found, await ask(url, body, { pause, patience }));
  }
  return found;
}

/**
 * @param {URL} url
 * @param {string} body
 * @param {{ pause: number, patience: number }} options
 */
async function ask(url, body, { pause, patience }) {
  for (let attempt = 1; ; attempt++) {
    const { advisories, reason, final } = await tried(url, body, patience);
    if (advisories) return advisories;
    if (final || attempt === attempts) {
      throw new AuditProblem(
        `The registry could not be asked: ${url.origin} ${reason}.\n` +
          "Nothing is known about the packages: this is neither a pass nor a finding.",
        3,
      );
    }
    await wait(pause * attempt);
  }
}

/**
 * @param {URL} url
 * @param {string} body
 * @param {number} patience
 * @returns {Promise<{ advisories?: Advisories, reason?: string, final?: boolean }>}
 */
async function tried(url, body, patience) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body,
      signal: AbortSignal.timeout(patience),
    });
    if (response.ok) {
      const { data } = answer.safeParse(await response.json());
      return data ? { advisories: data } : { reason: "answered something else than advisories", final: true };
    }
    return { reason: `answered ${response.status}`, final: response.status < 500 && response.status !== 429 };
  } catch (error) {
    const { message, cause } = /** @type {Error} */ (error);
    return { reason: `did not answer (${cause instanceof Error ? cause.message : message})` };
  }
}
