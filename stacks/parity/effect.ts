import type { ResourcesByAddress } from "./resources";

/** Addresses of what differs between two syntheses, sorted: `data: mongodbatlas_advanced_cluster.cluster`. */
export interface Effect {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What changes from one synthesis to another. */
export function compared(before: ResourcesByAddress, after: ResourcesByAddress): Effect {
  return {
    added: [...after.keys()].filter((address) => !before.has(address)).sort(),
    removed: [...before.keys()].filter((address) => !after.has(address)).sort(),
    changed: [...after.keys()]
      .filter((address) => before.has(address) && before.get(address) !== after.get(address))
      .sort(),
  };
}
