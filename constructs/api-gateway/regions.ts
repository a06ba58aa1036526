/**
 * Regions that have API Gateway.
 *
 * @see https://cloud.google.com/api-gateway/docs/deployment-model#choosing_a_gcp_region
 */
export const gatewayRegions: readonly string[] = [
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
];
