/** Something in the diagram: resources that people think of as one thing. */
export interface Part {
  readonly id: string;
  readonly label: string;
  /** Types of its resources. The first part that fits counts. */
  readonly types: RegExp;
}

/** In the order in which the document tells them. */
export const parts: readonly Part[] = [
  { id: "apis", label: "APIs and service agents", types: /^google_project_service/ },
  { id: "keys", label: "KMS keys", types: /^google_kms_/ },
  { id: "ci", label: "sign-in of workflows", types: /^google_iam_workload_/ },
  {
    id: "guard",
    label: "organisation policies, audit configuration",
    types: /^google_(org_policy|project_iam_audit)/,
  },
  { id: "budget", label: "budget and contacts", types: /^google_(billing|essential_contacts)/ },
  { id: "topic", label: "rotation of secrets", types: /^google_pubsub_/ },
  { id: "vpc", label: "VPC, subnets, firewall", types: /^google_compute_(network|subnetwork|firewall)$/ },
  { id: "nat", label: "Cloud NAT", types: /^google_compute_router/ },
  { id: "connector", label: "serverless VPC connector", types: /^google_vpc_access_/ },
  { id: "dns", label: "DNS", types: /^google_dns_/ },
  { id: "secrets", label: "Secret Manager", types: /^google_secret_manager_/ },
  {
    id: "endpoints",
    label: "private endpoints",
    types: /^(google_compute_forwarding_rule|mongodbatlas_privatelink)/,
  },
  { id: "backups", label: "backups", types: /^mongodbatlas_(cloud_)?backup/ },
  { id: "cluster", label: "Atlas cluster, roles, users, alerts", types: /^mongodbatlas_/ },
  { id: "cache", label: "Redis", types: /^google_redis_/ },
  { id: "postgres", label: "PostgreSQL", types: /^google_sql_/ },
  { id: "hosting", label: "Firebase Hosting", types: /^google_firebase_/ },
  { id: "engine", label: "App Engine application", types: /^google_app_engine_application$/ },
  { id: "iap", label: "Identity-Aware Proxy", types: /^google_iap_/ },
  { id: "api", label: "API", types: /^google_api_gateway_api$/ },
  { id: "gateway", label: "API Gateway and its configuration", types: /^google_api_gateway_/ },
  {
    id: "traffic",
    label: "traffic and ingress of App Engine services",
    types: /^google_app_engine_service_/,
  },
  { id: "versions", label: "App Engine versions", types: /^google_app_engine_/ },
  { id: "certificates", label: "certificates", types: /^google_certificate_manager_/ },
  {
    id: "balancer",
    label: "load balancer and Cloud Armor",
    types: /^google_compute_(global|backend|region_network|security|ssl|target|url)/,
  },
  {
    id: "alerts",
    label: "alerts, objectives, uptime checks, dashboards",
    types: /^google_monitoring_(?!notification)/,
  },
  { id: "logs", label: "log buckets, sinks, metrics", types: /^google_logging_/ },
  { id: "channels", label: "notification channels", types: /^google_monitoring_/ },
  { id: "addresses", label: "addresses", types: /^google_compute_/ },
  { id: "buckets", label: "buckets", types: /^google_storage_/ },
  { id: "accounts", label: "accounts and grants", types: /^google_(service_account|project_iam)/ },
];

/** Who calls whom, when a request comes in. The first of `from` that the stacks have calls the first of `to`. */
export interface Flow {
  readonly from: readonly (Part["id"] | "browser")[];
  readonly to: readonly Part["id"][];
  readonly label?: string;
}

export const flows: readonly Flow[] = [
  { from: ["browser"], to: ["hosting"], label: "pages" },
  { from: ["browser"], to: ["balancer", "gateway"], label: "api.…, HTTPS" },
  { from: ["balancer"], to: ["gateway"] },
  { from: ["gateway"], to: ["traffic"], label: "as the gateway's account" },
  { from: ["traffic"], to: ["secrets"], label: "at start" },
  { from: ["traffic"], to: ["connector"] },
  { from: ["connector"], to: ["endpoints", "nat"] },
  { from: ["endpoints", "nat"], to: ["cluster"] },
  { from: ["connector"], to: ["cache"] },
  { from: ["connector"], to: ["postgres"] },
  { from: ["cluster"], to: ["backups"] },
];
