import {
  AppEngineStandardAppVersion,
  type AppEngineStandardAppVersionConfig,
} from "@cdktf/provider-google/lib/app-engine-standard-app-version";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { egressSettings, type StandardVersionSettings, settingsProblems } from "./settings";

/** A connector, made in another stack and known by its name. */
export interface ConnectorLike {
  /** `projects/<project>/locations/<region>/connectors/<name>`. */
  readonly connectorPath: string;
}

/** Props of `StandardVersion`. */
export interface StandardVersionProps extends Transformable<{ version: AppEngineStandardAppVersionConfig }> {
  /** Name of the service. */
  readonly service: string;
  /** Follows from the content: `v<yyyymmdd>-<first 7 digits of a hash>`. */
  readonly versionId: string;
  /** The zip: `gs://bucket/name.zip`. */
  readonly artifact: string;
  /** Files in the zip, at most 10000. @default - App Engine is not told */
  readonly filesCount?: number;
  readonly settings: StandardVersionSettings;
  /** What it runs as; never App Engine's default account. */
  readonly account: AccountLike;
  /** Needed unless `settings.egress` is `none`. @default - no connector */
  readonly connector?: ConnectorLike;
}

/**
 * One version of a service, immutable: its id follows from its content, so a change is another version, made before the
 * old one goes.
 *
 * The provider itself would update nearly everything in place, under the same id, with immediate cut-over. That is why
 * an id that is no hash is refused.
 *
 * @throws UserError when the id, the host label, the artifact or a setting is wrong, or a variable looks like a secret
 */
export class StandardVersion extends Construct {
  readonly versionId: string;
  /** For `dependsOn`. */
  readonly resource: AppEngineStandardAppVersion;

  constructor(scope: Construct, id: string, props: StandardVersionProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.versionId = props.versionId;
    this.resource = this.createVersion(props);
  }

  private validate(props: StandardVersionProps): void {
    const { service, versionId, artifact, filesCount = 1, settings, connector } = props;
    const label = hostLabel(versionId, service, cloudOf(this).project);
    refuse(this, `version ${versionId} of ${service}`, [
      checkName(
        versionId,
        /^v\d{8}-[0-9a-f]{7}$/,
        "versionId",
        "v, a date and 7 digits of a hash: v20261121-3f9a1c2",
      ),
      check(
        label.length <= 63,
        "versionId",
        `${label} (${label.length} characters)`,
        "a host label of at most 63 characters",
      ),
      check(
        /^gs:\/\/[^/]+\/.+\.zip$/.test(artifact),
        "artifact",
        artifact,
        "the address of a zip: gs://bucket/name.zip",
      ),
      check(filesCount >= 1 && filesCount <= 10_000, "filesCount", filesCount, "1 to 10000"),
      check(
        settings.egress === "none" || connector !== undefined,
        "connector",
        "none",
        `a connector for egress ${settings.egress}`,
      ),
      ...settingsProblems(settings),
    ]);
  }

  private createVersion(props: StandardVersionProps): AppEngineStandardAppVersion {
    const { service, versionId, artifact, filesCount, settings, account, connector, transform } = props;
    const { scaling, egress } = settings;
    return new AppEngineStandardAppVersion(
      this,
      "version",
      transformed<AppEngineStandardAppVersionConfig>(
        {
          service,
          versionId,
          runtime: settings.runtime,
          entrypoint: { shell: settings.entrypoint },
          deployment: {
            zip: {
              sourceUrl: artifact.replace(/^gs:\/\//, "https://storage.googleapis.com/"),
              ...(filesCount === undefined ? {} : { filesCount }),
            },
          },
          instanceClass: settings.instanceClass,
          automaticScaling: {
            maxConcurrentRequests: scaling.maxConcurrentRequests,
            standardSchedulerSettings: {
              minInstances: scaling.minInstances,
              maxInstances: scaling.maxInstances,
              targetCpuUtilization: scaling.targetCpu,
            },
          },
          ...(Object.keys(settings.env).length > 0 ? { envVariables: { ...settings.env } } : {}),
          inboundServices: ["INBOUND_SERVICE_WARMUP"],
          serviceAccount: account.email,
          ...(egress === "none" || !connector
            ? {}
            : {
                vpcAccessConnector: { name: connector.connectorPath, egressSetting: egressSettings[egress] },
              }),
          deleteServiceOnDestroy: false,
          noopOnDestroy: false,
          lifecycle: { createBeforeDestroy: true },
        },
        transform?.version,
      ),
    );
  }
}

/** First part of a version's own host name. @see https://cloud.google.com/appengine/docs/standard/how-requests-are-routed */
export function hostLabel(version: string, service: string, project: string): string {
  return [version, ...(service === "default" ? [] : [service]), project].join("-dot-");
}
