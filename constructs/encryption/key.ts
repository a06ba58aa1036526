import { KmsCryptoKey, type KmsCryptoKeyConfig } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, googleDuration, inDays } from "../units";
import type { KeyLike, KeyRingLike } from "./key-name";

/** Props of `Key`. */
export interface KeyProps extends Transformable<{ key: KmsCryptoKeyConfig }> {
  /** Where the key is kept; data that it encrypts is in the same location. */
  readonly ring: KeyRingLike;
  /** 1 to 63 letters, digits, hyphens and underscores. Can't change, and is never free again. */
  readonly name: string;
  /**
   * How often a new version of the key takes over, 1 to 90 days. What older versions encrypted stays readable.
   *
   * @default "90 days"
   */
  readonly rotation?: Duration;
  /** Where the key's material is: `software`, or `hsm` for certified hardware. Can't change. @default "software" */
  readonly protection?: "software" | "hsm";
  /** How long a destroyed version can still be brought back, 1 to 120 days. Can't change. @default "30 days" */
  readonly destroyDelay?: Duration;
  /** Terraform refuses to destroy it: with the key, everything that it encrypted is lost. @default true */
  readonly protected?: boolean;
}

/**
 * A key that encrypts data at rest, renewed by itself. Who may use it is said with `grantUse`, before the key is handed
 * to what it encrypts: that waits for the grants.
 *
 * @throws UserError when the name is none, or a span of time is out of its limits
 * @see https://cloud.google.com/kms/docs/key-rotation
 */
export class Key extends Construct implements KeyLike {
  readonly keyId: string;
  readonly location: string;
  readonly #grants: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.location = props.ring.location;
    this.keyId = this.createKey(props).id;
  }

  /** What has to be there before the key can be used by those who were granted it. */
  get grants(): readonly ITerraformDependable[] {
    return this.#grants;
  }

  /** Lets a principal encrypt and decrypt with this key. */
  grantUse(id: string, principal: Principal): void {
    this.#grants.push(
      new KmsCryptoKeyIamMember(this, id, {
        cryptoKeyId: this.keyId,
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: principal.member,
      }),
    );
  }

  private validate({ name, rotation = "90 days", destroyDelay = "30 days" }: KeyProps): void {
    const within = (duration: Duration, most: number) => inDays(duration) >= 1 && inDays(duration) <= most;
    refuse(this, `key ${name}`, [
      checkName(name, /^[a-zA-Z0-9_-]{1,63}$/, "name", "1 to 63 letters, digits, hyphens and underscores"),
      check(within(rotation, 90), "rotation", rotation, "1 to 90 days"),
      check(within(destroyDelay, 120), "destroyDelay", destroyDelay, "1 to 120 days"),
    ]);
  }

  private createKey(props: KeyProps): KmsCryptoKey {
    const { ring, name, rotation = "90 days", destroyDelay = "30 days", transform } = props;
    return new KmsCryptoKey(
      this,
      "key",
      transformed<KmsCryptoKeyConfig>(
        {
          keyRing: ring.ringId,
          name,
          purpose: "ENCRYPT_DECRYPT",
          rotationPeriod: googleDuration(rotation),
          destroyScheduledDuration: googleDuration(destroyDelay),
          // Written out from the start: added later, it replaces the key.
          versionTemplate: {
            algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
            protectionLevel: props.protection === "hsm" ? "HSM" : "SOFTWARE",
          },
          lifecycle: { preventDestroy: props.protected ?? true },
        },
        transform?.key,
      ),
    );
  }
}
