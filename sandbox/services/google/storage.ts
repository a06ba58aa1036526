import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { ApiError, googleErrorText, ProviderError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { decimalId, projectNumber } from "../identity/derived";
import { blocksAt, text } from "../shape/paths";
import { policyOf } from "./iam-owned";

const BUCKET = "google_storage_bucket";
const OBJECT = "google_storage_bucket_object";

/**
 * Buckets share one namespace, across projects.
 * Source: google/services/storage/resource_storage_{bucket,bucket_object}.go, v6.50.0.
 */
export const storageBehaviours: Behaviours = {
  [BUCKET]: {
    id: "{name}",
    api: "storage.googleapis.com",
    parseImport(id) {
      const [first = "", second] = id.split("/");
      return second === undefined
        ? { id: first, name: first, force_destroy: false }
        : { id: second, project: first, name: second, force_destroy: false };
    },
    unread: ["force_destroy"],
    computed: {
      self_link: ({ object }) => `https://www.googleapis.com/storage/v1/b/${text(object, "name")}`,
      url: ({ object }) => `gs://${text(object, "name")}`,
      project_number: ({ project }) => Number(projectNumber(project)),
      time_created: ({ cloud }) => cloud.now,
      updated: ({ cloud }) => cloud.now,
      storage_class: () => "STANDARD",
      public_access_prevention: () => "inherited",
      uniform_bucket_level_access: () => false,
      rpo: ({ object }) => (isMultiRegion(text(object, "location")) ? "DEFAULT" : null),
      soft_delete_policy: ({ cloud }) => [{ retention_duration_seconds: 604_800, effective_time: cloud.now }],
      "soft_delete_policy.effective_time": ({ cloud }) => cloud.now,
      versioning: () => [],
      website: () => [],
    },
    conflict({ cloud, object, project }) {
      const other = cloud.get(BUCKET, text(object, "name"));
      const own = other !== undefined && text(other.attributes, "project") === project;
      const message = own
        ? "Your previous request to create the named bucket succeeded and you already own it."
        : "The requested bucket name is not available. The bucket namespace is shared by all users of the system. " +
          "Please select a different name and try again.";
      return new ApiError(409, message, "conflict");
    },
    beforeCreate: requireOneProtection,
    beforeUpdate(scene) {
      requireOneProtection(scene);
      requireRetention(scene);
    },
    beforeDelete({ cloud, object }) {
      const name = text(object, "name");
      const holds = cloud
        .list(OBJECT, `${name}-`)
        .some(({ attributes }) => text(attributes, "bucket") === name);
      if (!holds || object.force_destroy === true) return;
      throw new ProviderError(`Error trying to delete bucket ${name} without \`force_destroy\` set to true`);
    },
    owns: [
      {
        type: OBJECT,
        prefix: ({ id }) => `${id}-`,
        of: (object, bucket) => text(object.attributes, "bucket") === bucket.id,
      },
      ...policyOf(BUCKET, (id) => `b/${id}`),
    ],
    wording: (refusal) => ({ summary: googleErrorText(refusal) }),
  },
  [OBJECT]: {
    id: ({ object }) => `${text(object, "bucket")}-${text(object, "name")}`,
    api: "storage.googleapis.com",
    existing: "adopt",
    unread: [
      "content",
      "source",
      "source_md5hash",
      "customer_encryption",
      "deletion_policy",
      "force_empty_content_type",
    ],
    computed: {
      output_name: ({ object }) => text(object, "name"),
      crc32c: ({ object }) => crc32c(contentOf(object)),
      md5hash: ({ object }) => md5(contentOf(object), "base64"),
      md5hexhash: ({ object }) => md5(contentOf(object), "hex"),
      generation: (scene) => Number(decimalId(15, OBJECT, scene.id, scene.cloud.now)),
      self_link: ({ object }) =>
        `https://www.googleapis.com/storage/v1/b/${text(object, "bucket")}/o/${encodeURIComponent(text(object, "name"))}`,
      media_link: ({ object }) =>
        `https://storage.googleapis.com/download/storage/v1/b/${text(object, "bucket")}/o/${encodeURIComponent(text(object, "name"))}?alt=media`,
      storage_class: () => "STANDARD",
      content_type: () => "text/plain; charset=utf-8",
    },
    settle: (state) => ({
      ...state,
      md5hexhash: Buffer.from(text(state, "md5hash"), "base64").toString("hex"),
      detect_md5hash: state.md5hash ?? null,
    }),
    answer: ({ object }) => ({ ...object, detect_md5hash: object.md5hash ?? null }),
    keeps: ({ object }) => text(object, "deletion_policy") === "ABANDON",
    beforeCreate({ cloud, object }) {
      const bucket = text(object, "bucket");
      if (cloud.get(BUCKET, bucket) !== undefined) return;
      throw new ApiError(404, "The specified bucket does not exist.", "notFound");
    },
    wording: (refusal, { object }) => ({
      summary: `Error uploading object ${text(object, "name")}: ${googleErrorText(refusal)}`,
    }),
  },
};

/** What is uploaded: the text of the configuration, or the file it names. */
function contentOf(object: Change["object"]): Buffer {
  const source = text(object, "source");
  return source !== "" && existsSync(source) ? readFileSync(source) : Buffer.from(text(object, "content"));
}

function md5(content: Buffer, form: "base64" | "hex"): string {
  return createHash("md5").update(content).digest(form);
}

/** CRC-32C (Castagnoli) in base64, as Cloud Storage answers it. */
function crc32c(content: Buffer): string {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return bytes.toString("base64");
}

function isMultiRegion(location: string): boolean {
  return ["US", "EU", "ASIA"].includes(location.toUpperCase());
}

/** Source: Cloud Storage documentation, "Bucket Lock": a bucket has a retention policy or keeps versions, not both. */
function requireOneProtection({ object }: Change): void {
  const [versioning] = blocksAt(object, "versioning");
  if (blocksAt(object, "retention_policy").length === 0 || versioning?.enabled !== true) return;
  throw new ApiError(
    400,
    "A bucket cannot have both Object Versioning enabled and a Retention Policy set.",
    "invalid",
  );
}

/** A locked retention policy can only grow. */
function requireRetention({ prior, object }: Change): void {
  const [before] = blocksAt(prior ?? {}, "retention_policy");
  const [after] = blocksAt(object, "retention_policy");
  if (before?.is_locked !== true) return;
  if (after !== undefined && after.is_locked === true && seconds(after) >= seconds(before)) return;
  throw new ApiError(
    403,
    `Cannot reduce retention duration of a locked Retention Policy for bucket '${text(object, "name")}'.`,
    "forbidden",
  );
}

function seconds(policy: Change["object"]): number {
  return Number(policy.retention_period ?? 0);
}
