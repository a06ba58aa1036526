import type { PlanJson } from "../terraform/plan-json";

type Values = Readonly<Record<string, unknown>>;

/** What may be planned of one type. */
interface Cap {
  /** Objects of the type that one preview may have. */
  most: number;
  /** What is wrong with one of them. */
  wrong?: (values: Values, own: OwnNames) => string | undefined;
}

/** What a preview is held to beside its number. */
export interface OwnNames {
  /** The shared bucket that tells the cluster's address. */
  configurationBucket: string;
  /** `pr_12`: database and role. */
  database: string;
}

/** What an account of a preview may do in the whole project: tell how it is. */
const telemetry = ["roles/logging.logWriter", "roles/cloudtrace.agent", "roles/monitoring.metricWriter"];

/**
 * Everything that a preview may consist of, and how much of it. What is not here it can't have: no alerts, no backups, no
 * load balancers, no rights to anything that others use.
 */
const caps: Readonly<Record<string, Cap>> = {
  google_app_engine_standard_app_version: { most: 20 },
  google_app_engine_service_split_traffic: { most: 10 },
  google_service_account: { most: 1 },
  // Of its own account, as its name says: who deploys may start what runs as it.
  google_service_account_iam_member: {
    most: 1,
    wrong: ({ role, member }) =>
      role === "roles/iam.serviceAccountUser" && /^serviceAccount:tf-preview@/.test(String(member))
        ? undefined
        : `gives ${String(role)} on an account to ${String(member)}`,
  },
  google_project_iam_member: {
    most: telemetry.length,
    wrong: ({ role }) =>
      telemetry.includes(String(role)) ? undefined : `gives ${String(role)} in the project`,
  },
  google_storage_bucket_iam_member: {
    most: 1,
    wrong: ({ bucket, role }, { configurationBucket }) =>
      bucket === configurationBucket && role === "roles/storage.objectViewer"
        ? undefined
        : `gives ${String(role)} on ${String(bucket)}`,
  },
  // One of its own, and one for the way into its own cluster.
  google_secret_manager_secret: { most: 2 },
  google_secret_manager_secret_iam_member: {
    most: 20,
    wrong: ({ role }) =>
      role === "roles/secretmanager.secretAccessor" ? undefined : `gives ${String(role)} on a secret`,
  },
  google_api_gateway_api: { most: 5 },
  google_api_gateway_api_config: { most: 5 },
  google_api_gateway_gateway: { most: 5 },
  mongodbatlas_custom_db_role: {
    most: 1,
    wrong: ({ actions, inherited_roles: inherited }, { database }) => {
      const databases = listOf(actions).flatMap(({ resources }) =>
        listOf(resources).map((one) => (one.cluster === true ? "the cluster" : String(one.database_name))),
      );
      const other = [...databases, ...listOf(inherited).map(({ database_name: name }) => String(name))].find(
        (one) => one !== database,
      );
      return other === undefined ? undefined : `reaches ${other}; its own database is ${database}`;
    },
  },
  mongodbatlas_database_user: {
    most: 1,
    wrong: ({ roles, password }, { database }) => {
      if (password !== undefined && password !== null) return "has a password";
      const other = listOf(roles).find(({ role_name: role }) => role !== database);
      return other === undefined
        ? undefined
        : `has the role ${String(other.role_name)}; its own is ${database}`;
    },
  },
  mongodbatlas_flex_cluster: { most: 1 },
  terraform_data: { most: 10 },
};

/** What in a plan is more than a preview may be, in one line each. What goes is never too much. */
export function capProblems({ resource_changes: changes = [] }: PlanJson, own: OwnNames): string[] {
  const planned = changes.filter(({ mode, change }) => mode === "managed" && isObject(change.after));
  const problems = planned.flatMap(({ address, type, change }) => {
    const cap = caps[type];
    if (!cap) return [`${address}: a preview has no ${type}`];
    const wrong = cap.wrong?.(change.after as Values, own);
    return wrong === undefined ? [] : [`${address}: ${wrong}`];
  });
  for (const [type, { most }] of Object.entries(caps)) {
    const count = planned.filter((one) => one.type === type).length;
    if (count > most) problems.push(`${count} of ${type}; a preview has ${most} at most`);
  }
  return problems;
}

function listOf(value: unknown): Values[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
