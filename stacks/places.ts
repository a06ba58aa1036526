import { type KeyLike, keyNamed, keyRingNamed } from "@groundwork/constructs/encryption/key-name";
import { type BucketLocation, keyLocationFor } from "@groundwork/constructs/storage/location";
import type { LoadedEnvironment } from "../environments/load";
import type { KeyPurpose } from "../environments/names";

/** Where an environment keeps what must outlive the loss of a region. */
export function durableLocation({ environment }: LoadedEnvironment): BucketLocation {
  const { region, secondRegion } = environment;
  return secondRegion === "none" ? region : { regions: [region, secondRegion] };
}

/** Where the key of a purpose is: beside what it encrypts. */
export function keyLocation(loaded: LoadedEnvironment, purpose: KeyPurpose): string {
  const { region } = loaded.environment;
  return purpose === "storage" ? (keyLocationFor(durableLocation(loaded)) ?? region) : region;
}

/**
 * The key of a purpose, by its name: the foundation makes it. Nothing where Google's own keys encrypt.
 *
 * What lies in one region only can't use the key of a pair of regions, and the other way round.
 */
export function keyFor(loaded: LoadedEnvironment, purpose: KeyPurpose): { readonly key?: KeyLike } {
  const { environment, names } = loaded;
  if (environment.encryption === "google") {
    return {};
  }
  const ring = { project: environment.project, location: keyLocation(loaded, purpose), name: names.keyRing };
  return { key: keyNamed(keyRingNamed(ring), names.key(purpose)) };
}
