import type { FlexibleVersionSettings } from "./flexible-settings";
import { FlexibleVersion, type FlexibleVersionProps, type MachineNetworkLike } from "./flexible-version";
import {
  type ReleasedArtifact,
  type SharedSettings,
  VersionedService,
  type VersionedServiceProps,
} from "./versioned-service";

/** One version of a service in the flexible environment, as a release names it. */
export interface ReleasedFlexibleVersion extends ReleasedArtifact<FlexibleVersionSettings> {
  /** Keeps the version without machines, so that it costs nothing and can be started again. @default false */
  readonly stopped?: boolean;
}

/** Props of `FlexibleService`. */
export interface FlexibleServiceProps
  extends VersionedServiceProps<ReleasedFlexibleVersion, FlexibleVersionProps["transform"]> {
  /** Where its machines stand. @default - the project's network named `default` */
  readonly network?: MachineNetworkLike;
}

/**
 * A service of App Engine's flexible environment: its versions side by side, and the split between them. Traffic moves at
 * once; there is no gradual migration here.
 *
 * @throws UserError when there are no versions, or one of them or the split is wrong
 */
export class FlexibleService extends VersionedService<
  FlexibleVersion,
  ReleasedFlexibleVersion,
  FlexibleServiceProps
> {
  protected override createVersion(
    { id, artifact, filesCount, settings, stopped = false }: ReleasedFlexibleVersion,
    shared: SharedSettings,
    { network, transform }: FlexibleServiceProps,
  ): FlexibleVersion {
    return new FlexibleVersion(this, id, {
      ...shared,
      versionId: id,
      artifact,
      ...(filesCount === undefined ? {} : { filesCount }),
      settings,
      serving: !stopped,
      ...(network ? { network } : {}),
      ...(transform ? { transform } : {}),
    });
  }
}
