import type { RuleSet } from "../../hooks/rule-set";
import { elementCode, textOf } from "../../sdk/legacy-values";
import { asObject, asText } from "../reading";
import { sameLetters } from "./links";

const ROLES: { [role: string]: string } = {
  OWNER: "roles/bigquery.dataOwner",
  WRITER: "roles/bigquery.dataEditor",
  READER: "roles/bigquery.dataViewer",
};

/** Whether the basic role that is stored is the one that was given by its full name. */
function isBasicForm(before: string, after: string): boolean {
  return ROLES[before] !== undefined && ROLES[before] === after;
}

const MEMBERS = ["user_by_email", "group_by_email", "domain", "special_group"];

/** google/services/bigquery and bigqueryreservation, file by resource */
export const bigQuery: RuleSet = {
  suppress: {
    // resource_bigquery_table.go: `project.location.id` and the path of the same connection
    "bigquery.bigQueryTableConnectionIdSuppress": (_, before, after) => {
      const stored = /(.+)\.(.+)\.(.+)/.exec(before);
      const given = /projects\/(.+)\/(?:locations|regions)\/(.+)\/connections\/(.+)/.exec(after);
      if (!stored || !given) return false;
      const [, project, place = "", id] = stored;
      return project === given[1] && sameLetters(place, given[2] as string) && id === given[3];
    },
    // resource_bigquery_dataset_access.go
    "bigquery.resourceBigQueryDatasetAccessRoleDiffSuppress": (_, before, after) =>
      isBasicForm(before, after),
    "bigquery.resourceBigQueryDatasetAccessIamMemberDiffSuppress": (_, before, after, data) => {
      if (Object.values(ROLES).includes(after)) return isBasicForm(before, after);
      const stored = (names: string[]) =>
        names.map((name) => asText(data.get(name))).find((text) => text !== "");
      const member = stored(MEMBERS);
      if (data.get("api_updated_member") === true && member !== undefined) {
        const [first, second] = asText(data.get("iam_member")).split(/(?<=:)/);
        return sameLetters(member, second ?? first ?? "");
      }
      return stored(MEMBERS.slice(0, 2)) !== undefined && sameLetters(before, after);
    },
    // resource_bigquery_capacity_commitment.go
    "bigqueryreservation.bigqueryReservationCapacityCommitmentPlanDiffSuppressFunc": (_, before, after) =>
      ["FLEX", "MONTHLY", "ANNUAL"].includes(before) && after === `${before}_FLAT_RATE`,
  },
  codes: {
    // resource_bigquery_dataset.go
    "bigquery.resourceBigqueryDatasetAccessHash": (element, attribute) => {
      const access = asObject(element);
      const role = textOf(access.role);
      return elementCode({ ...access, role: ROLES[role] ?? role }, attribute);
    },
  },
  validate: {
    // resource_bigquery_dataset.go
    "bigquery.validateDatasetId": (value, key) => {
      const id = textOf(value);
      if (!/^[0-9A-Za-z_]+$/.test(id)) {
        return `"${key}" must contain only letters (a-z, A-Z), numbers (0-9), or underscores (_)`;
      }
      return id.length > 1024 ? `"${key}" cannot be greater than 1,024 characters` : undefined;
    },
    "bigquery.validateDefaultTableExpirationMs": (value, key) =>
      Number(value) < 3_600_000
        ? `"${key}" cannot be shorter than 3600000 milliseconds (one hour)`
        : undefined,
  },
};
