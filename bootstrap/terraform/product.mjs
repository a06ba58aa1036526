// Which Terraform and OpenTofu are good enough, and what their `version` command says.

/** @typedef {"Terraform" | "OpenTofu"} Product */
/** @typedef {{ product: Product, version: string }} Release */

/** The release that is downloaded when the machine has none. */
export const pinned = "1.11.4";

/**
 * Oldest release of each that will do. Both are the first with write-only attributes, which keep a secret's value out
 * of the state; an older one would take such an attribute for an ordinary one and store it.
 * Sources: Terraform 1.11 release notes; https://opentofu.org/docs/language/ephemerality/write-only-attributes
 * @type {Record<Product, string>}
 */
export const oldest = { Terraform: "1.11.0", OpenTofu: "1.11.0" };

/**
 * @param {string} output what `terraform version` or `tofu version` printed
 * @returns {Release | undefined}
 */
export function readVersion(output) {
  const match = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+)(-\S+)?$/m.exec(output);
  if (!match) return undefined;
  return {
    product: match[1] === "OpenTofu" ? "OpenTofu" : "Terraform",
    version: `${match[2]}${match[3] ?? ""}`,
  };
}

/**
 * A pre-release counts as older than its release.
 * @param {Release} release
 */
export function isNewEnough({ product, version }) {
  return compareVersions(version, oldest[product]) >= 0;
}

/**
 * @param {string} a
 * @param {string} b
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => {
    const [numbers = "", suffix] = version.split(/-(.*)/s, 2);
    return { numbers: numbers.split(".").map(Number), final: suffix === undefined ? 1 : 0 };
  });
  if (!left || !right) return 0;
  for (const i of [0, 1, 2]) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.final - right.final;
}
