import { z } from "zod";
import { AuditProblem } from "./problem.mjs";

/** Nobody decides for longer than this ahead, in days. */
export const longestWaiver = 180;
const day = 24 * 60 * 60 * 1000;

const waiver = z.strictObject({
  advisory: z.string().regex(/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/, "the id of a GitHub advisory, GHSA-…"),
  package: z.string().min(1, "the name of the package"),
  reason: z.string().min(20, "a sentence why it does no harm here, at least 20 characters"),
  owner: z.string().min(2, "who answers for it"),
  expires: z.iso.date("a day, 2026-12-31"),
});

/** @typedef {z.infer<typeof waiver>} Waiver */

/**
 * Reads what was decided about advisories.
 *
 * @param {string} text `waivers.json`
 * @param {Date} now
 * @returns {Waiver[]}
 * @throws {AuditProblem} with every problem
 */
export function readWaivers(text, now) {
  const { data, error } = z.array(waiver).safeParse(parsed(text));
  if (!data) {
    throw refused(error.issues.map(({ path, message }) => `waivers${shown(path)}: expected ${message}`));
  }
  const latest = new Date(now.getTime() + longestWaiver * day).toISOString().slice(0, 10);
  const problems = data.flatMap(({ advisory, package: name, expires }, index) => [
    ...(expires > latest
      ? [`waivers[${index}].expires: found ${expires}; expected ${latest} at the latest`]
      : []),
    ...(data.findIndex((one) => one.advisory === advisory && one.package === name) < index
      ? [`waivers[${index}]: ${advisory} of ${name} stands there twice`]
      : []),
  ]);
  if (problems.length > 0) throw refused(problems);
  return data;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused([/** @type {Error} */ (error).message]);
  }
}

/** @param {string[]} problems */
function refused(problems) {
  return new AuditProblem(
    `audit/waivers.json can't be used.\n${problems.map((one) => `  ${one}`).join("\n")}`,
    2,
  );
}

/** @param {PropertyKey[]} path */
function shown(path) {
  return path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
}
