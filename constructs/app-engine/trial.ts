import { accountByEmail } from "../identity/principal";
import type { FlexibleVersionSettings } from "./flexible-settings";
import type { StandardVersionSettings } from "./settings";

/** What the tests of this folder build with. */
export const account = accountByEmail("run-orders@shop-dev.iam.gserviceaccount.com");
export const connector = {
  connectorPath: "projects/shop-dev/locations/europe-west1/connectors/dev-connector",
};

export const settings: StandardVersionSettings = {
  runtime: "nodejs24",
  entrypoint: "node server.js",
  instanceClass: "F2",
  scaling: { minInstances: 1, maxInstances: 5, targetCpu: 0.6, maxConcurrentRequests: 20 },
  env: { LOG_LEVEL: "info" },
  egress: "private-ranges",
};

export const flexibleSettings: FlexibleVersionSettings = {
  runtime: "nodejs24",
  entrypoint: "node server.js",
  machine: { cpu: 2, memoryGb: 4, diskGb: 20 },
  scaling: { minInstances: 2, maxInstances: 6, targetCpu: 0.6 },
  liveness: { path: "/live" },
  readiness: { path: "/ready" },
  env: { LOG_LEVEL: "info" },
};

/** The address of a zip. */
export function artifact(name: string): string {
  return `gs://shop-dev-artifacts/orders/${name}.zip`;
}
