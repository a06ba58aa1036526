import type { CorpusCase, TypeCases } from "./corpus";

/** Resource types that the stacks of this repository are made of. */
export const STACK_TYPES: ReadonlySet<string> = new Set([
  "google_project_service",
  "google_project_iam_member",
  "google_project_iam_audit_config",
  "google_service_account",
  "google_service_account_iam_member",
  "google_storage_bucket",
  "google_storage_bucket_iam_member",
  "google_storage_bucket_object",
  "google_compute_network",
  "google_compute_subnetwork",
  "google_vpc_access_connector",
  "google_app_engine_application",
  "google_app_engine_standard_app_version",
  "google_app_engine_service_split_traffic",
  "google_app_engine_service_network_settings",
  "google_secret_manager_secret",
  "google_secret_manager_secret_iam_member",
  "google_secret_manager_secret_version",
  "google_firebase_project",
  "google_firebase_web_app",
  "google_firebase_hosting_site",
  "google_api_gateway_api",
  "google_api_gateway_api_config",
  "google_api_gateway_gateway",
  "google_api_gateway_gateway_iam_member",
  "google_monitoring_notification_channel",
  "google_monitoring_alert_policy",
  "mongodbatlas_project",
  "mongodbatlas_advanced_cluster",
  "mongodbatlas_flex_cluster",
  "mongodbatlas_cloud_backup_schedule",
  "mongodbatlas_database_user",
  "mongodbatlas_custom_db_role",
  "mongodbatlas_maintenance_window",
  "mongodbatlas_project_ip_access_list",
]);

/**
 * Every n-th case of each kind, the same ones each time.
 *
 * @param step of a type that the stacks use, every so manieth case is in; of others one of each kind
 */
export function sampleOf(types: readonly TypeCases[], step: number): ReadonlySet<CorpusCase> {
  const sample = new Set<CorpusCase>();
  for (const { type, cases } of types) {
    const seen = new Map<string, number>();
    for (const one of cases) {
      const count = seen.get(one.kind) ?? 0;
      seen.set(one.kind, count + 1);
      if (STACK_TYPES.has(type) ? count % step === 0 : count === 0 && one.kind === "update") sample.add(one);
    }
  }
  return sample;
}
