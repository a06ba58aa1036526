import {
  CloudProviderAccessAuthorization,
  type CloudProviderAccessAuthorizationConfig,
} from "@cdktf/provider-mongodbatlas/lib/cloud-provider-access-authorization";
import {
  CloudProviderAccessSetup,
  type CloudProviderAccessSetupConfig,
} from "@cdktf/provider-mongodbatlas/lib/cloud-provider-access-setup";
import { Construct } from "constructs";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { AtlasProjectLike } from "./atlas-project";

/** The account that Atlas acts as in Google Cloud, set up here or elsewhere. */
export interface CloudAccessLike {
  /** Atlas's name of the account: 24 hexadecimal digits. */
  readonly roleId: string;
  /** `serviceAccount:…`, as IAM writes it. */
  readonly member: string;
}

/** Props of `CloudAccess`. */
export interface CloudAccessProps
  extends Transformable<{
    setup: CloudProviderAccessSetupConfig;
    authorization: CloudProviderAccessAuthorizationConfig;
  }> {
  readonly project: AtlasProjectLike;
}

/**
 * A Google account that Atlas makes for one of its projects, without a key that anyone could hold: it may do what IAM
 * gives it, such as using a KMS key or writing to a bucket. One for each project is enough.
 *
 * @see https://www.mongodb.com/docs/atlas/security/set-up-gcp-access/
 */
export class CloudAccess extends Construct implements CloudAccessLike {
  readonly roleId: string;
  readonly member: string;

  constructor(scope: Construct, id: string, props: CloudAccessProps) {
    super(scope, id);
    atlas(this);
    const setup = this.createSetup(props);
    this.roleId = this.authorize(props, setup).roleId;
    this.member = `serviceAccount:${setup.gcpConfig.get(0).serviceAccountForAtlas}`;
  }

  private createSetup({ project, transform }: CloudAccessProps): CloudProviderAccessSetup {
    return new CloudProviderAccessSetup(
      this,
      "setup",
      transformed<CloudProviderAccessSetupConfig>(
        { projectId: project.projectId, providerName: "GCP" },
        transform?.setup,
      ),
    );
  }

  private authorize(
    { project, transform }: CloudAccessProps,
    setup: CloudProviderAccessSetup,
  ): CloudProviderAccessAuthorization {
    return new CloudProviderAccessAuthorization(
      this,
      "authorization",
      transformed<CloudProviderAccessAuthorizationConfig>(
        { projectId: project.projectId, roleId: setup.roleId },
        transform?.authorization,
      ),
    );
  }
}
