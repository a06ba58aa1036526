import { isObject, type Json, textAt, valueAt } from "./json";
import type { Change, PlannedEnvironment } from "./planned";

/** Shares of one service's traffic by version. */
export type Shares = Readonly<Record<string, number>>;

/** A change of a service's split. */
export interface SplitChange {
  readonly change: Change;
  readonly service: string;
  readonly before: Shares;
  /** Undefined where it is known only after the apply. */
  readonly after: Shares | undefined;
}

/** Splits that change; new ones and removed ones are none. */
export function splitChanges(environment: PlannedEnvironment): SplitChange[] {
  return environment
    .of("google_app_engine_service_split_traffic")
    .filter(({ updates }) => updates)
    .map((change) => ({
      change,
      service: textAt(change.before, "service") ?? textAt(change.after, "service") ?? "",
      before: sharesOf(change.before) ?? {},
      after: change.isUnknown("split") ? undefined : sharesOf(change.after),
    }));
}

/** Whether two splits say the same. */
export function sameShares(one: Shares, other: Shares): boolean {
  const versions = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...versions].every((version) => Math.abs((one[version] ?? 0) - (other[version] ?? 0)) < 1e-9);
}

/** `v1 95 %, v2 5 %`. */
export function sharesText(shares: Shares): string {
  const parts = Object.entries(shares).filter(([, share]) => share > 0);
  return (
    parts.map(([version, share]) => `${version} ${Number((share * 100).toFixed(1))} %`).join(", ") || "nobody"
  );
}

function sharesOf(values: Json): Shares | undefined {
  const allocations = valueAt(values, "split.allocations");
  if (!isObject(allocations)) return undefined;
  return Object.fromEntries(Object.entries(allocations).map(([version, share]) => [version, Number(share)]));
}
