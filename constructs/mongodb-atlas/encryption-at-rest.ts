import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import {
  type EncryptionAtRestConfig,
  EncryptionAtRest as EncryptionAtRestResource,
} from "@cdktf/provider-mongodbatlas/lib/encryption-at-rest";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { KeyLike } from "../encryption/key-name";
import { check, refuse } from "../problems";
import { atlas, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";
import type { CloudAccessLike } from "./cloud-access";
import type { EncryptionLike } from "./dedicated-cluster";

/** What Atlas does with the key. @see https://www.mongodb.com/docs/atlas/security-gcp-kms/ */
const roles = { use: "roles/cloudkms.cryptoKeyEncrypterDecrypter", look: "roles/cloudkms.viewer" } as const;

/** Props of `EncryptionAtRest`. */
export interface EncryptionAtRestProps extends Transformable<{ encryption: EncryptionAtRestConfig }> {
  readonly project: AtlasProjectLike;
  /** The account that Atlas uses the key as. */
  readonly access: CloudAccessLike;
  /** The key; it must outlive every snapshot. */
  readonly key: KeyLike;
  /**
   * Version of the key. Atlas doesn't follow Google's rotation by itself: after a rotation, the number goes up here.
   *
   * @default 1
   */
  readonly keyVersion?: number;
  /**
   * Disks of dedicated search nodes too.
   *
   * @default false
   */
  readonly searchNodes?: boolean;
}

/**
 * The project's own key in Google's KMS for disks and snapshots of its clusters. Atlas uses it as an account of its own;
 * a service account's key, which the provider would take too, would stand in the state and is refused.
 *
 * @throws UserError when the key's version is none, or a transform puts a service account's key in
 * @see https://www.mongodb.com/docs/atlas/security-kms-encryption/
 */
export class EncryptionAtRest extends Construct implements EncryptionLike {
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: EncryptionAtRestProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    google(this);
    this.resource = this.createEncryption(props, this.grantAccess(props));
  }

  private validate({ keyVersion = 1 }: EncryptionAtRestProps): void {
    refuse(this, "encryption at rest", [
      check(
        Number.isInteger(keyVersion) && keyVersion >= 1,
        "keyVersion",
        keyVersion,
        "a whole number, 1 and up",
      ),
    ]);
  }

  private grantAccess({ key, access }: EncryptionAtRestProps): KmsCryptoKeyIamMember[] {
    return Object.entries(roles).map(
      ([purpose, role]) =>
        new KmsCryptoKeyIamMember(this, purpose, { cryptoKeyId: key.keyId, role, member: access.member }),
    );
  }

  private createEncryption(
    { project, access, key, keyVersion = 1, searchNodes = false, transform }: EncryptionAtRestProps,
    grants: KmsCryptoKeyIamMember[],
  ): EncryptionAtRestResource {
    const config = transformed<EncryptionAtRestConfig>(
      {
        projectId: project.projectId,
        googleCloudKmsConfig: [
          {
            enabled: true,
            roleId: access.roleId,
            keyVersionResourceId: `${key.keyId}/cryptoKeyVersions/${keyVersion}`,
          },
        ],
        enabledForSearchNodes: searchNodes,
        // Atlas tries the key when it is told of it.
        dependsOn: [...grants, ...(key.grants ?? [])],
      },
      transform?.encryption,
    );
    const kms = Array.isArray(config.googleCloudKmsConfig) ? config.googleCloudKmsConfig : [];
    refuse(this, "encryption at rest", [
      check(
        kms.every(({ serviceAccountKey }) => serviceAccountKey === undefined),
        "transform.encryption",
        "serviceAccountKey",
        "no service account's key: it would stand in the state; Atlas uses the account of CloudAccess",
      ),
    ]);
    return new EncryptionAtRestResource(this, "encryption", config);
  }
}
