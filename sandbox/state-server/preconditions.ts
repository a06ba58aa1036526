import type { ObjectVersion } from "../store/bucket-objects";
import { StorageError } from "./answer";

/** Parameters of a request: of the URL, or the XML API's headers under the JSON API's names. */
export interface Parameters {
  get(name: string): string | null;
}

const FAILED = "At least one of the pre-conditions you specified did not hold.";

/**
 * Holds a version against ifGenerationMatch, ifGenerationNotMatch and the same two for the metageneration
 * (cloud.google.com/storage/docs/request-preconditions). Generation 0 means "no live version".
 *
 * @param version what the request is about; undefined when there is none
 * @param effect a failed not-match condition of a read answers 304, all others 412
 * @param source looks at `ifSource…` instead, as copying does
 * @throws {StorageError}
 */
export function checkPreconditions(
  parameters: Parameters,
  version: ObjectVersion | undefined,
  effect: "read" | "change",
  source = false,
): void {
  const wanted = (name: string): bigint | undefined =>
    integer(parameters, source ? `ifSource${name}` : `if${name}`);
  const generation = BigInt(version?.generation ?? 0);
  const metageneration = BigInt(version?.metageneration ?? 0);
  for (const [name, actual] of [
    ["GenerationMatch", generation],
    ["MetagenerationMatch", metageneration],
  ] as const) {
    const match = wanted(name);
    if (match !== undefined && match !== actual) throw new StorageError(412, FAILED);
  }
  for (const [name, actual] of [
    ["GenerationNotMatch", generation],
    ["MetagenerationNotMatch", metageneration],
  ] as const) {
    if (wanted(name) === actual) throw new StorageError(effect === "read" ? 304 : 412, FAILED);
  }
}

/** @throws {StorageError} 400 when the parameter is there and no whole number */
export function integer(parameters: Parameters, name: string): bigint | undefined {
  const text = parameters.get(name);
  if (text === null || text === "") return undefined;
  if (!/^\d{1,19}$/.test(text))
    throw new StorageError(400, `Invalid value for ${name}: '${text.slice(0, 100)}'`);
  return BigInt(text);
}

/** The generation that the request names; undefined for the live version. */
export function requestedGeneration(parameters: Parameters, name = "generation"): string | undefined {
  return integer(parameters, name)?.toString();
}
