import {
  AppEngineServiceSplitTraffic,
  type AppEngineServiceSplitTrafficConfig,
} from "@cdktf/provider-google/lib/app-engine-service-split-traffic";
import type { Problem } from "@groundwork/user-error";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { addressOf } from "./address";
import type { VersionLike } from "./service";

/** How a caller is kept on one version. */
export type ShardBy = "RANDOM" | "COOKIE" | "IP";

/** How requests move to where they now belong. */
export type Migration =
  /** All in the moment of the change. */
  | "at-once"
  /** Instance by instance, as the one version that gets everything warms up. */
  | "gradual";

/** Props of `TrafficSplit`. */
export interface TrafficSplitProps extends Transformable<{ split: AppEngineServiceSplitTrafficConfig }> {
  readonly service: string;
  /** Every version that exists; those without a share get nothing, and are there before the split changes. */
  readonly versions: readonly VersionLike[];
  /** Shares by version id. They sum to 1, with at most 3 decimal places, 2 when sharding by IP. */
  readonly traffic: Readonly<Record<string, number>>;
  /** `RANDOM` or `COOKIE` behind a gateway, where every caller has the gateway's address. */
  readonly shardBy: ShardBy;
  /**
   * `gradual` needs one version with everything, in the standard environment, automatically scaled and warmed up; a step
   * of a canary is a commit instead.
   *
   * @default "at-once"
   */
  readonly migration?: Migration;
  /** Whatever changes there makes this split anew. @default - nothing does */
  readonly replacedWith?: TerraformResource;
}

/**
 * Which versions of a service get which share of the requests. Terraform never reads it back, and destroying it changes
 * nothing.
 *
 * @throws UserError when the shares don't sum to 1, are too fine, name a version that is not there or stopped, or can't
 *   move gradually
 */
export class TrafficSplit extends Construct {
  /** For `dependsOn`. */
  readonly resource: AppEngineServiceSplitTraffic;

  constructor(scope: Construct, id: string, props: TrafficSplitProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.resource = this.createSplit(props);
  }

  private validate(props: TrafficSplitProps): void {
    const { service, versions, traffic, shardBy } = props;
    const known = versions.map((version) => version.versionId);
    const places = decimalPlaces(shardBy);
    const sum = Object.values(traffic).reduce((total, share) => total + share, 0);
    refuse(this, `the traffic split of ${service}`, [
      check(
        Math.abs(sum - 1) < 1e-9,
        "traffic",
        `shares that sum to ${Number(sum.toFixed(6))}`,
        "shares that sum to 1",
      ),
      ...Object.entries(traffic).flatMap(([id, share]) => [
        check(
          known.includes(id),
          `traffic.${id}`,
          "a version that is not there",
          `one of ${known.join(", ")}`,
        ),
        check(
          versions.every(({ versionId, serving }) => versionId !== id || serving),
          `traffic.${id}`,
          "a version that is stopped",
          "a version that serves",
        ),
        check(share > 0 && share <= 1, `traffic.${id}`, share, "a share above 0, at most 1"),
        check(
          Math.abs(share - Number(share.toFixed(places))) < 1e-9,
          `traffic.${id}`,
          share,
          `at most ${places} decimal places when sharding by ${shardBy}`,
        ),
      ]),
      ...(props.migration === "gradual" ? gradualProblems(props) : []),
    ]);
  }

  private createSplit(props: TrafficSplitProps): AppEngineServiceSplitTraffic {
    const { service, versions, traffic, shardBy, migration = "at-once", replacedWith, transform } = props;
    const places = decimalPlaces(shardBy);
    return new AppEngineServiceSplitTraffic(
      this,
      // The provider would update the split of another service in place: so the id names it.
      `split-${service}`,
      transformed<AppEngineServiceSplitTrafficConfig>(
        {
          service,
          migrateTraffic: migration === "gradual",
          split: {
            shardBy,
            allocations: Object.fromEntries(
              Object.entries(traffic).map(([id, share]) => [id, String(Number(share.toFixed(places)))]),
            ),
          },
          // The keys above are plain strings: without this, Terraform would not know that the versions come first.
          dependsOn: versions.map((version) => version.resource),
          ...(replacedWith ? { lifecycle: { replaceTriggeredBy: [addressOf(replacedWith)] } } : {}),
        },
        transform?.split,
      ),
    );
  }
}

/** @see https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services#TrafficSplit */
function decimalPlaces(shardBy: ShardBy): number {
  return shardBy === "IP" ? 2 : 3;
}

/** @see https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services/patch */
function gradualProblems({ versions, traffic }: TrafficSplitProps): (Problem | undefined)[] {
  const targets = Object.keys(traffic);
  return [
    check(
      targets.length === 1,
      "migration",
      `gradual, to ${targets.length} versions`,
      "one version with everything, or at-once",
    ),
    ...versions
      .filter(({ versionId }) => targets.includes(versionId))
      .map(({ versionId, warmsUp }) =>
        check(
          warmsUp,
          "migration",
          `gradual, to ${versionId}, which does not warm up`,
          "a version of the standard environment with automatic scaling and the inbound service warmup, or at-once",
        ),
      ),
  ];
}
