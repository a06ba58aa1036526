import type { ResourceType } from "../../schemas/model";
import type { ObjectValue } from "../../values/value";
import { apiFacts } from "../api-facts/api-facts";
import type { ResourceBehaviour } from "../behaviour";
import { hexId, objectId } from "../identity/derived";

/** The behaviour of a type of which only facts are known. */
export function behaviourFromFacts(type: ResourceType): ResourceBehaviour {
  const facts = apiFacts(type.name) ?? {};
  return {
    id: facts.id ?? ((scene) => identifyingId(type, scene.object)),
    idIsGuessed: facts.id === undefined,
    ...(facts.imports === undefined ? {} : { imports: facts.imports }),
    unread: facts.unread ?? [],
    virtual: facts.virtual ?? {},
    touched: ["etag", "fingerprint", "update_time", "updated", "last_modified_time"],
    existing: facts.adopts === 1 ? "adopt" : "refuse",
    keeps: facts.keeps === 1,
    api: facts.url === undefined ? null : apiOf(facts.url),
  };
}

/** The API that serves a URL: `https://secretmanager.googleapis.com/v1/…` is `secretmanager.googleapis.com`. */
function apiOf(url: string): string | null {
  return /^https:\/\/(?:\{[a-z]+\}-)?([a-z0-9-]+\.googleapis\.com)\//.exec(url)?.[1] ?? null;
}

/** An id for a type whose id format is not known: its required attributes that force a new resource, in order. */
function identifyingId(type: ResourceType, object: ObjectValue): string {
  const identifying = Object.entries(type.facts.attrs)
    .filter(([, facts]) => facts.required === 1 && (facts.forceNew === 1 || facts.type === "string"))
    .map(([name]) => object[name])
    .filter((value) => typeof value === "string" || typeof value === "number");
  if (type.provider === "mongodbatlas") return objectId(type.name, ...identifying.map(String));
  if (identifying.length > 0) return identifying.join("/");
  return hexId(
    16,
    type.name,
    JSON.stringify(Object.entries(object).filter(([, value]) => typeof value === "string")),
  );
}
