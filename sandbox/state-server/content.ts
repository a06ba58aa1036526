import type { ObjectVersion } from "../store/bucket-objects";
import { type Answer, StorageError } from "./answer";
import { entityTag } from "./resources";

/** The content of an object, whole or a range of it, with the headers that both APIs send. */
export function contentAnswer(version: ObjectVersion, content: Buffer, range: string | undefined): Answer {
  const { fields } = version;
  const headers: { [name: string]: string } = {
    "content-type": header(fields.contentType) ?? "application/octet-stream",
    "accept-ranges": "bytes",
    "cache-control": header(fields.cacheControl) ?? "no-cache, no-store, max-age=0, must-revalidate",
    etag: `"${entityTag(version)}"`,
    "last-modified": new Date(version.updatedAt).toUTCString(),
    "x-goog-generation": version.generation,
    "x-goog-metageneration": String(version.metageneration),
    "x-goog-hash": `crc32c=${version.crc32c},md5=${version.md5Hash}`,
    "x-goog-storage-class": "STANDARD",
    "x-goog-stored-content-length": String(version.size),
    "x-goog-stored-content-encoding": header(fields.contentEncoding) ?? "identity",
  };
  const encoding = header(fields.contentEncoding);
  if (encoding !== undefined) headers["content-encoding"] = encoding;
  const disposition = header(fields.contentDisposition);
  if (disposition !== undefined) headers["content-disposition"] = disposition;

  const bounds = parseRange(range, content.length);
  if (bounds === undefined) return { status: 200, headers, body: content };
  headers["content-range"] = `bytes ${bounds.start}-${bounds.end}/${content.length}`;
  return { status: 206, headers, body: content.subarray(bounds.start, bounds.end + 1) };
}

/** One range of bytes; anything that isn't exactly that is ignored, as RFC 9110 allows. */
function parseRange(range: string | undefined, length: number): { start: number; end: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= length) throw new StorageError(416, "The requested range cannot be satisfied.");
  return { start, end };
}

/** A field as a header's value; undefined when it has characters that a header can't carry. */
function header(value: unknown): string | undefined {
  return typeof value === "string" && /^[\x20-\x7e]+$/.test(value) ? value : undefined;
}
