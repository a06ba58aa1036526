import type { AtlasIdentity } from "./identity";

const inProject = (...names: string[]): Pick<AtlasIdentity, "id" | "natural"> => ({
  id: ["project_id", ...names],
  natural: ["project_id", ...names],
});

/** The project's own settings: one object per project, called by the project's id. */
const ofProject: AtlasIdentity = { id: "project_id", natural: ["project_id"], imports: "{project_id}" };

/**
 * Ids and import ids of every Atlas type.
 * Source: `SetId(conversion.EncodeStateID(…))` and the importers in internal/service/<name>/resource*.go, v1.41.1.
 */
export const atlasIdentities: { readonly [type: string]: AtlasIdentity } = {
  mongodbatlas_access_list_api_key: {
    id: ["org_id", "api_key_id", "entry=ip_address"],
    natural: ["org_id", "api_key_id", "ip_address", "cidr_block"],
    imports: "{org_id}-{api_key_id}-{ip_address}",
  },
  mongodbatlas_advanced_cluster: {
    id: ["cluster_id", "project_id", "cluster_name=name"],
    own: "cluster_id",
    natural: ["project_id", "name"],
    imports: "{project_id}-{name}",
  },
  mongodbatlas_alert_configuration: {
    id: ["id=alert_configuration_id", "project_id"],
    own: "alert_configuration_id",
    natural: [
      "project_id",
      "event_type",
      "metric_threshold_config",
      "threshold_config",
      "matcher",
      "notification",
    ],
    imports: "{project_id}-{alert_configuration_id}",
  },
  mongodbatlas_api_key: {
    id: ["org_id", "api_key_id"],
    own: "api_key_id",
    natural: ["org_id", "description"],
    imports: "{org_id}-{api_key_id}",
  },
  mongodbatlas_api_key_project_assignment: {
    ...inProject("api_key_id"),
    imports: "{project_id}/{api_key_id}",
  },
  mongodbatlas_auditing: ofProject,
  mongodbatlas_backup_compliance_policy: { ...ofProject, id: ["project_id"] },
  mongodbatlas_cloud_backup_schedule: {
    ...inProject("cluster_name"),
    imports: "{project_id}-{cluster_name}",
  },
  mongodbatlas_cloud_backup_snapshot: {
    id: ["project_id", "cluster_name", "snapshot_id"],
    own: "snapshot_id",
    natural: ["project_id", "cluster_name", "description"],
    imports: "{project_id}-{cluster_name}-{snapshot_id}",
  },
  mongodbatlas_cloud_backup_snapshot_export_bucket: {
    id: ["project_id", "id=export_bucket_id"],
    own: "export_bucket_id",
    natural: ["project_id", "bucket_name", "cloud_provider"],
    imports: "{project_id}-{export_bucket_id}",
  },
  mongodbatlas_cloud_backup_snapshot_export_job: {
    id: ["project_id", "cluster_name", "export_job_id"],
    own: "export_job_id",
    natural: ["project_id", "cluster_name", "snapshot_id", "export_bucket_id"],
    imports: "{project_id}--{cluster_name}--{export_job_id}",
  },
  mongodbatlas_cloud_backup_snapshot_restore_job: {
    id: ["project_id", "cluster_name", "snapshot_restore_job_id"],
    own: "snapshot_restore_job_id",
    natural: ["project_id", "cluster_name", "snapshot_id"],
    imports: "{project_id}-{cluster_name}-{snapshot_restore_job_id}",
  },
  mongodbatlas_cloud_provider_access_authorization: {
    id: ["id=role_id", "project_id"],
    natural: ["project_id", "role_id"],
    imports: "{project_id}-{role_id}",
  },
  mongodbatlas_cloud_provider_access_setup: {
    id: ["id=role_id", "project_id", "provider_name"],
    own: "role_id",
    natural: ["project_id", "provider_name"],
    imports: "{project_id}-{provider_name}-{role_id}",
  },
  mongodbatlas_cluster: {
    id: ["cluster_id", "project_id", "cluster_name=name", "provider_name"],
    own: "cluster_id",
    natural: ["project_id", "name"],
    imports: "{project_id}-{name}",
  },
  mongodbatlas_cluster_outage_simulation: {
    ...inProject("cluster_name"),
    imports: "{project_id}-{cluster_name}",
  },
  mongodbatlas_custom_db_role: { ...inProject("role_name"), imports: "{project_id}-{role_name}" },
  mongodbatlas_custom_dns_configuration_cluster_aws: ofProject,
  mongodbatlas_data_lake_pipeline: { ...inProject("name"), imports: "{project_id}--{name}" },
  mongodbatlas_database_user: {
    ...inProject("username", "auth_database_name"),
    imports: "{project_id}-{username}-{auth_database_name}",
  },
  mongodbatlas_encryption_at_rest: ofProject,
  mongodbatlas_encryption_at_rest_private_endpoint: {
    id: "id",
    own: "id",
    natural: ["project_id", "cloud_provider", "region_name"],
    imports: "{project_id}-{cloud_provider}-{id}",
  },
  mongodbatlas_event_trigger: {
    id: ["project_id", "app_id", "trigger_id"],
    own: "trigger_id",
    natural: ["project_id", "app_id", "name"],
    imports: "{project_id}--{app_id}--{trigger_id}",
  },
  mongodbatlas_federated_database_instance: { ...inProject("name"), imports: "{project_id}--{name}" },
  mongodbatlas_federated_query_limit: {
    ...inProject("tenant_name", "limit_name"),
    imports: "{project_id}--{tenant_name}--{limit_name}",
  },
  mongodbatlas_federated_settings_identity_provider: {
    id: ["federation_settings_id", "okta_idp_id=idp_id"],
    own: "idp_id",
    natural: ["federation_settings_id", "name"],
    imports: "{federation_settings_id}-{idp_id}",
  },
  mongodbatlas_federated_settings_org_config: {
    id: ["federation_settings_id", "org_id"],
    natural: ["federation_settings_id", "org_id"],
    imports: "{federation_settings_id}-{org_id}",
  },
  mongodbatlas_federated_settings_org_role_mapping: {
    id: ["federation_settings_id", "org_id", "role_mapping_id"],
    own: "role_mapping_id",
    natural: ["federation_settings_id", "org_id", "external_group_name"],
    imports: "{federation_settings_id}-{org_id}-{role_mapping_id}",
  },
  mongodbatlas_flex_cluster: {
    id: "id",
    own: "id",
    natural: ["project_id", "name"],
    imports: "{project_id}-{name}",
  },
  mongodbatlas_global_cluster_config: {
    ...inProject("cluster_name"),
    imports: "{project_id}-{cluster_name}",
  },
  mongodbatlas_ldap_configuration: ofProject,
  mongodbatlas_ldap_verify: {
    id: ["project_id", "request_id"],
    own: "request_id",
    natural: ["project_id", "hostname", "port"],
    imports: "{project_id}-{request_id}",
  },
  mongodbatlas_maintenance_window: ofProject,
  mongodbatlas_mongodb_employee_access_grant: {
    ...inProject("cluster_name"),
    imports: "{project_id}/{cluster_name}",
  },
  mongodbatlas_network_container: {
    id: ["project_id", "container_id"],
    own: "container_id",
    natural: ["project_id", "provider_name", "region_name", "region"],
    imports: "{project_id}-{container_id}",
  },
  mongodbatlas_network_peering: {
    id: ["project_id", "peer_id", "provider_name"],
    own: "peer_id",
    natural: ["project_id", "container_id", "network_name", "vpc_id", "vnet_name"],
    imports: "{project_id}-{peer_id}-{provider_name}",
  },
  mongodbatlas_online_archive: {
    id: ["project_id", "cluster_name", "archive_id"],
    own: "archive_id",
    natural: ["project_id", "cluster_name", "db_name", "coll_name"],
    imports: "{project_id}-{cluster_name}-{archive_id}",
  },
  mongodbatlas_org_invitation: {
    id: ["username", "org_id", "invitation_id"],
    own: "invitation_id",
    natural: ["org_id", "username"],
    imports: "{org_id}-{username}",
  },
  mongodbatlas_organization: { id: ["org_id"], own: "org_id", natural: ["name"], imports: "{org_id}" },
  mongodbatlas_private_endpoint_regional_mode: ofProject,
  mongodbatlas_privatelink_endpoint: {
    id: ["private_link_id", "project_id", "provider_name", "region"],
    own: "private_link_id",
    natural: ["project_id", "provider_name", "region"],
    imports: "{project_id}-{private_link_id}-{provider_name}-{region}",
  },
  mongodbatlas_privatelink_endpoint_serverless: {
    id: ["project_id", "instance_name", "endpoint_id"],
    own: "endpoint_id",
    natural: ["project_id", "instance_name"],
    imports: "{project_id}--{instance_name}--{endpoint_id}",
  },
  mongodbatlas_privatelink_endpoint_service: {
    ...inProject("private_link_id", "endpoint_service_id", "provider_name"),
    imports: "{project_id}--{private_link_id}--{endpoint_service_id}--{provider_name}",
  },
  mongodbatlas_privatelink_endpoint_service_data_federation_online_archive: {
    ...inProject("endpoint_id"),
    imports: "{project_id}--{endpoint_id}",
  },
  mongodbatlas_privatelink_endpoint_service_serverless: {
    ...inProject("instance_name", "endpoint_id"),
    imports: "{project_id}--{instance_name}--{endpoint_id}",
  },
  mongodbatlas_project: { id: "id", own: "id", natural: ["org_id", "name"], imports: "{id}" },
  mongodbatlas_project_api_key: {
    id: ["api_key_id"],
    own: "api_key_id",
    natural: ["description", "project_assignment"],
    imports: "{project_id}-{api_key_id}",
  },
  mongodbatlas_project_invitation: {
    id: ["username", "project_id", "invitation_id"],
    own: "invitation_id",
    natural: ["project_id", "username"],
    imports: "{project_id}-{username}",
  },
  mongodbatlas_project_ip_access_list: {
    id: ["entry", "project_id"],
    natural: ["project_id", "ip_address", "cidr_block", "aws_security_group"],
    imports: "{project_id}-{entry}",
  },
  mongodbatlas_push_based_log_export: ofProject,
  mongodbatlas_resource_policy: {
    id: "id",
    own: "id",
    natural: ["org_id", "name"],
    imports: "{org_id}-{id}",
  },
  mongodbatlas_search_deployment: {
    id: "id",
    own: "id",
    natural: ["project_id", "cluster_name"],
    imports: "{project_id}-{cluster_name}",
  },
  mongodbatlas_search_index: {
    id: ["project_id", "cluster_name", "index_id"],
    own: "index_id",
    natural: ["project_id", "cluster_name", "database", "collection_name", "name"],
    imports: "{project_id}--{cluster_name}--{index_id}",
  },
  mongodbatlas_serverless_instance: { ...inProject("name"), imports: "{project_id}-{name}" },
  mongodbatlas_stream_connection: {
    id: ["project_id", "instance_name", "connection_name"],
    natural: ["project_id", "instance_name", "connection_name"],
    imports: "{instance_name}-{project_id}-{connection_name}",
  },
  mongodbatlas_stream_instance: {
    id: "id",
    own: "id",
    natural: ["project_id", "instance_name"],
    imports: "{project_id}-{instance_name}",
  },
  mongodbatlas_stream_privatelink_endpoint: {
    id: "id",
    own: "id",
    natural: ["project_id", "provider_name", "vendor", "dns_domain"],
    imports: "{project_id}-{id}",
  },
  mongodbatlas_stream_processor: {
    id: "id",
    own: "id",
    natural: ["project_id", "instance_name", "processor_name"],
    imports: "{instance_name}-{project_id}-{processor_name}",
  },
  mongodbatlas_team: {
    id: ["org_id", "id=team_id"],
    own: "team_id",
    natural: ["org_id", "name"],
    imports: "{org_id}-{team_id}",
  },
  mongodbatlas_teams: {
    id: ["org_id", "id=team_id"],
    own: "team_id",
    natural: ["org_id", "name"],
    imports: "{org_id}-{team_id}",
  },
  mongodbatlas_third_party_integration: {
    id: "id",
    own: "id",
    natural: ["project_id", "type"],
    imports: "{project_id}-{type}",
  },
  mongodbatlas_x509_authentication_database_user: {
    ...inProject("username"),
    imports: "{project_id}-{username}",
  },
};
