import type { ObjectValue } from "../../values/value";
import { apiFacts } from "../api-facts/api-facts";

/**
 * What an object is stored under: its id, and where that is not unique in the cloud, its project too. Terraform's id of
 * a log metric is its bare name; two projects may have one of that name.
 *
 * @param attributes of the object; its `project` counts
 */
export function storedId(type: string, id: string, attributes: ObjectValue): string {
  const { project } = attributes;
  return typeof project === "string" && isBare(type) ? `${project} ${id}` : id;
}

/** The API tells objects apart by project, the id doesn't. */
function isBare(type: string): boolean {
  const { id = "", url = "" } = apiFacts(type) ?? {};
  return id !== "" && !id.includes("{project") && url.includes("/projects/{project}/");
}
