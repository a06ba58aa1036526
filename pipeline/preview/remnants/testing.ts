import type { TrialCloud } from "@groundwork/sandbox/services/trial-cloud";

/** Makes a version of a service, as small as App Engine takes one. */
export function createVersion(cloud: TrialCloud, service: string, id: string) {
  return cloud.created("google_app_engine_standard_app_version", {
    service,
    version_id: id,
    runtime: "nodejs22",
    entrypoint: [{ shell: "node ." }],
    deployment: [{ zip: [{ source_url: "https://storage.googleapis.com/a/b.zip" }] }],
  });
}
