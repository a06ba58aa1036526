import type { CloudTransaction, StoredObject } from "../../store/contract";
import type { Diagnostic } from "../../values/diagnostic";
import { isUnknown, type ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Change, Operation, ResourceBehaviour } from "../behaviour";
import type { ApplyOutcome, ApplyRequest } from "../contract";
import { believableValue } from "../generic/computed-values";
import { requireApi } from "../google/enabled-apis";
import { storedId } from "../identity/stored-id";
import { conform, type Guess } from "../shape/conform";
import { nameItself } from "./naming";
import { idOfState, setScene } from "./scene";

/** Creates, updates or deletes one object inside a transaction. Throws where the API refuses. */
export function applyChange(
  request: ApplyRequest,
  behaviour: ResourceBehaviour,
  cloud: CloudTransaction,
): ApplyOutcome {
  if (request.planned === null) return remove(request, behaviour, cloud);
  return request.prior === null ? create(request, behaviour, cloud) : update(request, behaviour, cloud);
}

function create(request: ApplyRequest, behaviour: ResourceBehaviour, cloud: CloudTransaction): ApplyOutcome {
  const { change, object, diagnostics } = setChange("create", request, behaviour, cloud, undefined);
  const { type } = request;
  placeByProvider(request, object);
  checkApi(behaviour, change);
  behaviour.beforeCreate?.(change);
  chooseComputed(behaviour, change, object);
  nameItself(behaviour, change, object);
  const id = change.id;
  if ("id" in type.block.attributes) object.id = id;
  const existing = cloud.get(type.name, storedId(type.name, id, object));
  if (existing !== undefined && !adopts(behaviour, change)) {
    throw (
      behaviour.conflict?.(change) ?? new ApiError(409, `Resource '${id}' already exists`, "alreadyExists")
    );
  }
  const state = settled(behaviour, conform(type.block, object, guessFor(behaviour, change, id)));
  const stored = store(change, behaviour, id, { ...existing?.attributes, ...state });
  behaviour.created?.(withParts(change, { object: stored.attributes, id, stored }));
  return { state, diagnostics };
}

function settled(behaviour: ResourceBehaviour, state: ObjectValue): ObjectValue {
  return behaviour.settle?.(state) ?? state;
}

/** Project and place come from the provider's block where the plan left them open. */
function placeByProvider({ type, provider }: ApplyRequest, object: ObjectValue): void {
  for (const name of ["project", "region", "zone"]) {
    const configured = provider.config[name];
    if (!isUnknown(object[name]) || typeof configured !== "string" || configured === "") continue;
    if (type.block.attributes[name] !== undefined) object[name] = configured;
  }
}

function adopts(behaviour: ResourceBehaviour, change: Change): boolean {
  const { existing } = behaviour;
  return (typeof existing === "function" ? existing(change) : existing) === "adopt";
}

function update(request: ApplyRequest, behaviour: ResourceBehaviour, cloud: CloudTransaction): ApplyOutcome {
  const { type, provider } = request;
  const prior = request.prior ?? {};
  const id = idOfState(behaviour, prior, provider);
  const stored = cloud.get(type.name, storedId(type.name, id, prior));
  const { change, object, diagnostics } = setChange("update", request, behaviour, cloud, stored);
  checkApi(behaviour, change);
  if (stored === undefined) throw new ApiError(404, `Resource '${id}' was not found`, "notFound");
  behaviour.beforeUpdate?.(change);
  chooseComputed(behaviour, change, object);
  touch(behaviour, change, object, id);
  const state = settled(behaviour, conform(type.block, object, guessFor(behaviour, change, id)));
  const now = store(change, behaviour, id, { ...stored.attributes, ...state });
  behaviour.updated?.(withParts(change, { object: now.attributes, id, stored: now }));
  return { state, diagnostics };
}

function remove(request: ApplyRequest, behaviour: ResourceBehaviour, cloud: CloudTransaction): ApplyOutcome {
  const { type, provider } = request;
  const prior = request.prior ?? {};
  const id = idOfState(behaviour, prior, provider);
  const stored = cloud.get(type.name, storedId(type.name, id, prior));
  const { change, diagnostics } = setChange("delete", request, behaviour, cloud, stored);
  if (stored !== undefined) checkApi(behaviour, change);
  behaviour.beforeDelete?.(change);
  const keeps = typeof behaviour.keeps === "function" ? behaviour.keeps(change) : behaviour.keeps === true;
  if (stored !== undefined && !keeps) {
    cloud.delete(type.name, stored.id);
    removeOwned(behaviour, cloud, stored);
    behaviour.deleted?.(change);
  }
  return { state: null, diagnostics };
}

function setChange(
  operation: Operation,
  request: ApplyRequest,
  behaviour: ResourceBehaviour,
  cloud: CloudTransaction,
  stored: StoredObject | undefined,
): { change: Change; object: ObjectValue; diagnostics: Diagnostic[] } {
  const { type, provider, prior } = request;
  const object: ObjectValue = { ...(request.planned ?? prior) };
  const diagnostics: Diagnostic[] = [];
  const scene = setScene({ operation, type, provider, cloud, object, behaviour });
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const change = withParts(scene, { prior, stored, report });
  return { change, object, diagnostics };
}

/** A scene with more in it. Not spread: `id` and `project` are worked out when asked for, as the object fills. */
function withParts<S extends object, P extends object>(scene: S, parts: P): S & P {
  const descriptors = {
    ...Object.getOwnPropertyDescriptors(scene),
    ...Object.getOwnPropertyDescriptors(parts),
  };
  return Object.defineProperties({}, descriptors) as S & P;
}

function checkApi(behaviour: ResourceBehaviour, change: Change): void {
  if (typeof behaviour.api === "string") requireApi(change.cloud, change.project, behaviour.api);
}

/** Values of the service's own choice for top-level attributes, in the order of its table. */
function chooseComputed(behaviour: ResourceBehaviour, change: Change, object: ObjectValue): void {
  for (const [path, make] of Object.entries(behaviour.computed ?? {})) {
    if (!path.includes(".") && isUnknown(object[path])) object[path] = make(change, object, path);
  }
}

function guessFor(behaviour: ResourceBehaviour, change: Change, id: string): Guess {
  return (path, parent, schema) => {
    const make = behaviour.computed?.[path.filter((step) => !/^\d+$/.test(step)).join(".")];
    return make === undefined
      ? believableValue(change, id, path, parent, schema)
      : make(change, parent, path.join("."));
  };
}

/**
 * The API rewrites etags and update times although the plan keeps them. Only where Terraform tolerates it: the plugin
 * framework must return what it planned.
 */
function touch(behaviour: ResourceBehaviour, change: Change, object: ObjectValue, id: string): void {
  if (change.type.facts.framework === 1) return;
  for (const name of behaviour.touched ?? []) {
    const schema = change.type.block.attributes[name];
    if (schema?.computed !== true || schema.optional === true || typeof object[name] !== "string") continue;
    const value = believableValue(change, `${id}@${change.cloud.now}`, [name], object, schema);
    if (value !== undefined) object[name] = value;
  }
}

/** What the cloud keeps: not what only Terraform knows, and no secret that nobody could read back. */
function store(
  change: Change,
  behaviour: ResourceBehaviour,
  id: string,
  attributes: ObjectValue,
): StoredObject {
  const { type, cloud } = change;
  const { timeouts: _, ...kept } = attributes;
  for (const name of behaviour.unread ?? []) {
    if (type.block.attributes[name]?.sensitive === true) kept[name] = null;
  }
  return cloud.put({ type: type.name, id: storedId(type.name, id, kept), attributes: kept });
}

function removeOwned(behaviour: ResourceBehaviour, cloud: CloudTransaction, owner: StoredObject): void {
  for (const { type, prefix, of } of behaviour.owns ?? []) {
    for (const object of cloud.list(type, prefix?.(owner) ?? `${owner.id}/`)) {
      if (of?.(object, owner) ?? true) cloud.delete(type, object.id);
    }
  }
}
