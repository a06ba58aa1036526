import type { ObjectVersion } from "../store/bucket-objects";
import { StorageError } from "./answer";
import { integer, type Parameters } from "./preconditions";

export interface Listing {
  items: ObjectVersion[];
  /** "Folders": names cut behind the first delimiter that follows the prefix. */
  prefixes: string[];
  nextPageToken?: string;
}

/** As the API does it, whatever is asked for. */
const LARGEST_PAGE = 1_000;

interface Entry {
  /** What the page is sorted by, and where the next one continues. */
  position: string;
  item?: ObjectVersion;
  prefix?: string;
}

/**
 * One page of the objects of a bucket: prefix, delimiter, includeTrailingDelimiter, startOffset, endOffset, maxResults,
 * pageToken (cloud.google.com/storage/docs/json_api/v1/objects/list).
 *
 * @param versions versions of the bucket whose names start with the prefix, sorted by name and generation
 */
export function listPage(versions: readonly ObjectVersion[], parameters: Parameters): Listing {
  const prefix = parameters.get("prefix") ?? "";
  const delimiter = parameters.get("delimiter") ?? "";
  const [from, until] = [parameters.get("startOffset") ?? "", parameters.get("endOffset") ?? ""];
  const keepFolders = parameters.get("includeTrailingDelimiter") === "true";

  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const version of versions) {
    const { name, generation } = version;
    if (compare(name, from) < 0 || (until !== "" && compare(name, until) >= 0)) continue;
    const cut = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    const folder = cut < 0 ? undefined : name.slice(0, cut + delimiter.length);
    if (folder !== undefined && !seen.has(folder)) {
      seen.add(folder);
      entries.push({ position: folder, prefix: folder });
    }
    if (folder === undefined || (keepFolders && folder === name)) {
      entries.push({ position: `${name}\0${generation.padStart(20, "0")}`, item: version });
    }
  }
  entries.sort((a, b) => compare(a.position, b.position));

  const after = decodeToken(parameters.get("pageToken"));
  const rest = after === undefined ? entries : entries.filter((entry) => compare(entry.position, after) > 0);
  const page = rest.slice(0, pageSize(parameters));
  const last = page.at(-1);
  return {
    items: page.flatMap((entry) => entry.item ?? []),
    prefixes: page.flatMap((entry) => entry.prefix ?? []),
    ...(last !== undefined && page.length < rest.length && { nextPageToken: encodeToken(last.position) }),
  };
}

function pageSize(parameters: Parameters): number {
  const asked = integer(parameters, "maxResults");
  if (asked === 0n) throw new StorageError(400, "Invalid value for maxResults: '0'");
  return asked === undefined || asked > LARGEST_PAGE ? LARGEST_PAGE : Number(asked);
}

const encodeToken = (position: string): string => Buffer.from(position).toString("base64url");

function decodeToken(token: string | null): string | undefined {
  return token === null || token === "" ? undefined : Buffer.from(token, "base64url").toString();
}

/** By the bytes of UTF-8, as the cloud sorts; JavaScript would compare UTF-16 units. */
function compare(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
