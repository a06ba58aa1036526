import { normaliseJson, parseJson } from "../../go-values/json";
import type { RuleSet } from "../../hooks/rule-set";
import { textOf } from "../../sdk/legacy-values";

/** Short names of the scopes of service accounts (google/tpgresource/service_scope.go). */
const SCOPES: { [name: string]: string } = {
  "cloud-source-repos": "source.full_control",
  "cloud-source-repos-ro": "source.read_only",
  "compute-ro": "compute.readonly",
  "compute-rw": "compute",
  "logging-write": "logging.write",
  "monitoring-read": "monitoring.read",
  "monitoring-write": "monitoring.write",
  "service-control": "servicecontrol",
  "service-management": "service.management.readonly",
  sql: "sqlservice",
  "sql-admin": "sqlservice.admin",
  "storage-full": "devstorage.full_control",
  "storage-ro": "devstorage.read_only",
  "storage-rw": "devstorage.read_write",
  trace: "trace.append",
  "useraccounts-ro": "cloud.useraccounts.readonly",
  "useraccounts-rw": "cloud.useraccounts",
  "userinfo-email": "userinfo.email",
};
const SAME_NAME = new Set(["bigquery", "cloud-platform", "datastore", "monitoring", "pubsub", "taskqueue"]);

/** A scope by its full address. */
export function fullScope(scope: string): string {
  const path = SAME_NAME.has(scope) ? scope : SCOPES[scope];
  return path === undefined ? scope : `https://www.googleapis.com/auth/${path}`;
}

/** Values that are stored in one form: helper/structure and helper/validation of the plugin SDK v2. */
export const jsonValues: RuleSet = {
  state: {
    "structure.NormalizeJsonString": (value) => normaliseJson(textOf(value)),
    "strings.ToUpper": (value) => textOf(value).toUpperCase(),
    "tpgresource.CanonicalizeServiceScope": (value) => fullScope(textOf(value)),
  },
  validate: {
    "validation.StringIsJSON": (value, key) =>
      value === "" || parseJson(textOf(value))
        ? undefined
        : `"${key}" contains an invalid JSON: ${textOf(value)}`,
  },
};
