import {
  AppEngineStandardAppVersion,
  type AppEngineStandardAppVersionConfig,
} from "@cdktf/provider-google/lib/app-engine-standard-app-version";
import type { ITerraformDependable, TerraformResource, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { addressOf } from "./address";
import { artifactProblems, zipBlock } from "./artifact";
import { handlerBlocks } from "./handlers";
import { kindOf, scalingBlock } from "./scaling";
import type { VersionLike } from "./service";
import {
  egressSettings,
  inboundServices,
  inboundServicesOf,
  type StandardVersionSettings,
  settingsProblems,
} from "./settings";
import { identityProblems, type versionIds } from "./version-identity";

/** A connector, made in another stack and known by its name. */
export interface ConnectorLike {
  /** `projects/<project>/locations/<region>/connectors/<name>`. */
  readonly connectorPath: string;
}

/** What happens in the cloud when a version goes. */
export type OnDestroy =
  /** It is deleted; App Engine refuses while it has traffic. */
  | "delete-version"
  /** Its whole service is deleted, with every version, whoever made it. Only for a preview that owns its service. */
  | "delete-service";

/** Props of `StandardVersion`. */
export interface StandardVersionProps extends Transformable<{ version: AppEngineStandardAppVersionConfig }> {
  /** Name of the service. */
  readonly service: string;
  /** Follows from the content: `v<yyyymmdd>-<first 7 digits of a hash>`, a preview's `pr-<number>-<7 digits>`. */
  readonly versionId: string;
  /** Whose shape the id has. @default "released" */
  readonly idOf?: keyof typeof versionIds;
  /** The zip: `gs://bucket/name.zip`. */
  readonly artifact: string;
  /** Files in the zip, at most 10000. @default - App Engine is not told */
  readonly filesCount?: number;
  readonly settings: StandardVersionSettings;
  /** What it runs as; never App Engine's default account. */
  readonly account: AccountLike;
  /** Needed unless `settings.egress` is `none`. @default - no connector */
  readonly connector?: ConnectorLike;
  /** @default "delete-version" */
  readonly onDestroy?: OnDestroy;
  /** What must be there first. @default - nothing in this stack */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** Whatever changes there makes this version anew. @default - nothing does */
  readonly replacedWith?: TerraformResource;
}

/**
 * One version of a service, immutable: its id follows from its content, so a change is another version, made before the
 * old one goes.
 *
 * The provider itself would update nearly everything in place, under the same id, with immediate cut-over. That is why
 * an id that is no hash is refused.
 *
 * @throws UserError when the id, the host label, the account, the artifact or a setting is wrong, a variable looks like a
 *   secret, or the stack has too many versions
 */
export class StandardVersion extends Construct implements VersionLike {
  readonly versionId: string;
  readonly warmsUp: boolean;
  readonly serving = true;
  /** For `dependsOn`. */
  readonly resource: AppEngineStandardAppVersion;

  constructor(scope: Construct, id: string, props: StandardVersionProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.versionId = props.versionId;
    this.warmsUp = warmsUp(props.settings);
    this.resource = this.createVersion(props);
  }

  private validate(props: StandardVersionProps): void {
    const { service, versionId, artifact, filesCount, settings, connector, onDestroy, idOf } = props;
    refuse(this, `version ${versionId} of ${service}`, [
      ...identityProblems(this, props, idOf ?? "released"),
      ...artifactProblems(artifact, filesCount),
      check(
        settings.egress === "none" || connector !== undefined,
        "connector",
        "none",
        `a connector for egress ${settings.egress}`,
      ),
      check(
        onDestroy !== "delete-service" || (service !== "default" && idOf === "preview"),
        "onDestroy",
        `delete-service for ${versionId} of ${service}`,
        "delete-version: only a preview's version deletes its service, and never default",
      ),
      ...settingsProblems(settings),
    ]);
  }

  private createVersion(props: StandardVersionProps): AppEngineStandardAppVersion {
    const { service, versionId, artifact, filesCount, settings, account, connector, transform } = props;
    const { egress, bundledServices, handlers = [] } = settings;
    const inbound = inboundServicesOf(settings).map((name) => inboundServices[name]);
    return new AppEngineStandardAppVersion(
      this,
      "version",
      transformed<AppEngineStandardAppVersionConfig>(
        {
          service,
          versionId,
          runtime: settings.runtime,
          entrypoint: { shell: settings.entrypoint },
          deployment: { zip: zipBlock(artifact, filesCount) },
          instanceClass: settings.instanceClass,
          ...scalingBlock(settings.scaling),
          ...(Object.keys(settings.env).length > 0 ? { envVariables: { ...settings.env } } : {}),
          handlers: handlerBlocks(handlers),
          ...(inbound.length > 0 ? { inboundServices: [...inbound] } : {}),
          ...(bundledServices === undefined ? {} : { appEngineApis: bundledServices }),
          serviceAccount: account.email,
          ...(egress === "none" || !connector
            ? {}
            : {
                vpcAccessConnector: { name: connector.connectorPath, egressSetting: egressSettings[egress] },
              }),
          deleteServiceOnDestroy: props.onDestroy === "delete-service",
          noopOnDestroy: false,
          lifecycle: this.lifecycleOf(props),
          ...(props.dependsOn ? { dependsOn: [...props.dependsOn] } : {}),
        },
        transform?.version,
      ),
    );
  }

  private lifecycleOf({ onDestroy, replacedWith }: StandardVersionProps): TerraformResourceLifecycle {
    return {
      // A version that takes its service with it must go first: after its successor it would take that along.
      createBeforeDestroy: onDestroy !== "delete-service",
      // App Engine answers them with more fields than it was given, which every plan would show as a change.
      ignoreChanges: ["handlers"],
      ...(replacedWith ? { replaceTriggeredBy: [addressOf(replacedWith)] } : {}),
    };
  }
}

function warmsUp(settings: StandardVersionSettings): boolean {
  const services: readonly string[] = inboundServicesOf(settings);
  return kindOf(settings.scaling) === "automatic" && services.includes("warmup");
}
