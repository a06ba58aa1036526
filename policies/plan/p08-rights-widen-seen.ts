import { isEverybody } from "../reading/grants";
import { type Json, textAt, textsOf, valueAt } from "../reading/json";
import type { Change } from "../reading/planned";
import { some } from "../reading/terms";
import { failsClosed, type PlanRule, type Violation } from "../rule";

const grants = /_iam_(member|binding|policy)$/;
const roles = ["google_project_iam_custom_role", "google_organization_iam_custom_role"];
const database = ["mongodbatlas_custom_db_role", "mongodbatlas_database_user"];
const accessControls = /_access_control$/;

export const rightsWidenSeen: PlanRule = {
  id: "P8",
  title: "New rights are seen by a second person; nobody becomes Owner, nothing becomes public",
  why: "A right that slipped in is found by whoever abuses it.",
  mapsTo: ["CIS 1.5", "CIS 5.1"],
  check: (environment) => {
    const changes = environment.changes.filter(
      ({ type }) => grants.test(type) || accessControls.test(type) || [...roles, ...database].includes(type),
    );
    if (changes.length === 0) return "not applicable";
    return changes
      .filter(({ creates, updates }) => creates || updates)
      .flatMap((change) => judge(change, failsClosed(environment.pack)));
  },
};

function judge(change: Change, closed: boolean): Violation[] {
  const { after } = change;
  const members = membersOf(after);
  const role = textAt(after, "role") ?? "";
  const everybody = [...members, textAt(after, "entity") ?? ""].filter(isEverybody);
  const text = textAt(after, "policy_data") ?? "";
  if (everybody.length > 0 || /"all(Authenticated)?Users"/i.test(text)) {
    const found = `${everybody[0] ?? "allUsers"} gets ${role || "rights"}`;
    return [{ ...change.violation("member", found, "name who needs it"), always: true }];
  }
  if (role === "roles/owner" || text.includes('"roles/owner"')) {
    const found = `roles/owner for ${some(members)}`;
    return [{ ...change.violation("role", found, "give the roles that the job needs"), always: true }];
  }
  if (!widens(change, closed)) return [];
  return [
    change.violation(
      undefined,
      whatWidens(change, role, members),
      "leave it out, if the job can do without",
      {
        label: "approve:iam",
        people: 1,
      },
    ),
  ];
}

/** A pure narrowing needs nobody's eyes; what can't be compared does. */
function widens(change: Change, closed: boolean): boolean {
  if (change.creates) return true;
  const before = rightsOf(change.before);
  const added = [...rightsOf(change.after)].some((right) => !before.has(right));
  const unknown = ["member", "members", "role", "permissions", "roles", "actions", "policy_data"];
  return added || (closed && unknown.some((path) => change.isUnknown(path)));
}

function rightsOf(values: Json): Set<string> {
  const lists = ["permissions", "roles", "actions", "inherited_roles", "scopes"];
  const role = textAt(values, "role") ?? "";
  return new Set([
    ...membersOf(values).map((member) => `${role} ${member}`),
    ...lists.flatMap((name) => {
      const list = valueAt({ list: valueAt(values, name) ?? [] }, "list");
      return (Array.isArray(list) ? list : []).map((one) => `${name} ${JSON.stringify(one)}`);
    }),
    ...(textAt(values, "policy_data") === undefined ? [] : [`policy ${textAt(values, "policy_data")}`]),
    ...(textAt(values, "entity") === undefined ? [] : [`${role} ${textAt(values, "entity")}`]),
  ]);
}

function membersOf(values: Json): readonly string[] {
  return [...textsOf(valueAt(values, "member")), ...textsOf(valueAt(values, "members"))];
}

function whatWidens(change: Change, role: string, members: readonly string[]): string {
  const who = members.length === 0 ? "somebody who is known only after the apply" : some(members);
  if (grants.test(change.type)) {
    return `${role || "a role that is known only after the apply"} for ${who}`;
  }
  if (change.type === "mongodbatlas_database_user") return "a user of the database gets rights";
  return "a role gets more rights";
}
