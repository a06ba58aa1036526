import { createHash } from "node:crypto";

/** LMDB takes keys of up to 1,978 bytes; longer texts keep this much and end in a hash of the whole. */
const LONGEST_PLAIN = 1_700;

/**
 * The database key of a text of any length. Keys sort as their texts' bytes do, as far as they are kept; whoever
 * lists by key has to compare the whole text, which is stored in the value.
 */
export function databaseKey(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= LONGEST_PLAIN) return bytes;
  const hash = createHash("sha256").update(bytes).digest("hex");
  return Buffer.concat([bytes.subarray(0, LONGEST_PLAIN), Buffer.from(`\0${hash}`)]);
}

/** Bounds of all keys whose texts start with `prefix` (and, when the prefix is very long, of some others). */
export function prefixRange(prefix: string): { start: Buffer; end: Buffer } {
  const start = Buffer.from(prefix, "utf8").subarray(0, LONGEST_PLAIN);
  // UTF-8 has no byte 0xff, so this is greater than every continuation of the prefix.
  return { start, end: Buffer.concat([start, Buffer.from([0xff])]) };
}
