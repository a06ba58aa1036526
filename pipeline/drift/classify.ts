import { stamps } from "../digest/stamps";
import { type AttributeChange, attributeChanges } from "../plan/attribute-changes";
import { planChanges, type ResourceChange } from "../plan/changes";
import type { PlanJson, ResourceChangeJson } from "../terraform/plan-json";

/** Something that was done to an object behind Terraform's back. */
export interface DriftedResource {
  address: string;
  type: string;
  /** `deleted`: it is no longer there. */
  kind: "changed" | "deleted";
  /** What was changed, from what Terraform knew to what is there now. Empty for what was deleted. */
  attributes: AttributeChange[];
}

/** How far a stack is from its code, and why. */
export interface StackDrift {
  /** Somebody changed what the code says otherwise: the next apply takes it back. */
  drifted: DriftedResource[];
  /**
   * Changed behind Terraform's back too, but the code says nothing about it, or what the code wants as well: counters of
   * the cloud, defaults that moved. The next apply takes note of it.
   */
  noted: DriftedResource[];
  /** The code says something that nobody applied yet. */
  pending: ResourceChange[];
  /** Names of outputs that the code wants otherwise. */
  pendingOutputs: string[];
}

/**
 * Tells drift from what was not applied yet. A plan reads every object first, so it knows both: what differs from the
 * state was changed behind Terraform's back, and where the plan changes the same thing back, the code says otherwise.
 */
export function stackDrift(plan: PlanJson): StackDrift {
  const { resources, outputs } = planChanges(plan);
  const planned = new Map(resources.map((change) => [change.address, change]));
  const found = (plan.resource_drift ?? []).flatMap(driftedResource);
  const split = found.map((drift) => ({ drift, undone: undoneBy(drift, planned.get(drift.address)) }));
  const drifted = split.flatMap(({ undone }) => (undone ? [undone] : []));
  return {
    drifted,
    noted: split.flatMap(({ drift, undone }) => (undone ? [] : [drift])),
    pending: resources.filter((change) => isPending(change, drifted)),
    pendingOutputs: drifted.length > 0 ? [] : [...new Set(outputs.map(({ path }) => path))],
  };
}

function driftedResource({ address, type, mode, change }: ResourceChangeJson): DriftedResource[] {
  if (mode === "data") return [];
  if (change.actions.includes("delete")) return [{ address, type, kind: "deleted", attributes: [] }];
  const attributes = attributeChanges(change).filter(({ path }) => !stamps.has(path));
  return attributes.length === 0 ? [] : [{ address, type, kind: "changed", attributes }];
}

/** The part of a drift that the plan takes back; undefined when it takes back none of it. */
function undoneBy(drift: DriftedResource, planned: ResourceChange | undefined): DriftedResource | undefined {
  if (!planned || planned.kind === "forget" || planned.kind === "delete") return undefined;
  if (drift.kind === "deleted") return planned.kind === "create" ? drift : undefined;
  const attributes = drift.attributes.filter(({ path }) =>
    planned.attributes.some((change) => overlap(change.path, path)),
  );
  return attributes.length === 0 ? undefined : { ...drift, attributes };
}

function isPending(change: ResourceChange, drifted: readonly DriftedResource[]): boolean {
  const drift = drifted.find(({ address }) => address === change.address);
  if (!drift) return true;
  if (drift.kind === "deleted" || change.kind === "replace") return false;
  return change.attributes.some(
    ({ path, after }) =>
      after.is !== "unknown" && !drift.attributes.some((attribute) => overlap(attribute.path, path)),
  );
}

/** One place, or one inside the other. */
function overlap(a: string, b: string): boolean {
  const inside = (outer: string, inner: string) =>
    inner.startsWith(outer) && (inner.length === outer.length || /[.[]/.test(inner[outer.length] ?? ""));
  return inside(a, b) || inside(b, a);
}
