import type { Value } from "../../values/value";
import { ApiError } from "../api-error";
import type { Change, CloudView } from "../behaviour";
import { valueAt } from "../shape/paths";

/** Where objects of one type name another object: an attribute's path, whose value is a link, an id, or a list of them. */
export interface Reference {
  type: string;
  path: string;
  /** The attribute inside each block of the list at `path`. @default - the values at `path` are the links */
  within?: string;
}

/** A link or an id as the id that it means: `projects/p/global/urlMaps/shop`. */
export function idOfLink(link: string): string {
  return link.replace(/^(https:)?\/\/[^/]+\/(compute\/[^/]+\/)?/, "");
}

function linksAt(object: { [name: string]: Value }, { path, within }: Reference): string[] {
  const value = valueAt(object, path);
  const items: readonly Value[] = Array.isArray(value) ? value : [value ?? null];
  return items
    .map((item) => (within === undefined ? item : (valueAt({ item }, `item.${within}`) ?? null)))
    .filter((item) => typeof item === "string");
}

/** The id of an object that names this one; undefined when none does. */
export function userOf(cloud: CloudView, id: string, references: readonly Reference[]): string | undefined {
  for (const reference of references) {
    const user = cloud
      .list(reference.type)
      .find(({ attributes }) => linksAt(attributes, reference).some((link) => idOfLink(link) === id));
    if (user !== undefined) return user.id;
  }
  return undefined;
}

/**
 * Refuses to create or change an object that names what is not there. Only links into the object's own project are
 * looked at.
 */
export function requireTargets(
  { cloud, object, project }: Change,
  type: string,
  reference: Omit<Reference, "type">,
): void {
  for (const link of linksAt(object, { type, ...reference })) {
    const id = idOfLink(link);
    if (!id.startsWith(`projects/${project}/`) || cloud.get(type, id) !== undefined) continue;
    throw new ApiError(404, `The resource '${id}' was not found`, "notFound");
  }
}
