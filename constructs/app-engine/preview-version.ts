import type { AppEngineStandardAppVersionConfig } from "@cdktf/provider-google/lib/app-engine-standard-app-version";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { refuse } from "../problems";
import { cloudOf } from "../provider/providers";
import type { Transformable } from "../transform";
import { type PreviewedVersion, previewProblems, previewVersionId } from "./preview";
import type { ServiceLike } from "./service";
import { type ConnectorLike, StandardVersion } from "./standard-version";
import { hostLabel } from "./version-identity";

/** Props of `PreviewVersion`. */
export interface PreviewVersionProps
  extends PreviewedVersion,
    Transformable<{ version: AppEngineStandardAppVersionConfig }> {
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** The shared service that it becomes a version of; it must have a version already, or this one would get its traffic. */
  readonly service: ServiceLike;
  readonly account: AccountLike;
  /** @default - no connector; then `settings.egress` must be `none` */
  readonly connector?: ConnectorLike;
}

/**
 * A pull request's version of a shared service: it gets no traffic, is reached by its own host name, runs only while
 * somebody looks, and goes alone.
 *
 * @throws UserError when it is larger than a preview may be, or what a version is refused for
 */
export class PreviewVersion extends Construct {
  readonly versionId: string;
  /** First part of the host name that it is reached by. */
  readonly hostLabel: string;

  constructor(scope: Construct, id: string, props: PreviewVersionProps) {
    super(scope, id);
    const { pullRequest, service, hash } = props;
    this.versionId = previewVersionId(pullRequest, hash);
    this.hostLabel = hostLabel(this.versionId, service.serviceName, cloudOf(this).project);
    refuse(this, `the preview of ${service.serviceName}`, previewProblems(pullRequest, props));
    this.createVersion(props);
  }

  private createVersion(props: PreviewVersionProps): void {
    const { service, artifact, filesCount, settings, account, connector, transform } = props;
    new StandardVersion(this, "version", {
      service: service.serviceName,
      versionId: this.versionId,
      idOf: "preview",
      artifact,
      ...(filesCount === undefined ? {} : { filesCount }),
      settings,
      account,
      ...(connector ? { connector } : {}),
      ...(service.ready.length > 0 ? { dependsOn: service.ready } : {}),
      ...(transform ? { transform } : {}),
    });
  }
}
