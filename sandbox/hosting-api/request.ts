import type { CloudTransaction } from "../store/contract";
import type { SiteFiles } from "../store/site-files";

/** One call of the Hosting API, after it was let in. */
export interface HostingRequest {
  method: string;
  /** Names as they stand in the path; `project` is undefined for `sites/…`. */
  project: string | undefined;
  parameters: URLSearchParams;
  /** The JSON body; an empty object where there is none. */
  body: { [field: string]: unknown };
  /** `http://127.0.0.1:8123`; also the address of uploads. */
  origin: string;
  /** Port under which content is served. */
  port: number;
}

/** What a call may look at and change, all or nothing. */
export interface HostingScene {
  cloud: CloudTransaction;
  files: SiteFiles;
  request: HostingRequest;
}

/** A call that is answered with an error. https://cloud.google.com/apis/design/errors */
export class HostingError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Where a name begins: as it was asked for. */
export function nameBefore({ project }: HostingRequest, name: string): string {
  return project === undefined ? name : `projects/${project}/${name}`;
}

/** A page of a list, as `pageSize` and `pageToken` ask for. */
export function page<Item>(
  items: Item[],
  { parameters }: HostingRequest,
  usual: number,
  largest: number,
): { items: Item[]; nextPageToken?: string } {
  const size = Math.min(Number(parameters.get("pageSize") ?? "") || usual, largest);
  const start = Number(parameters.get("pageToken") ?? "") || 0;
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextPageToken: String(end) } : {}),
  };
}

/** Text of a field; undefined where there is none. */
export function textField(body: { [field: string]: unknown }, field: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string")
    throw new HostingError(400, `Invalid value at '${field}': a string is expected.`);
  return value;
}

/** Texts by name of a field; empty where there is none. */
export function textsField(body: { [field: string]: unknown }, field: string): { [name: string]: string } {
  const value = body[field] ?? {};
  const isTexts =
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string");
  if (!isTexts) throw new HostingError(400, `Invalid value at '${field}': a map of strings is expected.`);
  return value as { [name: string]: string };
}

/** Fields that a PATCH names in `updateMask`; all of the body's when it names none. */
export function maskOf({ parameters, body }: HostingRequest): string[] {
  const mask = parameters.get("updateMask") ?? parameters.get("update_mask");
  return mask ? mask.split(",").map((path) => path.split(".")[0] ?? "") : Object.keys(body);
}
