/**
 * Memory of one App Engine standard instance in MiB, by instance class.
 *
 * @see https://cloud.google.com/appengine/docs/standard#instance_classes
 */
export const instanceMemoryMib = {
  F1: 384,
  F2: 768,
  F4: 1536,
  F4_1G: 3072,
  B1: 384,
  B2: 768,
  B4: 1536,
  B4_1G: 3072,
  B8: 3072,
} as const;

/** An App Engine standard instance class. */
export type InstanceClass = keyof typeof instanceMemoryMib;
