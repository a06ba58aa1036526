import {
  AppEngineServiceSplitTraffic,
  type AppEngineServiceSplitTrafficConfig,
} from "@cdktf/provider-google/lib/app-engine-service-split-traffic";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { StandardVersion } from "./standard-version";

/** How a caller is kept on one version. */
export type ShardBy = "RANDOM" | "COOKIE" | "IP";

/** Props of `TrafficSplit`. */
export interface TrafficSplitProps extends Transformable<{ split: AppEngineServiceSplitTrafficConfig }> {
  readonly service: string;
  /** Every version that exists; those without a share get nothing, and are there before the split changes. */
  readonly versions: readonly StandardVersion[];
  /** Shares by version id. They sum to 1, with at most 3 decimal places, 2 when sharding by IP. */
  readonly traffic: Readonly<Record<string, number>>;
  /** `RANDOM` or `COOKIE` behind a gateway, where every caller has the gateway's address. */
  readonly shardBy: ShardBy;
}

/**
 * Which versions of a service get which share of the requests.
 *
 * @throws UserError when the shares don't sum to 1, are too fine, or name a version that is not there
 */
export class TrafficSplit extends Construct {
  constructor(scope: Construct, id: string, props: TrafficSplitProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createSplit(props);
  }

  private validate({ service, versions, traffic, shardBy }: TrafficSplitProps): void {
    const known = versions.map((version) => version.versionId);
    const places = shardBy === "IP" ? 2 : 3;
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
        check(share > 0 && share <= 1, `traffic.${id}`, share, "a share above 0, at most 1"),
        check(
          Math.abs(share - Number(share.toFixed(places))) < 1e-9,
          `traffic.${id}`,
          share,
          `at most ${places} decimal places when sharding by ${shardBy}`,
        ),
      ]),
    ]);
  }

  private createSplit({ service, versions, traffic, shardBy, transform }: TrafficSplitProps): void {
    const places = shardBy === "IP" ? 2 : 3;
    new AppEngineServiceSplitTraffic(
      this,
      "split",
      transformed<AppEngineServiceSplitTrafficConfig>(
        {
          service,
          // Gradual migration needs one target and warm-up; every step here is a commit instead.
          migrateTraffic: false,
          split: {
            shardBy,
            allocations: Object.fromEntries(
              Object.entries(traffic).map(([id, share]) => [id, String(Number(share.toFixed(places)))]),
            ),
          },
          // The keys above are plain strings: without this, Terraform would not know that the versions come first.
          dependsOn: versions.map((version) => version.resource),
        },
        transform?.split,
      ),
    );
  }
}
