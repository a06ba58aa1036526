import { StorageError } from "./answer";

/** What a request is about; object and bucket names are decoded and checked. */
export type Route =
  | { kind: "buckets" }
  | { kind: "bucket"; bucket: string }
  | { kind: "objects"; bucket: string }
  | { kind: "object"; bucket: string; name: string }
  | { kind: "copy"; rewrite: boolean; bucket: string; name: string; toBucket: string; toName: string }
  | { kind: "upload"; bucket: string }
  /** The XML API, by which Google's Go client downloads. */
  | { kind: "xml-object"; bucket: string; name: string };

const JSON_API = /^\/(?:download\/)?storage\/v1(\/.*)?$/;
const UPLOAD_API = /^\/(?:resumable\/)?upload\/storage\/v1\/b\/([^/]+)\/o$/;

/**
 * @param path the path of the request's URL, still encoded
 * @throws {StorageError} 404 for a path that is of no API, 400 for an impossible name
 */
export function parseRoute(path: string): Route {
  const upload = UPLOAD_API.exec(path);
  if (upload) return { kind: "upload", bucket: bucketName(upload[1]) };
  const json = JSON_API.exec(path);
  if (json) return parseJsonPath(json[1] ?? "", path);
  const xml = /^\/([^/]+)\/(.+)$/.exec(path);
  if (xml) return { kind: "xml-object", bucket: bucketName(xml[1]), name: objectName(xml[2]) };
  throw new StorageError(404, `Not Found: ${path}`);
}

function parseJsonPath(rest: string, path: string): Route {
  if (rest === "/b") return { kind: "buckets" };
  const [, bucket, below] = /^\/b\/([^/]+)(\/.*)?$/.exec(rest) ?? [];
  if (bucket !== undefined) {
    if (below === undefined) return { kind: "bucket", bucket: bucketName(bucket) };
    if (below === "/o") return { kind: "objects", bucket: bucketName(bucket) };
    const copy = /^\/o\/(.+)\/(copyTo|rewriteTo)\/b\/([^/]+)\/o\/(.+)$/.exec(below);
    if (copy) {
      return {
        kind: "copy",
        rewrite: copy[2] === "rewriteTo",
        bucket: bucketName(bucket),
        name: objectName(copy[1]),
        toBucket: bucketName(copy[3]),
        toName: objectName(copy[4]),
      };
    }
    const object = /^\/o\/(.+)$/.exec(below);
    if (object) return { kind: "object", bucket: bucketName(bucket), name: objectName(object[1]) };
  }
  throw new StorageError(404, `Not Found: ${path}`);
}

/** Any bucket exists as far as states go, so only its spelling is checked (at most 222 characters, with dots). */
function bucketName(encoded: string | undefined): string {
  const name = decode(encoded ?? "");
  if (!/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(name)) {
    throw new StorageError(400, `Invalid bucket name: '${name}'`);
  }
  return name;
}

function objectName(encoded: string | undefined): string {
  return checkObjectName(decode(encoded ?? ""));
}

/** Names are 1 to 1,024 bytes of UTF-8 without carriage return and line feed; NUL is ours to refuse. */
export function checkObjectName(name: unknown): string {
  if (typeof name !== "string" || name === "") throw new StorageError(400, "Required parameter: name");
  if (Buffer.byteLength(name) > 1_024) throw new StorageError(400, "The specified object name is too long.");
  if (/[\r\n\0]/.test(name) || !isWellFormed(name)) {
    throw new StorageError(400, `Invalid object name: ${JSON.stringify(name)}`);
  }
  return name;
}

function isWellFormed(text: string): boolean {
  return Buffer.from(text, "utf8").toString("utf8") === text;
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new StorageError(400, `Malformed URL part: ${encoded}`);
  }
}
