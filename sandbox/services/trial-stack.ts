/** Resource blocks by type and name. */
export type Blocks = { [name: string]: { [name: string]: unknown } };

const ref = (expression: string): string => `$\{${expression}}`;
const beta = { provider: "google-beta" };
const apis = [
  "apigateway",
  "appengine",
  "compute",
  "firebase",
  "firebasehosting",
  "iam",
  "monitoring",
  "secretmanager",
  "storage",
  "vpcaccess",
];
const version = (id: string): { [name: string]: unknown } => ({
  service: "default",
  version_id: id,
  runtime: "nodejs24",
  entrypoint: { shell: "node server.js" },
  deployment: { zip: { source_url: "https://storage.googleapis.com/acme-dev-artifacts/default.zip" } },
  env_variables: { LOG_LEVEL: "info" },
  service_account: ref("google_service_account.run.email"),
  vpc_access_connector: { name: ref("google_vpc_access_connector.main.id") },
  automatic_scaling: { standard_scheduler_settings: { max_instances: 2 } },
  noop_on_destroy: true,
  depends_on: ["google_app_engine_application.app"],
});

/** At least one resource of every type of our stacks, in the provider's usual relations. */
export const stackResources: Blocks = {
  google_project_service: Object.fromEntries(
    apis.map((api) => [api, { service: `${api}.googleapis.com`, disable_on_destroy: false }]),
  ),
  google_service_account: { run: { account_id: "run-default" } },
  google_service_account_iam_member: {
    ci: {
      service_account_id: ref("google_service_account.run.name"),
      role: "roles/iam.serviceAccountUser",
      member: "user:ada@example.com",
    },
  },
  google_project_iam_member: {
    logs: {
      project: "acme-dev",
      role: "roles/logging.logWriter",
      member: ref("google_service_account.run.member"),
    },
  },
  google_project_iam_audit_config: {
    all: { project: "acme-dev", service: "allServices", audit_log_config: [{ log_type: "DATA_READ" }] },
  },
  google_storage_bucket: {
    artifacts: { name: "acme-dev-artifacts", location: "EU", labels: { env: "dev" } },
  },
  google_storage_bucket_iam_member: {
    read: {
      bucket: ref("google_storage_bucket.artifacts.name"),
      role: "roles/storage.objectViewer",
      member: ref("google_service_account.run.member"),
    },
  },
  google_compute_network: { main: { name: "main", auto_create_subnetworks: false } },
  google_compute_subnetwork: {
    connector: {
      name: "connector",
      ip_cidr_range: "10.8.0.0/28",
      network: ref("google_compute_network.main.id"),
    },
  },
  google_vpc_access_connector: {
    main: {
      name: "main",
      subnet: { name: ref("google_compute_subnetwork.connector.name") },
      min_instances: 2,
      max_instances: 3,
    },
  },
  google_app_engine_application: { app: { location_id: "europe-west" } },
  google_app_engine_standard_app_version: {
    v1: version("v1"),
    v2: { ...version("v2"), depends_on: ["google_app_engine_standard_app_version.v1"] },
  },
  google_app_engine_service_split_traffic: {
    default: {
      service: "default",
      migrate_traffic: false,
      split: { shard_by: "RANDOM", allocations: { v1: "0.95", v2: "0.05" } },
      depends_on: ["google_app_engine_standard_app_version.v1", "google_app_engine_standard_app_version.v2"],
    },
  },
  google_app_engine_service_network_settings: {
    default: {
      service: "default",
      network_settings: { ingress_traffic_allowed: "INGRESS_TRAFFIC_ALLOWED_ALL" },
      depends_on: ["google_app_engine_service_split_traffic.default"],
    },
  },
  google_secret_manager_secret: {
    key: { secret_id: "orders-key", replication: { auto: {} }, labels: { env: "dev" } },
  },
  google_secret_manager_secret_iam_member: {
    read: {
      secret_id: ref("google_secret_manager_secret.key.id"),
      role: "roles/secretmanager.secretAccessor",
      member: ref("google_service_account.run.member"),
    },
  },
  google_secret_manager_secret_version: {
    first: {
      secret: ref("google_secret_manager_secret.key.id"),
      secret_data_wo: "not-in-the-state",
      secret_data_wo_version: 1,
    },
  },
  google_firebase_project: { firebase: beta },
  google_firebase_web_app: {
    shop: { ...beta, display_name: "Shop", depends_on: ["google_firebase_project.firebase"] },
  },
  google_firebase_hosting_site: {
    shop: { ...beta, site_id: "acme-dev-shop", app_id: ref("google_firebase_web_app.shop.app_id") },
  },
  google_api_gateway_api: { shop: { ...beta, api_id: "shop" } },
  google_api_gateway_api_config: {
    shop: {
      ...beta,
      api: ref("google_api_gateway_api.shop.api_id"),
      api_config_id: "c-1",
      openapi_documents: [{ document: { path: "openapi.json", contents: "e30=" } }],
      gateway_config: { backend_config: { google_service_account: ref("google_service_account.run.email") } },
    },
  },
  google_api_gateway_gateway: {
    shop: {
      ...beta,
      gateway_id: "shop",
      api_config: ref("google_api_gateway_api_config.shop.id"),
      region: "europe-west1",
    },
  },
  google_api_gateway_gateway_iam_member: {
    view: {
      ...beta,
      gateway: ref("google_api_gateway_gateway.shop.gateway_id"),
      region: "europe-west1",
      role: "roles/apigateway.viewer",
      member: "user:ada@example.com",
    },
  },
  google_monitoring_notification_channel: {
    mail: { type: "email", labels: { email_address: "ops@example.com" } },
  },
  google_monitoring_alert_policy: {
    errors: {
      display_name: "Errors",
      combiner: "OR",
      conditions: [
        {
          display_name: "5xx",
          condition_threshold: { filter: "x", comparison: "COMPARISON_GT", duration: "300s" },
        },
      ],
      notification_channels: [ref("google_monitoring_notification_channel.mail.id")],
    },
  },
  mongodbatlas_project: { shop: { name: "shop-dev", org_id: "5f76e20cfaeaad58bc70a115" } },
  mongodbatlas_advanced_cluster: {
    orders: {
      project_id: ref("mongodbatlas_project.shop.id"),
      name: "orders",
      cluster_type: "REPLICASET",
      backup_enabled: true,
      replication_specs: [
        {
          region_configs: [
            {
              provider_name: "GCP",
              region_name: "WESTERN_EUROPE",
              priority: 7,
              electable_specs: { instance_size: "M10", node_count: 3 },
            },
          ],
        },
      ],
    },
  },
  mongodbatlas_flex_cluster: {
    preview: {
      project_id: ref("mongodbatlas_project.shop.id"),
      name: "preview",
      provider_settings: { backing_provider_name: "GCP", region_name: "WESTERN_EUROPE" },
    },
  },
  mongodbatlas_cloud_backup_schedule: {
    orders: {
      project_id: ref("mongodbatlas_project.shop.id"),
      cluster_name: ref("mongodbatlas_advanced_cluster.orders.name"),
      policy_item_daily: { frequency_interval: 1, retention_unit: "days", retention_value: 30 },
    },
  },
  mongodbatlas_custom_db_role: {
    writer: {
      project_id: ref("mongodbatlas_project.shop.id"),
      role_name: "ordersWriter",
      actions: [{ action: "INSERT", resources: [{ database_name: "orders", collection_name: "" }] }],
    },
  },
  mongodbatlas_database_user: {
    orders: {
      project_id: ref("mongodbatlas_project.shop.id"),
      username: "idp/orders",
      auth_database_name: "$external",
      oidc_auth_type: "USER",
      roles: [{ role_name: ref("mongodbatlas_custom_db_role.writer.role_name"), database_name: "admin" }],
      scopes: [{ name: ref("mongodbatlas_advanced_cluster.orders.name"), type: "CLUSTER" }],
    },
  },
  mongodbatlas_maintenance_window: {
    night: { project_id: ref("mongodbatlas_project.shop.id"), day_of_week: 1, hour_of_day: 3 },
  },
  mongodbatlas_project_ip_access_list: {
    office: { project_id: ref("mongodbatlas_project.shop.id"), cidr_block: "10.1.0.0/16" },
  },
};

/** What the APIs never return would force a replacement after an import, with the real providers too. */
export function notReadBack(blocks: Blocks): Blocks {
  const ignoring = (type: string, attribute: string): Blocks[string] =>
    Object.fromEntries(
      Object.entries(blocks[type] as Blocks).map(([name, body]) => [
        name,
        { ...body, lifecycle: { ignore_changes: [attribute] } },
      ]),
    );
  return {
    ...blocks,
    google_api_gateway_api_config: ignoring("google_api_gateway_api_config", "gateway_config"),
    google_secret_manager_secret_version: ignoring(
      "google_secret_manager_secret_version",
      "secret_data_wo_version",
    ),
  };
}

/** Everything but the APIs waits for the APIs, as the stacks' waves make it. */
export function withApis(blocks: Blocks): Blocks {
  const wait = apis.map((api) => `google_project_service.${api}`);
  return Object.fromEntries(
    Object.entries(blocks).map(([type, named]) => [
      type,
      type === "google_project_service" || type.startsWith("mongodbatlas_")
        ? named
        : Object.fromEntries(
            Object.entries(named as Blocks).map(([name, body]) => [
              name,
              { ...body, depends_on: [...((body.depends_on as string[] | undefined) ?? []), ...wait] },
            ]),
          ),
    ]),
  );
}

/** The id to import by, where it isn't the state's id. */
export function importId(type: string, object: { [name: string]: string }): string {
  const project = object.project_id ?? "";
  switch (type) {
    case "google_project_iam_member":
      return `${object.project} ${object.role} ${object.member}`;
    case "google_project_iam_audit_config":
      return `${object.project} ${object.service}`;
    case "google_service_account_iam_member":
      return `${object.service_account_id} ${object.role} ${object.member}`;
    case "google_storage_bucket_iam_member":
      return `${object.bucket} ${object.role} ${object.member}`;
    case "google_secret_manager_secret_version":
      return `${object.secret}/versions/${object.version}`;
    case "google_secret_manager_secret_iam_member":
      return `${object.secret_id} ${object.role} ${object.member}`;
    case "google_api_gateway_gateway_iam_member":
      return `${object.project}/${object.region}/${object.gateway} ${object.role} ${object.member}`;
    case "mongodbatlas_advanced_cluster":
    case "mongodbatlas_flex_cluster":
      return `${project}-${object.name}`;
    case "mongodbatlas_cloud_backup_schedule":
      return `${project}-${object.cluster_name}`;
    case "mongodbatlas_custom_db_role":
      return `${project}-${object.role_name}`;
    case "mongodbatlas_database_user":
      return `${project}-${object.username}-${object.auth_database_name}`;
    case "mongodbatlas_project_ip_access_list":
      return `${project}-${object.cidr_block}`;
    default:
      return object.id ?? "";
  }
}
