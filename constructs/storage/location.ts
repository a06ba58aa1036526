import { check } from "../problems";

/** Two regions that both hold every object. */
export interface DualRegion {
  /** Two regions of one continent, of `dualRegions`. */
  readonly regions: readonly [string, string];
  /**
   * Every object is in both within 15 minutes, for a higher price; otherwise nearly all within an hour, the rest within
   * twelve.
   *
   * @default false
   */
  readonly turbo?: boolean;
}

/** Where a bucket is: a region (`europe-west1`), a multi-region or predefined pair (`EU`, `EUR4`), or two regions. */
export type BucketLocation = string | DualRegion;

/**
 * Regions that can be paired, by the location that a bucket with two of them has.
 *
 * @see https://cloud.google.com/storage/docs/locations#location-dr
 */
export const dualRegions = {
  ASIA: ["asia-east1", "asia-southeast1"],
  AU: ["australia-southeast1", "australia-southeast2"],
  CA: ["northamerica-northeast1", "northamerica-northeast2"],
  EU: [
    "europe-central2",
    "europe-north1",
    "europe-southwest1",
    "europe-west1",
    "europe-west3",
    "europe-west4",
    "europe-west8",
    "europe-west9",
  ],
  IN: ["asia-south1", "asia-south2"],
  US: [
    "us-central1",
    "us-east1",
    "us-east4",
    "us-east5",
    "us-south1",
    "us-west1",
    "us-west2",
    "us-west3",
    "us-west4",
  ],
} as const satisfies Record<string, readonly string[]>;

/** Multi-regions and predefined pairs, with the location of keys that can encrypt there. */
const keyLocations: Readonly<Record<string, string>> = {
  ASIA: "asia",
  ASIA1: "asia1",
  EU: "europe",
  EUR4: "eur4",
  EUR5: "eur5",
  NAM4: "nam4",
  US: "us",
};

/** Names that are locations without being a region. */
const wideLocations = [...Object.keys(keyLocations), "EUR7", "EUR8"];

/** What a bucket's resource is told about its place; Google answers it in capitals. */
export function placement(location: BucketLocation): {
  location: string;
  customPlacementConfig?: { dataLocations: string[] };
  rpo?: string;
} {
  if (typeof location === "string") {
    return { location };
  }
  return {
    location: continentOf(location.regions) ?? "",
    customPlacementConfig: { dataLocations: location.regions.map((region) => region.toUpperCase()).sort() },
    rpo: location.turbo ? "ASYNC_TURBO" : "DEFAULT",
  };
}

/**
 * Location that a key must have to encrypt a bucket there, such as `europe` for a pair of European regions; undefined
 * where no key can be.
 *
 * @see https://cloud.google.com/storage/docs/encryption/customer-managed-keys#restrictions
 */
export function keyLocationFor(location: BucketLocation): string | undefined {
  if (typeof location !== "string") {
    return keyLocations[continentOf(location.regions) ?? ""];
  }
  const name = location.toUpperCase();
  return wideLocations.includes(name) ? keyLocations[name] : location.toLowerCase();
}

/** What is wrong with a location, if anything. */
export function locationProblem(location: BucketLocation, field: string) {
  if (typeof location === "string") {
    const known = wideLocations.includes(location.toUpperCase()) || /^[a-z]+-[a-z]+\d+$/i.test(location);
    return check(
      known,
      field,
      location,
      `a region such as europe-west1, or one of ${wideLocations.join(", ")}`,
    );
  }
  return check(
    continentOf(location.regions) !== undefined && location.regions[0] !== location.regions[1],
    `${field}.regions`,
    location.regions,
    `two different regions of one list: ${Object.values(dualRegions)
      .map((regions) => regions.join(", "))
      .join("; ")}`,
  );
}

function continentOf(regions: readonly string[]): string | undefined {
  return Object.entries(dualRegions).find(([, members]) =>
    regions.every((region) => (members as readonly string[]).includes(region.toLowerCase())),
  )?.[0];
}
