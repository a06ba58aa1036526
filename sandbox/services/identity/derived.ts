import { createHash } from "node:crypto";

/**
 * Values that a cloud would pick at random, derived from what they belong to: the same object has the same ones in
 * every run, two objects practically never share one.
 */

function digest(seed: readonly string[]): string {
  return createHash("sha256").update(seed.join("\u0000")).digest("hex");
}

/** Lower-case hexadecimal digits. At most 64. */
export function hexId(length: number, ...seed: string[]): string {
  return digest(seed).slice(0, length);
}

/** An Atlas (MongoDB ObjectId) identifier: 24 hexadecimal digits, of a recent decade. */
export function objectId(...seed: string[]): string {
  return `6${hexId(23, ...seed)}`;
}

/** Decimal digits without a leading zero. At most 30. */
export function decimalId(digits: number, ...seed: string[]): string {
  const number = BigInt(`0x${digest(seed)}`) % (9n * 10n ** BigInt(digits - 1));
  return (number + 10n ** BigInt(digits - 1)).toString();
}

/** A UUID of version 4's form. */
export function uuid(...seed: string[]): string {
  const hex = digest(seed);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Letters and digits of base 36. At most 40. */
export function base36Id(length: number, ...seed: string[]): string {
  return BigInt(`0x${digest(seed)}`)
    .toString(36)
    .padStart(50, "0")
    .slice(-length);
}

/** Base64 of a few bytes, as Google writes fingerprints (`8`) and IAM etags (`6`). */
export function base64Id(bytes: number, ...seed: string[]): string {
  return Buffer.from(digest(seed), "hex").subarray(0, bytes).toString("base64");
}

/** The number that Google gives a project: 12 digits. */
export function projectNumber(project: string): string {
  return decimalId(12, "google_project", project);
}
