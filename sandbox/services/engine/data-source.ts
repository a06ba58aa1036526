import type { ConfiguredProvider } from "../../providers/contract";
import type { DataSourceType, ResourceType } from "../../schemas/model";
import { isObject, type ObjectValue, UNKNOWN } from "../../values/value";
import { ProviderError } from "../api-error";
import type { CloudView, ResourceBehaviour } from "../behaviour";
import { believableValue } from "../generic/computed-values";
import { answers } from "../google/data-sources";
import { hexId } from "../identity/derived";
import { storedId } from "../identity/stored-id";
import { conform } from "../shape/conform";
import { idOf, projectOf, setScene } from "./scene";

/**
 * What a data source answers: the object of the resource type of the same name, or else believable values that depend
 * on nothing but the configuration. Throws a 404 where the type's ids are known and there is no such object.
 */
export function readDataSource(
  type: DataSourceType,
  provider: ConfiguredProvider,
  config: ObjectValue,
  behaviour: ResourceBehaviour,
  cloud: CloudView,
): ObjectValue {
  const asResource: ResourceType = { ...type, schemaVersion: 0, facts: { attrs: {} } };
  const question = { config, provider, cloud, project: projectOf(config, provider) };
  const special = answers[type.name]?.(question);
  if (special === null) throw notFound(type, describe(config));
  if (special !== undefined)
    return conform(type.block, { ...special, ...given(config), id: special.id ?? null });
  const id = knownId(behaviour, config, provider);
  if (id !== undefined || behaviour.findData !== undefined) {
    const scope = { project: projectOf(config, provider) };
    const stored =
      id === undefined
        ? behaviour.findData?.(config, cloud)
        : cloud.get(type.name, storedId(type.name, id, scope));
    if (stored === undefined) throw notFound(type, id ?? describe(config));
    const object = stored.attributes;
    const scene = setScene({ operation: "read", type: asResource, provider, cloud, object, behaviour });
    const answer = behaviour.answer === undefined ? object : behaviour.answer(scene);
    if (answer === null) throw notFound(type, id ?? describe(config));
    return conform(type.block, { ...answer, ...allLabels(answer), ...given(config), id: id ?? stored.id });
  }
  const object = { ...config };
  const scene = setScene({ operation: "read", type: asResource, provider, cloud, object, behaviour });
  const madeUp = hexId(16, type.name, JSON.stringify(config));
  for (const [name, schema] of Object.entries(type.block.attributes)) {
    if (schema.computed === true && (object[name] ?? null) === null) object[name] = UNKNOWN;
  }
  return conform(type.block, object, (path, parent, schema) =>
    believableValue(scene, madeUp, path, parent, schema),
  );
}

/** The id of the object, where its type is known by facts and the configuration says enough. */
function knownId(
  behaviour: ResourceBehaviour,
  config: ObjectValue,
  provider: ConfiguredProvider,
): string | undefined {
  if (behaviour.idIsGuessed === true) return undefined;
  try {
    return idOf(behaviour, config, provider);
  } catch {
    return undefined;
  }
}

/** What the configuration asks for, in a message. */
function describe(config: ObjectValue): string {
  return Object.values(config)
    .filter((value) => typeof value === "string")
    .join("/");
}

function given(config: ObjectValue): ObjectValue {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
}

/** Data sources show every label. Source: SetDataSourceLabels in google/tpgresource/labels.go. */
function allLabels(attributes: ObjectValue): ObjectValue {
  const labels = attributes.effective_labels;
  return isObject(labels) ? { labels, terraform_labels: labels } : {};
}

/** Source: the data sources of the Google providers, `<id> not found`. */
function notFound(type: DataSourceType, id: string): ProviderError {
  if (type.provider === "mongodbatlas") {
    const noun = type.name.replace(/^mongodbatlas_/, "").replaceAll("_", " ");
    return new ProviderError(
      `error getting ${noun} (${id}): HTTP 404 Not Found (Error code: "RESOURCE_NOT_FOUND")`,
    );
  }
  return new ProviderError(`${id} not found`);
}
