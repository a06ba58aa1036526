import { z } from "zod";

/** A span of time with its unit in sight: `"30 days"`, `"6 hours"`. */
export type Duration =
  `${number} ${"second" | "minute" | "hour" | "day" | "week" | "month" | "year"}${"" | "s"}`;

/** A string of one shape. `allowed` completes "expected …" in the message that the user reads. */
export function text(pattern: RegExp, allowed: string) {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

/** One of a closed list; the message lists it. */
export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values);
}

/** A whole number within limits, both included. */
export function whole(from: number, to: number) {
  const error = `a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
}

/** A number within limits, both included. */
export function fraction(from: number, to: number) {
  const error = `a number from ${from} to ${to}`;
  return z.number({ error }).min(from, { error }).max(to, { error });
}

/** A day of the week. */
export const weekday = oneOf("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

/** A domain name of at least two labels, in lower case. */
export const domainName = text(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain name such as shop.example",
);

/** `"30 days"`: a positive whole number and one of `units` (singular; the plural is accepted too). */
export function duration(
  ...units: readonly ("second" | "minute" | "hour" | "day" | "week" | "month" | "year")[]
) {
  const example = units.map((unit) => `"2 ${unit}s"`).join(" or ");
  return text(new RegExp(`^[1-9]\\d{0,3} (${units.join("|")})s?$`), `a span of time such as ${example}`).pipe(
    z.custom<Duration>(),
  );
}

/** Google Cloud project id. @see https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const projectId = text(
  /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  "6 to 30 lowercase letters, digits and hyphens, starting with a letter, not ending with a hyphen",
);

/** Bucket name without dots (a dotted name needs domain verification). @see https://cloud.google.com/storage/docs/buckets#naming */
export const bucketName = text(
  /^(?!goog)[a-z0-9][a-z0-9-_]{1,61}[a-z0-9]$/,
  "3 to 63 lowercase letters, digits, hyphens and underscores",
);

/** Name of an environment: the first part of every stack's name. */
export const environmentName = text(
  /^[a-z][a-z0-9]{1,11}$/,
  "2 to 12 lowercase letters and digits, starting with a letter",
);

/** Key of a service, site, API or secret: it becomes part of names in the cloud. */
export const shortName = text(
  /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/,
  "1 to 30 lowercase letters, digits and hyphens, starting with a letter, not ending with a hyphen",
);

/** A private IPv4 range in CIDR notation with the given prefix length. */
export function privateRange(prefix: number) {
  const allowed = `a private IPv4 range of prefix length ${prefix}, such as "10.20.0.0/${prefix}"`;
  return text(
    new RegExp(
      `^(10(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|172\\.(1[6-9]|2\\d|3[01])(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){2}|192\\.168(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){2})/${prefix}$`,
    ),
    allowed,
  );
}

/** Value of a label. @see https://cloud.google.com/resource-manager/docs/labels-overview */
export const labelValue = text(
  /^[a-z0-9_-]{1,63}$/,
  "1 to 63 lowercase letters, digits, hyphens and underscores",
);

/** Regions that have both App Engine and Serverless VPC Access. @see https://cloud.google.com/appengine/docs/standard/locations */
export const region = oneOf(
  "asia-east1",
  "asia-east2",
  "asia-northeast1",
  "asia-northeast2",
  "asia-northeast3",
  "asia-south1",
  "asia-southeast1",
  "asia-southeast2",
  "australia-southeast1",
  "europe-central2",
  "europe-west1",
  "europe-west2",
  "europe-west3",
  "europe-west6",
  "northamerica-northeast1",
  "southamerica-east1",
  "us-central1",
  "us-east1",
  "us-east4",
  "us-west1",
  "us-west2",
  "us-west3",
  "us-west4",
);

/** Regions that have API Gateway. @see https://cloud.google.com/api-gateway/docs/deployment-model#choosing_a_gcp_region */
export const gatewayRegion = oneOf(
  "asia-northeast1",
  "australia-southeast1",
  "europe-west1",
  "europe-west2",
  "us-central1",
  "us-east1",
  "us-east4",
  "us-west2",
  "us-west3",
  "us-west4",
);

/** Atlas's names of Google Cloud regions. @see https://www.mongodb.com/docs/atlas/reference/google-gcp/ */
export const atlasRegion = oneOf(
  "AFRICA_SOUTH_1",
  "ASIA_EAST_2",
  "ASIA_NORTHEAST_2",
  "ASIA_NORTHEAST_3",
  "ASIA_SOUTH_1",
  "ASIA_SOUTH_2",
  "ASIA_SOUTHEAST_2",
  "AUSTRALIA_SOUTHEAST_1",
  "AUSTRALIA_SOUTHEAST_2",
  "CENTRAL_US",
  "EASTERN_ASIA_PACIFIC",
  "EASTERN_US",
  "EUROPE_CENTRAL_2",
  "EUROPE_NORTH_1",
  "EUROPE_SOUTHWEST_1",
  "EUROPE_WEST_10",
  "EUROPE_WEST_12",
  "EUROPE_WEST_2",
  "EUROPE_WEST_3",
  "EUROPE_WEST_4",
  "EUROPE_WEST_6",
  "EUROPE_WEST_8",
  "EUROPE_WEST_9",
  "MIDDLE_EAST_CENTRAL_1",
  "MIDDLE_EAST_CENTRAL_2",
  "MIDDLE_EAST_WEST_1",
  "NORTH_AMERICA_NORTHEAST_1",
  "NORTH_AMERICA_NORTHEAST_2",
  "NORTH_AMERICA_SOUTH_1",
  "NORTHEASTERN_ASIA_PACIFIC",
  "SOUTH_AMERICA_EAST_1",
  "SOUTH_AMERICA_WEST_1",
  "SOUTHEASTERN_ASIA_PACIFIC",
  "US_EAST_4",
  "US_EAST_5",
  "US_SOUTH_1",
  "US_WEST_2",
  "US_WEST_3",
  "US_WEST_4",
  "WESTERN_EUROPE",
  "WESTERN_US",
);

/** Dedicated cluster tiers on Google Cloud. @see https://www.mongodb.com/docs/atlas/reference/google-gcp/ */
export const atlasTier = oneOf(
  "M10",
  "M20",
  "M30",
  "M40",
  "M50",
  "M60",
  "M80",
  "M140",
  "M200",
  "M250",
  "M300",
  "M400",
);
