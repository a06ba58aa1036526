import type { Configuration } from "../synthesis/configuration";

/** An object that exists already, and the resource that it becomes. */
export interface Adoption {
  /** `google_storage_bucket.states_bucket_A3E9FD14`. */
  to: string;
  /** As the provider imports it. */
  id: string;
}

/**
 * A stack's configuration with its state in a file instead of the bucket, which is not there yet.
 *
 * @param configuration text of `cdk.tf.json`
 * @param stateFile absolute path
 */
export function localConfiguration(configuration: string, stateFile: string): string {
  const read = JSON.parse(configuration) as Configuration;
  return JSON.stringify({
    ...read,
    terraform: { ...read.terraform, backend: { local: { path: stateFile } } },
  });
}

/** What takes the objects over with the next apply. Those that the state knows by then are left alone. */
export function adoptionConfiguration(adoptions: readonly Adoption[]): string {
  return JSON.stringify({ import: adoptions });
}
