import semver from "semver";

/** The mildest first. */
export const severities = /** @type {const} */ (["info", "low", "moderate", "high", "critical"]);

/** @typedef {(typeof severities)[number]} Severity */
/** @typedef {{ advisory: string, package: string, versions: string[], severity: Severity, title: string, url: string }} Finding */
/** @typedef {import("./waivers.mjs").Waiver} Waiver */

/**
 * What is known of the installed packages, against what was decided.
 *
 * @param {object} input
 * @param {Map<string, string[]>} input.packages
 * @param {import("./registry.mjs").Advisories} input.advisories
 * @param {readonly Waiver[]} input.waivers
 * @param {Severity} input.level findings below it are told and fail nothing
 * @param {Date} input.now a waiver holds until the end of its last day, in UTC
 */
export function judge({ packages, advisories, waivers, level, now }) {
  const today = now.toISOString().slice(0, 10);
  const findings = findingsIn(packages, advisories);
  /** @param {Finding} finding */
  const waiverOf = (finding) =>
    waivers.find((one) => one.advisory === finding.advisory && one.package === finding.package);
  const expired = waivers.filter(({ expires }) => expires < today);
  const waived = findings.filter((finding) => {
    const waiver = waiverOf(finding);
    return waiver !== undefined && !expired.includes(waiver);
  });
  const open = findings.filter((finding) => !waived.includes(finding));
  const counts = open.filter(({ severity }) => severities.indexOf(severity) >= severities.indexOf(level));
  return {
    ok: counts.length === 0 && expired.length === 0,
    /** They fail the gate. */
    failing: counts,
    /** Below the level. */
    told: open.filter((finding) => !counts.includes(finding)),
    waived,
    /** They fail the gate too, whether their advisory still applies or not: somebody has to look. */
    expired,
    /** Their advisory applies no longer: to be deleted. */
    unused: waivers.filter((one) => !findings.some((finding) => waiverOf(finding) === one)),
  };
}

/**
 * @param {Map<string, string[]>} packages
 * @param {import("./registry.mjs").Advisories} advisories
 * @returns {Finding[]} the worst first, then by package
 */
function findingsIn(packages, advisories) {
  const found = Object.entries(advisories).flatMap(([name, list]) =>
    list.flatMap(({ url, title, severity, vulnerable_versions: range }) => {
      const versions = (packages.get(name) ?? []).filter((version) =>
        semver.satisfies(version, range, { includePrerelease: true }),
      );
      if (versions.length === 0) return [];
      const advisory = /GHSA(-[0-9a-z]{4}){3}/.exec(url)?.[0] ?? url;
      return [{ advisory, package: name, versions, severity, title, url }];
    }),
  );
  return found.sort(
    (a, b) =>
      severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
      a.package.localeCompare(b.package, "en") ||
      a.advisory.localeCompare(b.advisory, "en"),
  );
}
