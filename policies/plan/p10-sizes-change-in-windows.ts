import { isObject, type Json, valueAt } from "../reading/json";
import type { Change, PlannedEnvironment } from "../reading/planned";
import { failsClosed, type PlanRule, type Violation } from "../rule";

const cluster = "mongodbatlas_advanced_cluster";
/** What makes a database restart or move, by type. Inside a cluster it is looked for at every depth. */
const sizes: Readonly<Record<string, readonly string[]>> = {
  [cluster]: ["instance_size", "node_count", "disk_size_gb", "disk_iops", "region_name"],
  mongodbatlas_cluster: ["provider_instance_size_name", "disk_size_gb", "replication_factor"],
  google_sql_database_instance: ["settings.tier", "settings.availability_type", "settings.edition"],
  google_redis_instance: ["tier", "memory_size_gb", "replica_count"],
  google_spanner_instance: ["edition", "config"],
};

export const sizesChangeInWindows: PlanRule = {
  id: "P10",
  title: "A database changes its size inside a window, after approval",
  why: "Nodes restart one after the other; connections break, and a mistake shows on the bill.",
  mapsTo: [],
  check: (environment) => {
    const changes = environment.of(...Object.keys(sizes)).filter(({ updates }) => updates);
    if (changes.length === 0) return "not applicable";
    return changes.flatMap((change) => judge(change, environment));
  },
};

function judge(change: Change, environment: PlannedEnvironment): Violation[] {
  const changed = change.type === cluster ? withinCluster(change) : atPaths(change);
  const first = changed[0];
  if (!first) {
    const isUnknown = change.type === cluster && change.isUnknown("replication_specs") && sizeUnknown(change);
    if (!isUnknown || !failsClosed(environment.pack)) return [];
    return [say(change, "replication_specs", "the new size is known only after the apply", environment)];
  }
  return [say(change, first.path, changed.map(({ text }) => text).join(", "), environment)];
}

function say(change: Change, path: string, found: string, { surroundings }: PlannedEnvironment): Violation {
  const { window } = surroundings;
  const when =
    window === undefined || window.open
      ? "apply it inside a deployment window"
      : `wait for the window${window.opens === undefined ? "" : `, ${window.opens}`}`;
  return change.violation(path, found, when, { label: "approve:tier", people: 1 });
}

interface Resized {
  readonly path: string;
  readonly text: string;
}

function atPaths(change: Change): Resized[] {
  return (sizes[change.type] ?? []).flatMap((path) =>
    compare(path, valueAt(change.before, path), valueAt(change.after, path)),
  );
}

/** The settings of a cluster's nodes, wherever they stand. */
function withinCluster({ before, after }: Change): Resized[] {
  const [old, now] = [leaves(before.replication_specs), leaves(after.replication_specs)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths
    .filter((path) => sizes[cluster]?.includes(path.split(".").at(-1) ?? ""))
    .filter(
      (path) =>
        !/analytics_specs|read_only_specs/.test(path) ||
        old.has(path) !== now.has(path) ||
        old.get(path) !== now.get(path),
    )
    .flatMap((path) => compare(path, old.get(path), now.get(path)));
}

function compare(path: string, before: Json | undefined, after: Json | undefined): Resized[] {
  if (before === undefined || before === null || after === undefined || after === null || before === after)
    return [];
  const name = path.split(".").at(-1) ?? path;
  return [{ path, text: `${name} goes from ${String(before)} to ${String(after)}` }];
}

function leaves(value: Json | undefined, path = "replication_specs"): Map<string, Json> {
  if (Array.isArray(value)) {
    return new Map(value.flatMap((one, index) => [...leaves(one, `${path}[${index}]`)]));
  }
  if (isObject(value)) {
    return new Map(Object.entries(value).flatMap(([key, one]) => [...leaves(one, `${path}.${key}`)]));
  }
  return value === undefined ? new Map() : new Map([[path, value]]);
}

/** Ids and zones are always unknown; only the size itself counts. */
function sizeUnknown(change: Change): boolean {
  const unknown = valueAt(change.json.change.after_unknown, "replication_specs");
  if (unknown === true) return true;
  return [...leaves(unknown)].some(
    ([path, value]) => value === true && (sizes[cluster]?.includes(path.split(".").at(-1) ?? "") ?? false),
  );
}
