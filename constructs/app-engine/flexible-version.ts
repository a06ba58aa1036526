import {
  AppEngineFlexibleAppVersion,
  type AppEngineFlexibleAppVersionConfig,
} from "@cdktf/provider-google/lib/app-engine-flexible-app-version";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { zipBlock } from "./artifact";
import { flexibleScalingBlock } from "./flexible-scaling";
import {
  type FlexibleVersionSettings,
  flexibleProblems,
  flexibleRuntimes,
  isImage,
} from "./flexible-settings";
import { healthCheckBlocks } from "./health-checks";
import { machineBlock } from "./machine";
import type { VersionLike } from "./service";
import { identityProblems } from "./version-identity";

/** A network that machines stand in, made in another stack and known by its names. */
export interface MachineNetworkLike {
  /** Short name of the VPC. */
  readonly networkName: string;
  /** Short name of the subnet, in App Engine's region; needed unless the VPC makes subnets by itself. */
  readonly subnetworkName?: string;
}

/** Props of `FlexibleVersion`. */
export interface FlexibleVersionProps extends Transformable<{ version: AppEngineFlexibleAppVersionConfig }> {
  /** Name of the service. */
  readonly service: string;
  /** Follows from the content: `v<yyyymmdd>-<first 7 digits of a hash>`. */
  readonly versionId: string;
  /** A zip, `gs://bucket/name.zip`, or an image by its digest, `europe-west1-docker.pkg.dev/p/r/i@sha256:…`. */
  readonly artifact: string;
  /** Files in the zip, at most 10000. @default - App Engine is not told */
  readonly filesCount?: number;
  readonly settings: FlexibleVersionSettings;
  /** What it runs as; never App Engine's default account. */
  readonly account: AccountLike;
  /** Where its machines stand. @default - the project's network named `default` */
  readonly network?: MachineNetworkLike;
  /** `false` takes its machines away, and their bill; no part of the content. @default true */
  readonly serving?: boolean;
  /** What must be there first. @default - nothing in this stack */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * One version of a service in App Engine's flexible environment, immutable like a standard one. Its machines are billed
 * while it serves, with or without traffic: stop the old ones.
 *
 * HTTPS only is the server's own affair here: it sends whoever comes with `X-Forwarded-Proto: http` away.
 *
 * @throws UserError when the id, the host label, the account, the artifact or a setting is wrong, a variable looks like a
 *   secret, or the stack has too many versions
 */
export class FlexibleVersion extends Construct implements VersionLike {
  readonly versionId: string;
  readonly warmsUp = false;
  readonly serving: boolean;
  /** For `dependsOn`. */
  readonly resource: AppEngineFlexibleAppVersion;

  constructor(scope: Construct, id: string, props: FlexibleVersionProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.versionId = props.versionId;
    this.serving = props.serving ?? true;
    this.resource = this.createVersion(props);
  }

  private validate(props: FlexibleVersionProps): void {
    const { service, versionId, artifact, filesCount, settings, network } = props;
    const { sessionAffinity, forwardedPorts } = settings;
    refuse(this, `version ${versionId} of ${service}`, [
      ...identityProblems(this, props, "released"),
      ...flexibleProblems(settings, artifact, filesCount),
      check(
        network !== undefined || (!sessionAffinity && !forwardedPorts?.length),
        "network",
        "none",
        "the network, for sessionAffinity and forwardedPorts",
      ),
    ]);
  }

  private createVersion(props: FlexibleVersionProps): AppEngineFlexibleAppVersion {
    const { service, versionId, artifact, filesCount, settings, account, dependsOn, transform } = props;
    const { runtime, ...runtimeSettings } = flexibleRuntimes[settings.runtime];
    return new AppEngineFlexibleAppVersion(
      this,
      "version",
      transformed<AppEngineFlexibleAppVersionConfig>(
        {
          service,
          versionId,
          runtime,
          ...("runtimeVersion" in runtimeSettings ? { flexibleRuntimeSettings: runtimeSettings } : {}),
          ...(settings.entrypoint === undefined ? {} : { entrypoint: { shell: settings.entrypoint } }),
          deployment: isImage(artifact)
            ? { container: { image: artifact } }
            : { zip: zipBlock(artifact, filesCount) },
          ...machineBlock(settings.machine),
          ...flexibleScalingBlock(settings.scaling),
          ...healthCheckBlocks(settings.liveness, settings.readiness),
          ...(Object.keys(settings.env).length > 0 ? { envVariables: { ...settings.env } } : {}),
          ...this.networkBlock(props),
          serviceAccount: account.email,
          servingStatus: this.serving ? "SERVING" : "STOPPED",
          deleteServiceOnDestroy: false,
          noopOnDestroy: false,
          lifecycle: { createBeforeDestroy: true },
          ...(dependsOn ? { dependsOn: [...dependsOn] } : {}),
        },
        transform?.version,
      ),
    );
  }

  private networkBlock({
    network,
    settings: { sessionAffinity, forwardedPorts = [] },
  }: FlexibleVersionProps): Pick<AppEngineFlexibleAppVersionConfig, "network"> {
    if (!network) return {};
    return {
      network: {
        name: network.networkName,
        ...(network.subnetworkName === undefined ? {} : { subnetwork: network.subnetworkName }),
        ...(sessionAffinity === undefined ? {} : { sessionAffinity }),
        ...(forwardedPorts.length > 0 ? { forwardedPorts: [...forwardedPorts] } : {}),
      },
    };
  }
}
