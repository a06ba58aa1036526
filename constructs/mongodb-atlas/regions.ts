/**
 * Where Atlas runs on Google Cloud: Atlas's own name of each region, and Google's. Every region has dedicated clusters.
 *
 * @see https://www.mongodb.com/docs/atlas/reference/google-gcp/
 */
export const googleRegions = {
  AFRICA_SOUTH_1: "africa-south1",
  ASIA_EAST_2: "asia-east2",
  ASIA_NORTHEAST_2: "asia-northeast2",
  ASIA_NORTHEAST_3: "asia-northeast3",
  ASIA_SOUTH_1: "asia-south1",
  ASIA_SOUTH_2: "asia-south2",
  ASIA_SOUTHEAST_2: "asia-southeast2",
  AUSTRALIA_SOUTHEAST_1: "australia-southeast1",
  AUSTRALIA_SOUTHEAST_2: "australia-southeast2",
  CENTRAL_US: "us-central1",
  EASTERN_ASIA_PACIFIC: "asia-east1",
  EASTERN_US: "us-east1",
  EUROPE_CENTRAL_2: "europe-central2",
  EUROPE_NORTH_1: "europe-north1",
  EUROPE_SOUTHWEST_1: "europe-southwest1",
  EUROPE_WEST_10: "europe-west10",
  EUROPE_WEST_12: "europe-west12",
  EUROPE_WEST_2: "europe-west2",
  EUROPE_WEST_3: "europe-west3",
  EUROPE_WEST_4: "europe-west4",
  EUROPE_WEST_6: "europe-west6",
  EUROPE_WEST_8: "europe-west8",
  EUROPE_WEST_9: "europe-west9",
  MIDDLE_EAST_CENTRAL_1: "me-central1",
  MIDDLE_EAST_CENTRAL_2: "me-central2",
  MIDDLE_EAST_WEST_1: "me-west1",
  NORTH_AMERICA_NORTHEAST_1: "northamerica-northeast1",
  NORTH_AMERICA_NORTHEAST_2: "northamerica-northeast2",
  NORTH_AMERICA_SOUTH_1: "northamerica-south1",
  NORTHEASTERN_ASIA_PACIFIC: "asia-northeast1",
  SOUTH_AMERICA_EAST_1: "southamerica-east1",
  SOUTH_AMERICA_WEST_1: "southamerica-west1",
  SOUTHEASTERN_ASIA_PACIFIC: "asia-southeast1",
  US_EAST_4: "us-east4",
  US_EAST_5: "us-east5",
  US_SOUTH_1: "us-south1",
  US_WEST_2: "us-west2",
  US_WEST_3: "us-west3",
  US_WEST_4: "us-west4",
  WESTERN_EUROPE: "europe-west1",
  WESTERN_US: "us-west1",
} as const;

/** Atlas's name of a Google Cloud region: `WESTERN_EUROPE`. */
export type AtlasRegion = keyof typeof googleRegions;

/** Google's name of a region that Atlas runs in: `europe-west1`. */
export type AtlasGoogleRegion = (typeof googleRegions)[AtlasRegion];

/** Whether Atlas has a region of that name on Google Cloud. */
export function isAtlasRegion(name: string): name is AtlasRegion {
  return Object.hasOwn(googleRegions, name);
}

/** Atlas's name of a region that Google calls `region`; undefined where Atlas does not run. */
export function atlasRegionOf(region: string): AtlasRegion | undefined {
  return (Object.keys(googleRegions) as AtlasRegion[]).find((name) => googleRegions[name] === region);
}
