import type { BlockSchema } from "../../schemas/model";
import type { Diagnostic } from "../../values/diagnostic";
import {
  hasUnknown,
  isObject,
  isUnknown,
  type ObjectValue,
  UNKNOWN,
  type Value,
  type ValuePath,
} from "../../values/value";
import type { PlanOutcome, PlanRequest } from "../contract";
import { applyDifferences } from "./apply-diff";
import { compareFields, type Differences } from "./diff";
import { diffTree } from "./diff-tree";
import { equivalentStates } from "./equivalence";
import { PlanError } from "./hook-types";
import { settleNulls } from "./null-values";
import { ResourceData } from "./resource-data";
import { ResourceDiff } from "./resource-diff";
import { type SdkResource, sdkResource } from "./sdk-schema";
import { legacyState } from "./state-reader";
import { timeoutError } from "./timeouts";
import { withoutWriteOnly } from "./write-only";

/** Plans a resource of a type built on the plugin SDK v2 (`PlanResourceChange` in helper/schema/grpc_provider.go). */
export function planSdkResource(request: PlanRequest): PlanOutcome {
  const resource = sdkResource(request.type);
  const nulls = nullInList(request.proposed, []);
  if (nulls) return refused(request, nulls);
  try {
    return plan(resource, request);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return refused(request, { severity: "error", summary: error.message });
  }
}

function refused({ prior, proposed }: PlanRequest, diagnostic: Diagnostic): PlanOutcome {
  return { planned: prior ?? proposed, requiresReplace: [], diagnostics: [diagnostic] };
}

function plan(resource: SdkResource, request: PlanRequest): PlanOutcome {
  const { type, prior, proposed, config } = request;
  const stateTree = legacyState(resource.fields, prior);
  const id = typeof prior?.id === "string" ? prior.id : "";
  const data = new ResourceData(resource, stateTree, id, proposed, config);
  const differences = compareFields(resource.fields, data);
  if (resource.customizeDiff.length > 0) {
    const diff = new ResourceDiff(data, differences, config, prior, proposed);
    for (const customize of resource.customizeDiff) customize(diff, request.provider);
    diff.settle();
  }
  if (prior && differences.size === 0) return { planned: prior, requiresReplace: [], diagnostics: [] };

  let planned = applyDifferences(resource.fields, stateTree, id, diffTree(differences));
  if (!prior) planned.id = UNKNOWN;
  planned = settleNulls(planned, proposed, type.block, false);
  copyTimeouts(planned, proposed, type.block);
  const unchanged = prior !== null && equivalentStates(resource.fields, prior, planned);
  if (unchanged) planned = prior;
  if (!prior) planned = unknownWhereComputed(planned, type.block);
  planned = withoutWriteOnly(planned, type.block);
  const badTimeout = timeoutError(proposed, type.facts.timeouts ?? []);
  if (badTimeout) return refused(request, badTimeout);
  const requiresReplace = unchanged ? [] : replacePaths(resource, differences);
  if (requiresReplace.length > 0 || planned.id === null || isUnknown(planned.id))
    requiresReplace.push(["id"]);
  return { planned, requiresReplace, diagnostics: [] };
}

function nullInList(value: Value, path: (string | number)[]): Diagnostic | undefined {
  const entries: [string | number, Value][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [step, item] of entries) {
    if (item === null && Array.isArray(value)) {
      const detail = "Null values are not allowed for this attribute value.";
      return { severity: "error", summary: "Null value found in list", detail, path: [...path, step] };
    }
    const found = nullInList(item, [...path, step]);
    if (found) return found;
  }
  return undefined;
}

/** Timeouts are no part of the SDK's differences: they go from the configuration into the plan as they are. */
function copyTimeouts(planned: ObjectValue, proposed: ObjectValue, block: BlockSchema): void {
  if (!block.blocks.timeouts) return;
  const timeouts = proposed.timeouts ?? null;
  planned.timeouts = timeouts === null || hasUnknown(timeouts) ? null : timeouts;
}

/** On creation, what only the provider can tell is unknown. */
function unknownWhereComputed(planned: ObjectValue, block: BlockSchema): ObjectValue {
  const result: ObjectValue = { ...planned };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.computed && (result[name] ?? null) === null) result[name] = UNKNOWN;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = result[name];
    if (Array.isArray(value)) {
      result[name] = value.map((item) => (isObject(item) ? unknownWhereComputed(item, nested.block) : item));
    } else if (isObject(value)) {
      result[name] = unknownWhereComputed(value, nested.block);
    }
  }
  return result;
}

function replacePaths(resource: SdkResource, differences: Differences): ValuePath[] {
  const paths = new Map<string, ValuePath>();
  for (const { address, requiresNew } of differences.values()) {
    if (!requiresNew) continue;
    const path = attributePath(resource, address);
    if (path.length > 0) paths.set(path.join("."), path);
  }
  return [...paths.values()];
}

/** The attribute that a flat path belongs to: it ends at a set, a map or a list of simple values. */
function attributePath(resource: SdkResource, address: readonly string[]): (string | number)[] {
  const path: (string | number)[] = [];
  let attribute = resource.fields.get(address[0] as string);
  if (!attribute) return address[0] === "id" ? ["id"] : [];
  path.push(attribute.name);
  for (let index = 1; index + 1 < address.length; index += 2) {
    if (attribute.kind !== "list" || !attribute.elementFields) break;
    const next = attribute.elementFields.get(address[index + 1] as string);
    if (!next) break;
    path.push(Number(address[index]), next.name);
    attribute = next;
  }
  return path;
}
