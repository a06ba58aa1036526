import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isUnknown } from "../../../values/value";
import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, type LegacyValue, textOf } from "../../sdk/legacy-values";
import { asItems, asObject, onlyBlock } from "../reading";
import { lastPart } from "./links";
import { isBase64 } from "./values";

/** google/services/storage/resource_storage_bucket.go, resource_storage_bucket_object.go, iam_storage_bucket.go */
export const storage: RuleSet = {
  suppress: {
    "storage.StorageBucketDiffSuppress": (_, before, after) => lastPart(before) === lastPart(after),
    "storage.hierachicalNamespaceDiffSuppress": (key, before, after, data) =>
      key === "hierarchical_namespace.#" &&
      before === "1" &&
      after === "0" &&
      data.getChange("hierarchical_namespace.0.enabled").before === false,
    // A block that switches autoclass off is the same as none.
    "#google_storage_bucket autoclass": (key, before, after, data) => {
      if (!key.endsWith(".#") || before === after) return false;
      return onlyBlock(data.get(key.slice(0, -2)))?.enabled === false;
    },
    "#google_storage_bucket website.main_page_suffix": (_, before, after) => before !== "" && after === "",
    "#google_storage_bucket website.not_found_page": (_, before, after) => before !== "" && after === "",
    "#google_storage_bucket ip_filter": (key, before, after, data) => {
      if (key === "ip_filter.0.mode") return before === "Disabled" && after === "";
      return key === "ip_filter.#" && onlyBlock(data.getChange("ip_filter").before)?.mode === "Disabled";
    },
    "#google_storage_bucket_object detect_md5hash": (_key, before, _after, data) => {
      if (isUnknown(data.rawConfig.source_md5hash) || data.getSet("source_md5hash") !== undefined)
        return true;
      const hash = contentHash((name) => data.existing(name));
      return hash !== "" && before === hash;
    },
  },
  codes: {
    "storage.resourceGCSBucketLifecycleRuleActionHash": (element) => {
      const { type, storage_class } = asObject(element);
      return codeOfText(`${textOf(type)}-${textOf(storage_class)}-`);
    },
    "storage.resourceGCSBucketLifecycleRuleConditionHash": (element) => codeOfText(conditionText(element)),
  },
  validate: {
    "storage.labelKeyValidator": (value) => {
      const wrong = Object.keys(asObject(value)).find((key) => !/^[a-z0-9_-]{1,63}$/.test(key));
      return wrong === undefined
        ? undefined
        : `"${wrong}" is an invalid label key. See https://cloud.google.com/storage/docs/tags-and-labels#bucket-labels`;
    },
    "#google_storage_bucket_object customer_encryption.encryption_key": (value) =>
      isBase64(textOf(value))
        ? undefined
        : "Failed to decode (base64) customer_encryption, expecting valid base64 encoded key",
  },
  plan: {
    // Another content has other checksums.
    "storage.resourceStorageBucketObjectCustomizeDiff": (diff) => {
      if (!isUnknown(diff.rawConfig.source_md5hash) && !diff.hasChange("source_md5hash")) {
        const hash = contentHash((name) => diff.getExisting(name));
        if (hash === "" || diff.getExisting("md5hash") === hash) return;
      }
      for (const name of ["md5hash", "crc32c", "generation"]) diff.setUnknown(name);
    },
  },
  changes: {
    "storage.isPolicyLocked": (before, after) => before === true && after === false,
  },
};

/** Base64 MD5 of what is to be uploaded; `""` when it can't be told. */
function contentHash(existing: (name: string) => LegacyValue | undefined): string {
  const content = existing("content");
  if (content !== undefined) return md5(textOf(content));
  const source = existing("source");
  if (source === undefined) return "";
  try {
    return md5(readFileSync(textOf(source)));
  } catch {
    return "";
  }
}

function md5(content: string | Buffer): string {
  return createHash("md5").update(content).digest("base64");
}

const FIRST = [
  "age",
  "days_since_custom_time",
  "days_since_noncurrent_time",
  "created_before",
  "custom_time_before",
  "noncurrent_time_before",
];
const LAST = [
  "num_newer_versions",
  "send_age_if_zero",
  "send_days_since_noncurrent_time_if_zero",
  "send_days_since_custom_time_if_zero",
  "send_num_newer_versions_if_zero",
];

function conditionText(element: LegacyValue | undefined): string {
  const condition = asObject(element);
  const texts = (names: string[]) =>
    names.filter((name) => name in condition).map((name) => textOf(condition[name]));
  const state =
    condition.with_state === "LIVE" ? ["true"] : condition.with_state === "ARCHIVED" ? ["false"] : [];
  const items = (name: string) => asItems(condition[name]).map(textOf);
  const parts = [
    ...texts(FIRST),
    ...state,
    ...items("matches_storage_class"),
    ...texts(LAST),
    ...items("matches_prefix"),
    ...items("matches_suffix"),
  ];
  return parts.map((part) => `${part}-`).join("");
}
