import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { google } from "../provider/providers";

/** Props of `SecretReader`. */
export interface SecretReaderProps {
  /** Id of a secret in this project that another stack makes. */
  readonly secretId: string;
  readonly principal: Principal;
}

/** Lets a principal read the values of a secret that another stack makes. Of one made here, `container.grantRead` does. */
export class SecretReader extends Construct {
  constructor(scope: Construct, id: string, { secretId, principal }: SecretReaderProps) {
    super(scope, id);
    google(this);
    new SecretManagerSecretIamMember(this, "read", {
      secretId,
      role: "roles/secretmanager.secretAccessor",
      member: principal.member,
    });
  }
}
