import type { ITerraformDependable } from "cdktf";

/** A key ring, made here or in another stack. */
export interface KeyRingLike {
  /** `projects/<project>/locations/<location>/keyRings/<name>`. */
  readonly ringId: string;
  /** `europe-west1`, `europe`, `global`. */
  readonly location: string;
}

/** A key, made here or in another stack. */
export interface KeyLike {
  /** `projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<name>`. */
  readonly keyId: string;
  /** Where the key is; what it encrypts must be there too. */
  readonly location: string;
  /** What has to be there before the key can be used. @default - nothing in this stack */
  readonly grants?: readonly ITerraformDependable[];
}

/** A key ring that another stack makes, known by its name. */
export function keyRingNamed(ring: {
  readonly project: string;
  readonly location: string;
  readonly name: string;
}): KeyRingLike {
  const { project, location, name } = ring;
  return { location, ringId: `projects/${project}/locations/${location}/keyRings/${name}` };
}

/** A key that another stack makes, known by its name. */
export function keyNamed(ring: KeyRingLike, name: string): KeyLike {
  return { location: ring.location, keyId: `${ring.ringId}/cryptoKeys/${name}` };
}
