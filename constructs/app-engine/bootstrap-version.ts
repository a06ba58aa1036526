import {
  AppEngineStandardAppVersion,
  type AppEngineStandardAppVersionConfig,
} from "@cdktf/provider-google/lib/app-engine-standard-app-version";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { google } from "../provider/providers";
import type { BucketLike } from "../storage/bucket";
import { type Transformable, transformed } from "../transform";
import { bootstrapFiles } from "./bootstrap-files";
import { handlerBlocks } from "./handlers";

/** Props of `BootstrapVersion`. */
export interface BootstrapVersionProps extends Transformable<{ version: AppEngineStandardAppVersionConfig }> {
  /** Where its two files go; artifacts' bucket. */
  readonly bucket: BucketLike;
  /** What it runs as; it needs no access to anything. */
  readonly account: AccountLike;
  /** The application, which must be there first. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * The first version of `default`. App Engine takes no other service before `default` has a version, and can't delete
 * `default` afterwards: so this one answers 404 until a release takes over, and stays when it is destroyed.
 */
export class BootstrapVersion extends Construct {
  /** For `dependsOn`: no other service comes before it. */
  readonly resource: AppEngineStandardAppVersion;

  constructor(scope: Construct, id: string, props: BootstrapVersionProps) {
    super(scope, id);
    google(this);
    const files = this.uploadFiles(props);
    this.resource = this.createVersion(props, files);
  }

  private uploadFiles({ bucket }: BootstrapVersionProps): StorageBucketObject[] {
    return bootstrapFiles.map(
      ({ name, content, type }) =>
        new StorageBucketObject(this, name, {
          bucket: bucket.bucketName,
          name: `bootstrap/${name}`,
          content,
          contentType: type,
        }),
    );
  }

  private createVersion(
    props: BootstrapVersionProps,
    files: readonly StorageBucketObject[],
  ): AppEngineStandardAppVersion {
    return new AppEngineStandardAppVersion(
      this,
      "version",
      transformed<AppEngineStandardAppVersionConfig>(
        {
          service: "default",
          versionId: "bootstrap",
          runtime: "nodejs24",
          entrypoint: { shell: "node server.js" },
          deployment: {
            files: bootstrapFiles.map(({ name }) => ({
              name,
              sourceUrl: `https://storage.googleapis.com/${props.bucket.bucketName}/bootstrap/${name}`,
            })),
          },
          instanceClass: "F1",
          automaticScaling: { standardSchedulerSettings: { minInstances: 0, maxInstances: 1 } },
          handlers: handlerBlocks([]),
          serviceAccount: props.account.email,
          noopOnDestroy: true,
          deleteServiceOnDestroy: false,
          lifecycle: { createBeforeDestroy: true, ignoreChanges: ["handlers"] },
          dependsOn: [...props.dependsOn, ...files],
        },
        props.transform?.version,
      ),
    );
  }
}
