import type { ConfiguredProvider } from "../../providers/contract";
import type { ResourceType } from "../../schemas/model";
import type { StoredObject } from "../../store/contract";
import { isObject, type ObjectValue, type Value } from "../../values/value";
import type { CloudView, ResourceBehaviour } from "../behaviour";
import { requireApi } from "../google/enabled-apis";
import { storedId } from "../identity/stored-id";
import { conform } from "../shape/conform";
import { valueAt, withValueAt } from "../shape/paths";
import { idOfState, projectOf, setScene } from "./scene";

/** The state after a refresh; null when the object is gone. Throws where the API refuses. */
export function readObject(
  type: ResourceType,
  provider: ConfiguredProvider,
  current: ObjectValue,
  behaviour: ResourceBehaviour,
  cloud: CloudView,
): ObjectValue | null {
  const stored = findStored(type, provider, current, behaviour, cloud);
  if (stored === undefined) return null;
  const object = { ...stored.attributes };
  const scene = setScene({ operation: "read", type, provider, cloud, object, behaviour });
  if (typeof behaviour.api === "string") requireApi(cloud, scene.project, behaviour.api);
  const answer = behaviour.answer === undefined ? object : behaviour.answer(scene);
  if (answer === null) return null;
  const kept = keepUnread(behaviour, conform(type.block, answer), current);
  return conform(type.block, ownLabels(kept, current, answer));
}

function findStored(
  type: ResourceType,
  provider: ConfiguredProvider,
  current: ObjectValue,
  behaviour: ResourceBehaviour,
  cloud: CloudView,
): StoredObject | undefined {
  const named = typeof current.id === "string" && current.id !== "";
  if (!named && behaviour.find !== undefined) return behaviour.find(current, cloud);
  const id = idOfState(behaviour, current, provider);
  return cloud.get(type.name, storedId(type.name, id, { project: projectOf(current, provider) }));
}

/** What the API never returns stays as the state has it. */
function keepUnread(behaviour: ResourceBehaviour, answer: ObjectValue, current: ObjectValue): ObjectValue {
  let state = answer;
  for (const path of behaviour.unread ?? []) {
    state = withValueAt(state, path, valueAt(current, path) ?? null);
  }
  for (const name of Object.keys(behaviour.virtual ?? {})) {
    state = { ...state, [name]: current[name] ?? null };
  }
  return "timeouts" in state ? { ...state, timeouts: current.timeouts ?? null } : state;
}

/**
 * Google resources show all labels as `effective_labels`, and as `labels` only those that the configuration sets: a
 * label added by somebody else is no drift of `labels`, a changed or removed one is.
 * Source: the flatteners of labels, annotations and terraform_labels in generated resources.
 */
function ownLabels(state: ObjectValue, current: ObjectValue, answer: ObjectValue): ObjectValue {
  const result = { ...state };
  for (const [own, effective] of [
    ["labels", "effective_labels"],
    ["terraform_labels", "effective_labels"],
    ["annotations", "effective_annotations"],
  ] as const) {
    const all = answer[effective];
    if (!(own in state) || !isObject(all)) continue;
    result[own] = restrict(all, current[own]);
  }
  return result;
}

function restrict(all: ObjectValue, wanted: Value | undefined): Value {
  if (!isObject(wanted)) return wanted ?? null;
  return Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(wanted, key)));
}
