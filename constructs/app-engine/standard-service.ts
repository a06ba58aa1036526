import type { StandardVersionSettings } from "./settings";
import { type ConnectorLike, StandardVersion, type StandardVersionProps } from "./standard-version";
import type { Migration } from "./traffic-split";
import {
  type ReleasedArtifact,
  type SharedSettings,
  VersionedService,
  type VersionedServiceProps,
} from "./versioned-service";

/** One version of a service, as a release names it. */
export interface ReleasedVersion extends ReleasedArtifact<StandardVersionSettings> {}

/** Props of `StandardService`. */
export interface StandardServiceProps
  extends VersionedServiceProps<ReleasedVersion, StandardVersionProps["transform"]> {
  /** How requests move when `traffic` changes. @default "at-once" */
  readonly migration?: Migration;
  /** @default - no connector; then no version may ask for egress */
  readonly connector?: ConnectorLike;
}

/**
 * A service of App Engine's standard environment: its versions side by side, and the split between them.
 *
 * @throws UserError when there are no versions, or one of them or the split is wrong
 */
export class StandardService extends VersionedService<
  StandardVersion,
  ReleasedVersion,
  StandardServiceProps
> {
  protected override createVersion(
    { id, artifact, filesCount, settings }: ReleasedVersion,
    shared: SharedSettings,
    { connector, transform }: StandardServiceProps,
  ): StandardVersion {
    return new StandardVersion(this, id, {
      ...shared,
      versionId: id,
      artifact,
      ...(filesCount === undefined ? {} : { filesCount }),
      settings,
      ...(connector ? { connector } : {}),
      ...(transform ? { transform } : {}),
    });
  }
}
