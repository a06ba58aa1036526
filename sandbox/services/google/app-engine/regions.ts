import { base36Id } from "../../identity/derived";

/**
 * The code of an App Engine location in hostnames (`acme-dev.ew.r.appspot.com`).
 * Source: App Engine documentation, "Requests routing", region ids.
 */
const codes: { [location: string]: string } = {
  "asia-east1": "de",
  "asia-east2": "df",
  "asia-northeast1": "an",
  "asia-northeast2": "dt",
  "asia-northeast3": "du",
  "asia-south1": "el",
  "asia-southeast1": "as",
  "asia-southeast2": "et",
  "australia-southeast1": "ts",
  "europe-central2": "lm",
  "europe-west": "ew",
  "europe-west2": "nw",
  "europe-west3": "ey",
  "europe-west6": "oa",
  "northamerica-northeast1": "nn",
  "southamerica-east1": "rj",
  "us-central": "uc",
  "us-east1": "ue",
  "us-east4": "uk",
  "us-west1": "uw",
  "us-west2": "wl",
  "us-west3": "wm",
  "us-west4": "wn",
};

/** Two letters, of an App Engine location or a region of Compute Engine; for a location that isn't known, letters derived from its name. */
export function regionCode(location: string): string {
  return codes[location] ?? codes[location.replace(/1$/, "")] ?? base36Id(2, "app engine region", location);
}

/** The container registry that builds of a location go to. */
export function registryDomain(location: string): string {
  const continent = location.split("-")[0] ?? "";
  return { europe: "eu.gcr.io", asia: "asia.gcr.io", australia: "asia.gcr.io" }[continent] ?? "us.gcr.io";
}
