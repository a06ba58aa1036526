import { KmsKeyRing, type KmsKeyRingConfig } from "@cdktf/provider-google/lib/kms-key-ring";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { KeyRingLike } from "./key-name";

/** Props of `KeyRing`. */
export interface KeyRingProps extends Transformable<{ ring: KmsKeyRingConfig }> {
  /** 1 to 63 letters, digits, hyphens and underscores. Can't change, and is never free again. */
  readonly name: string;
  /** Location of its keys, and so of everything they encrypt: `europe-west1`, `europe`, `global`. Can't change. */
  readonly location: string;
  /** Terraform refuses to forget it: Google never deletes a key ring, so it could not be made again. @default true */
  readonly protected?: boolean;
}

/**
 * Where keys are kept. Google never deletes one: destroyed, it is only forgotten, and its name stays taken.
 *
 * @throws UserError when the name or the location is none
 * @see https://cloud.google.com/kms/docs/locations
 */
export class KeyRing extends Construct implements KeyRingLike {
  readonly ringId: string;
  readonly location: string;

  constructor(scope: Construct, id: string, props: KeyRingProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.location = props.location;
    this.ringId = this.createRing(props).id;
  }

  private validate({ name, location }: KeyRingProps): void {
    refuse(this, `key ring ${name}`, [
      checkName(name, /^[a-zA-Z0-9_-]{1,63}$/, "name", "1 to 63 letters, digits, hyphens and underscores"),
      checkName(
        location,
        /^[a-z]+[a-z0-9-]*$/,
        "location",
        "a location of Cloud KMS in lower case: europe-west1",
      ),
    ]);
  }

  private createRing(props: KeyRingProps): KmsKeyRing {
    const { name, location, transform } = props;
    return new KmsKeyRing(
      this,
      "ring",
      transformed<KmsKeyRingConfig>(
        { name, location, lifecycle: { preventDestroy: props.protected ?? true } },
        transform?.ring,
      ),
    );
  }
}
