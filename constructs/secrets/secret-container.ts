import {
  SecretManagerSecret,
  type SecretManagerSecretConfig,
} from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Props of `SecretContainer`. */
export interface SecretContainerProps extends Transformable<{ secret: SecretManagerSecretConfig }> {
  /** 1 to 255 letters, digits, hyphens and underscores. Can't change. */
  readonly secretId: string;
  /** What it is for: an annotation that people read. */
  readonly purpose: string;
  /** Regions that hold the value, at least one. Can't change. */
  readonly locations: readonly string[];
  /** Google refuses to delete the container with its values. Switched off in one apply, deleted in the next. @default true */
  readonly deletionProtection?: boolean;
}

/**
 * A place for a secret, and who may read it. The value is added by its owner and never stands in code, plan or state.
 *
 * @throws UserError when the id is none, or no location is given
 */
export class SecretContainer extends Construct {
  private readonly secret: SecretManagerSecret;

  constructor(scope: Construct, id: string, props: SecretContainerProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.secret = this.createSecret(props);
  }

  /** Lets a principal read the values of this secret, and of no other. */
  grantRead(id: string, principal: Principal): void {
    new SecretManagerSecretIamMember(this, id, {
      secretId: this.secret.secretId,
      role: "roles/secretmanager.secretAccessor",
      member: principal.member,
    });
  }

  private validate({ secretId, locations }: SecretContainerProps): void {
    refuse(this, `secret ${secretId}`, [
      checkName(
        secretId,
        /^[a-zA-Z0-9_-]{1,255}$/,
        "secretId",
        "1 to 255 letters, digits, hyphens and underscores",
      ),
      check(locations.length > 0, "locations", locations, "at least one region"),
    ]);
  }

  private createSecret({
    secretId,
    purpose,
    locations,
    deletionProtection = true,
    transform,
  }: SecretContainerProps): SecretManagerSecret {
    return new SecretManagerSecret(
      this,
      "secret",
      transformed<SecretManagerSecretConfig>(
        {
          secretId,
          annotations: { purpose },
          replication: { userManaged: { replicas: locations.map((location) => ({ location })) } },
          deletionProtection,
        },
        transform?.secret,
      ),
    );
  }
}
