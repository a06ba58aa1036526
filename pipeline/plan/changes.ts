import type { ChangeJson, Json, PlanJson, ResourceChangeJson } from "../terraform/plan-json";
import { type AttributeChange, attributeChanges } from "./attribute-changes";

/** What happens to one resource, in the reviewer's words. The order is the one in which changes are told. */
export const changeKinds = ["delete", "replace", "forget", "update", "create", "import", "move"] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface ResourceChange {
  /** `google_app_engine_standard_app_version.orders-v3`. */
  address: string;
  type: string;
  kind: ChangeKind;
  /** Replacements only: `true` when the new object is there before the old one goes. */
  createsFirst?: boolean;
  /** Moved here from this address. */
  movedFrom?: string;
  /** Imported by this id. */
  importedBy?: string;
  /** Why Terraform decided so, as a phrase: `cannot be updated in place`. */
  reason?: string;
  attributes: AttributeChange[];
}

/** What a plan changes. */
export interface PlanChanges {
  /** Deletions and replacements first, then by address. */
  resources: ResourceChange[];
  outputs: AttributeChange[];
  /** Changed behind Terraform's back, where that is why something changes now. */
  drifted: ResourceChange[];
}

/** Number of resources per kind of change; a replacement counts once. */
export type ChangeCounts = Record<ChangeKind, number>;

/** What a plan changes, deletions and replacements first. */
export function planChanges(plan: PlanJson): PlanChanges {
  const resources = sortChanges((plan.resource_changes ?? []).flatMap(resourceChange));
  return {
    resources,
    outputs: Object.entries(plan.output_changes ?? {})
      .filter(([, change]) => change.actions.some((action) => action !== "no-op"))
      .flatMap(([name, change]) => attributeChanges(asObject(name, change))),
    drifted: sortChanges((plan.resource_drift ?? []).flatMap(resourceChange)).filter((drifted) =>
      isCause(drifted, resources, plan.relevant_attributes ?? []),
    ),
  };
}

/** Clouds count and stamp things by themselves; what nothing depends on is no news. */
function isCause(
  { address, attributes }: ResourceChange,
  changes: readonly ResourceChange[],
  relevant: NonNullable<PlanJson["relevant_attributes"]>,
): boolean {
  if (changes.some((change) => change.address === address)) return true;
  const names = relevant.filter(({ resource }) => resource === address).map(({ attribute }) => attribute[0]);
  return attributes.some(({ path }) => names.includes(path.split(/[.[]/)[0]));
}

export function countChanges(changes: readonly ResourceChange[]): ChangeCounts {
  const counts = noChanges();
  for (const { kind } of changes) counts[kind]++;
  return counts;
}

/** How many steps Terraform tells of while it makes these changes; a replacement is two. */
export function stepsOf(changes: readonly ResourceChange[]): number {
  return changes.reduce((sum, { kind }) => sum + (kind === "replace" ? 2 : 1), 0);
}

export function addCounts(all: readonly ChangeCounts[]): ChangeCounts {
  const sum = noChanges();
  for (const counts of all) for (const kind of changeKinds) sum[kind] += counts[kind];
  return sum;
}

function noChanges(): ChangeCounts {
  return { delete: 0, replace: 0, forget: 0, update: 0, create: 0, import: 0, move: 0 };
}

function sortChanges(changes: ResourceChange[]): ResourceChange[] {
  const rank = ({ kind }: ResourceChange) => changeKinds.indexOf(kind);
  return changes.sort(
    (a, b) => rank(a) - rank(b) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0),
  );
}

function resourceChange(json: ResourceChangeJson): ResourceChange[] {
  const kind = kindOf(json);
  if (kind === undefined || json.mode === "data") return [];
  const { address, type, change, action_reason: reason } = json;
  const words = reason === undefined ? undefined : reasons[reason];
  return [
    {
      address,
      type,
      kind,
      ...(kind === "replace" ? { createsFirst: change.actions[0] === "create" } : {}),
      ...(json.previous_address === undefined ? {} : { movedFrom: json.previous_address }),
      ...(change.importing ? { importedBy: change.importing.id ?? "an identity" } : {}),
      ...(words === undefined ? {} : { reason: words }),
      attributes: attributeChanges(change),
    },
  ];
}

function kindOf({ change, previous_address: from, address }: ResourceChangeJson): ChangeKind | undefined {
  const actions = new Set(change.actions);
  if (actions.has("create") && actions.has("delete")) return "replace";
  if (actions.has("create") && actions.has("forget")) return "replace";
  if (actions.has("delete")) return "delete";
  if (actions.has("forget")) return "forget";
  if (actions.has("update")) return "update";
  if (actions.has("create")) return "create";
  if (change.importing) return "import";
  return from !== undefined && from !== address ? "move" : undefined;
}

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation, `action_reason`. */
const reasons: { readonly [reason: string]: string } = {
  replace_because_tainted: "its last apply failed half-way",
  replace_because_cannot_update: "cannot be updated in place",
  replace_by_request: "asked for by -replace",
  replace_by_triggers: "a resource that it follows is replaced",
  delete_because_no_resource_config: "no longer in the code",
  delete_because_no_module: "its module is no longer in the code",
  delete_because_wrong_repetition: "no longer counted in the code",
  delete_because_count_index: "no longer counted in the code",
  delete_because_each_key: "no longer counted in the code",
  delete_because_no_move_target: "moved to where nothing is in the code",
};

function asObject(name: string, change: ChangeJson): ChangeJson {
  const wrap = (value: Json | undefined): Json => (value === undefined ? null : { [name]: value });
  return {
    actions: change.actions,
    before: wrap(change.before),
    after: wrap(change.after),
    after_unknown: wrap(change.after_unknown),
    before_sensitive: wrap(change.before_sensitive),
    after_sensitive: wrap(change.after_sensitive),
  };
}
