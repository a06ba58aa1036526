import type { StoredObject } from "../../store/contract";
import { hasUnknown, isUnknown, type ObjectValue } from "../../values/value";
import { ApiError, atlasErrorText, ProviderError } from "../api-error";
import type { CloudView, ResourceBehaviour, Scene } from "../behaviour";
import { objectId } from "../identity/derived";
import { text } from "../shape/paths";

/** How an Atlas type is identified. */
export interface AtlasIdentity {
  /**
   * What the state id is made of: one attribute, or several that the provider packs together
   * (`key` or `key=attribute`).
   */
  id: string | readonly string[];
  /** The attribute that Atlas draws itself: 24 hexadecimal digits. */
  own?: string;
  /** Attributes that name the object among its kind. */
  natural: readonly string[];
  /** Form of the import id. */
  imports: string;
}

/**
 * Ids as Atlas provider 1.41.1 makes them.
 * Source: EncodeStateID in internal/common/conversion/encode_state.go: base64 of key and value of each part, sorted by
 * key, joined by `:` and `-`.
 */
export function encodeStateId(parts: { [key: string]: string }): string {
  const base64 = (part: string): string => Buffer.from(part, "utf8").toString("base64");
  return Object.keys(parts)
    .sort()
    .map((key) => `${base64(key)}:${base64(parts[key] ?? "")}`)
    .join("-");
}

/** Id, import and own id of a type, as a behaviour. */
export function identified(type: string, identity: AtlasIdentity): ResourceBehaviour {
  const own = identity.own;
  return {
    id: ({ object }) => stateId(identity, object),
    api: null,
    ...(own === undefined
      ? {}
      : { computed: { [own]: (scene) => freshId(scene, naturalKey(identity, scene.object)) } }),
    find: (current, cloud) => findNatural(cloud, type, identity.natural, current),
    findData: (config, cloud) => findAsked(cloud, type, config),
    parseImport: (id, scene) => parseAtlasImport(identity, id, scene),
  };
}

/** A new 24-digit id: an object made again after its deletion gets another one, as in Atlas. */
export function freshId(
  scene: Pick<Scene, "type"> & { cloud: { next(counter: string): number } },
  key: string,
): string {
  const count = scene.cloud.next(`${scene.type.name} ${key}`);
  return count === 1 ? objectId(scene.type.name, key) : objectId(scene.type.name, key, String(count));
}

function stateId(identity: AtlasIdentity, object: ObjectValue): string {
  if (typeof identity.id === "string") return known(object, identity.id);
  const parts: { [key: string]: string } = {};
  for (const part of identity.id) {
    const [key = "", attribute = key] = part.split("=");
    parts[key] = known(object, attribute);
  }
  return encodeStateId(parts);
}

function known(object: ObjectValue, attribute: string): string {
  const value = object[attribute];
  if (isUnknown(value) || value === undefined) throw new Error(`${attribute} is not known yet`);
  return value === null ? "" : String(value);
}

function naturalKey(identity: AtlasIdentity, object: ObjectValue): string {
  return identity.natural
    .map((name) => (hasUnknown(object[name]) ? "null" : JSON.stringify(object[name] ?? null)))
    .join(" ");
}

/** The object with the same natural key as `object`; undefined when there is none. */
export function findNatural(
  cloud: CloudView,
  type: string,
  natural: readonly string[],
  object: ObjectValue,
): StoredObject | undefined {
  return cloud
    .list(type)
    .find(({ attributes }) => natural.every((name) => text(attributes, name) === text(object, name)));
}

/** What a data source asks for: the object that agrees with all that its configuration says. */
function findAsked(cloud: CloudView, type: string, config: ObjectValue): StoredObject | undefined {
  const asked = Object.entries(config).filter(([, value]) => typeof value === "string" && value !== "");
  return cloud.list(type).find(({ attributes }) =>
    asked.every(([name, value]) => {
      // A project calls its own id `id`, and what asks for it `project_id`.
      const own = name === "project_id" && !(name in attributes) ? "id" : name;
      return !(own in attributes) || attributes[own] === value;
    }),
  );
}

function parseAtlasImport(
  identity: AtlasIdentity,
  id: string,
  scene: Omit<Scene, "object" | "id">,
): ObjectValue {
  const parts = importExpression(identity.imports).exec(id)?.groups;
  const noun = scene.type.name.replace(/^mongodbatlas_/, "").replaceAll("_", " ");
  if (parts === undefined) {
    throw new ProviderError(`import format error: to import a ${noun}, use the format ${identity.imports}`);
  }
  const told: ObjectValue = { ...parts };
  const names = Object.keys(told);
  const found = findNatural(scene.cloud, scene.type.name, names, told);
  if (found !== undefined) return { ...told, id: found.id };
  if (scene.type.facts.framework === 1) {
    return identity.own === undefined ? { ...told, id: stateId(identity, told) } : told;
  }
  const refusal = new ApiError(404, `No ${noun} matches ${id}.`, "RESOURCE_NOT_FOUND");
  const said = atlasErrorText(refusal, "GET", `/api/atlas/v2/groups/${text(told, "project_id")}`);
  throw new ProviderError(
    `couldn't import ${noun} ${names.map((name) => text(told, name)).join("/")}: ${said}`,
  );
}

/** `{project_id}-{name}`: ids hold no dash, names may. */
function importExpression(format: string): RegExp {
  const groups = format.replace(/\{(\w+)\}/g, (_, name: string) =>
    name.endsWith("_id") ? `(?<${name}>[^-]+)` : `(?<${name}>.+)`,
  );
  return new RegExp(`^${groups}$`, "s");
}
