import { isTrue, numberAt, textAt, textsOf, valueAt } from "../reading/json";
import type { Change } from "../reading/planned";
import type { PlanRule } from "../rule";

/** What can't be taken back once it is made. */
const madeForGood: Readonly<Record<string, string>> = {
  google_app_engine_application: "the project gets App Engine, in one region, for ever",
  google_firebase_project: "the project gets Firebase, for ever",
  google_kms_key_ring: "a key ring can't be deleted",
  google_kms_crypto_key: "a key can't be deleted, only its versions",
  mongodbatlas_backup_compliance_policy: "only MongoDB's support can take it back",
};

export const oneWayDoors: PlanRule = {
  id: "P9",
  title: "What can't be taken back is approved first",
  why: "There is no second plan that puts it right.",
  mapsTo: [],
  check: (environment) => {
    if (environment.changes.length === 0) return "not applicable";
    return environment.changes.flatMap((change) => {
      const found = irreversible(change);
      if (found === undefined) return [];
      return [
        change.violation(found.attribute, found.text, "be sure, and have it approved", {
          label: "approve:irreversible",
          people: 1,
        }),
      ];
    });
  },
};

function irreversible(change: Change): { attribute?: string; text: string } | undefined {
  const made = madeForGood[change.type];
  if (made !== undefined && change.creates) return { text: `is made for good: ${made}` };
  if (!change.creates && !change.updates) return undefined;
  return locks(change) ?? upgrade(change);
}

function locks(change: Change): { attribute: string; text: string } | undefined {
  const paths = ["retention_policy.is_locked", "locked"];
  const locked = paths.find((path) => isTrue(change.after, path) && !isTrue(change.before, path));
  if (locked !== undefined)
    return { attribute: locked, text: "is locked for good: it can never be shortened" };
  const unknown = paths.find((path) => change.isUnknown(path) && valueAt(change.before, path) !== undefined);
  return unknown === undefined
    ? undefined
    : { attribute: unknown, text: "may be locked for good: known only after the apply" };
}

/** A newer database can't go back to an older one. */
function upgrade(change: Change): { attribute: string; text: string } | undefined {
  for (const attribute of ["mongo_db_major_version", "database_version"]) {
    const before = textAt(change.before, attribute);
    const after = textAt(change.after, attribute);
    if (change.updates && before !== undefined && after !== undefined && before !== after) {
      return { attribute, text: `is upgraded from ${before} to ${after}, with no way back` };
    }
  }
  const disk = "settings.disk_size";
  const [from, to] = [numberAt(change.before, disk), numberAt(change.after, disk)];
  if (change.updates && from !== undefined && to !== undefined && to > from) {
    return { attribute: disk, text: `grows from ${from} GB to ${to} GB, and never shrinks again` };
  }
  const ddl = [textsOf(change.before.ddl), textsOf(change.after.ddl)] as const;
  if (change.updates && ddl[1].slice(ddl[0].length).some((statement) => /^\s*drop\s/i.test(statement))) {
    return { attribute: "ddl", text: "drops a table or a column, with its data" };
  }
  return undefined;
}
