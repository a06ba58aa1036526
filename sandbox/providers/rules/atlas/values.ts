import { isDeepStrictEqual } from "node:util";
import { parseJson } from "../../go-values/json";
import type { RuleSet } from "../../hooks/rule-set";
import type { DiffSuppress, Validator } from "../../sdk/hook-types";
import { textOf } from "../../sdk/legacy-values";
import { isCidr } from "../../validation/addresses";

/** The same document; none is an empty one (internal/common/schemafunc/json.go). */
const sameJson: DiffSuppress = (_, before, after) => {
  const [a, b] = [parseJson(before || "{}"), parseJson(after || "{}")];
  return a !== undefined && b !== undefined && isDeepStrictEqual(a.value, b.value);
};

function between(least: number, most: number): Validator {
  return (value, key) =>
    Number(value) < least || Number(value) > most
      ? `"${key}" value should be between ${least} and ${most}, got: ${value}`
      : undefined;
}

const INTEGRATIONS = [
  "PAGER_DUTY",
  "DATADOG",
  "OPS_GENIE",
  "VICTOR_OPS",
  "WEBHOOK",
  "MICROSOFT_TEAMS",
  "PROMETHEUS",
];

/** internal/service of the Atlas provider, folder by resource */
export const atlasValues: RuleSet = {
  suppress: {
    "auditing.diffSuppressJSON": sameJson,
    "searchindex.diffSuppressJSON": sameJson,
    "#mongodbatlas_event_trigger config_match": sameJson,
    "#mongodbatlas_event_trigger config_project": sameJson,
  },
  validate: {
    "#mongodbatlas_cloud_backup_schedule reference_hour_of_day": between(0, 23),
    "#mongodbatlas_cloud_backup_schedule reference_minute_of_hour": between(0, 59),
    "#mongodbatlas_maintenance_window day_of_week": between(1, 7),
    "#mongodbatlas_maintenance_window hour_of_day": between(0, 23),
    "#mongodbatlas_x509_authentication_database_user months_until_expiration": between(1, 24),
    "#mongodbatlas_custom_db_role role_name": (value) =>
      textOf(value).startsWith("x-gen") ? "`role_name` cannot start with 'xgen-'" : undefined,
    "#mongodbatlas_access_list_api_key cidr_block": (value, key) =>
      isCidr(textOf(value)) ? undefined : `expected ${key} to be a valid CIDR Value, got ${textOf(value)}`,
    validateIntegrationType: (value) =>
      INTEGRATIONS.includes(textOf(value))
        ? undefined
        : `Third Party integration type "${textOf(value)}" is not a valid value. Possible values are: ${INTEGRATIONS.join(", ")}.`,
  },
};
