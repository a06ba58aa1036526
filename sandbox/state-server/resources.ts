import type { ObjectVersion } from "../store/bucket-objects";

/** Fields of an object that a client may set (cloud.google.com/storage/docs/json_api/v1/objects#resource). */
const TEXT_FIELDS = [
  "contentType",
  "contentEncoding",
  "contentLanguage",
  "contentDisposition",
  "cacheControl",
  "customTime",
  "storageClass",
] as const;

/** The settable ones among what a client sent; everything else is the server's. */
export function settableFields(sent: { [name: string]: unknown }): ObjectVersion["fields"] {
  const fields: ObjectVersion["fields"] = {};
  for (const name of TEXT_FIELDS) if (typeof sent[name] === "string") fields[name] = sent[name];
  if (isRecord(sent.metadata)) {
    const entries = Object.entries(sent.metadata).filter(([, value]) => typeof value === "string");
    if (entries.length > 0) fields.metadata = Object.fromEntries(entries);
  }
  return fields;
}

/** Fields after a PATCH: null removes, custom metadata is merged key by key. */
export function patchedFields(
  before: ObjectVersion["fields"],
  patch: { [name: string]: unknown },
): ObjectVersion["fields"] {
  const metadata = isRecord(patch.metadata)
    ? { ...(isRecord(before.metadata) ? before.metadata : {}), ...patch.metadata }
    : patch.metadata === undefined
      ? before.metadata
      : patch.metadata;
  return settableFields({ ...before, ...patch, metadata });
}

/** @param origin where this server answers, so that no link leads to the real cloud */
export function objectResource(version: ObjectVersion, origin: string): { [name: string]: unknown } {
  const { bucket, name, generation } = version;
  const path = `storage/v1/b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(name)}`;
  return {
    kind: "storage#object",
    id: `${bucket}/${name}/${generation}`,
    selfLink: `${origin}/${path}`,
    mediaLink: `${origin}/download/${path}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation,
    metageneration: String(version.metageneration),
    storageClass: "STANDARD",
    ...version.fields,
    size: String(version.size),
    md5Hash: version.md5Hash,
    crc32c: version.crc32c,
    etag: entityTag(version),
    timeCreated: version.createdAt,
    updated: version.updatedAt,
    ...(version.replacedAt !== undefined && { timeDeleted: version.replacedAt }),
  };
}

export function entityTag(version: ObjectVersion): string {
  return Buffer.from(`${version.generation}/${version.metageneration}`).toString("base64");
}

/** Any bucket exists: the backend's own bucket is made before there is a Terraform to make it. */
export function bucketResource(bucket: string, origin: string): { [name: string]: unknown } {
  return {
    kind: "storage#bucket",
    id: bucket,
    name: bucket,
    selfLink: `${origin}/storage/v1/b/${encodeURIComponent(bucket)}`,
    location: "US",
    locationType: "multi-region",
    storageClass: "STANDARD",
    metageneration: "1",
    etag: "CAE=",
    versioning: { enabled: true },
  };
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
