import type { AtlasProjectLike } from "./atlas-project";
import type { AtlasRegion } from "./regions";

/** A dedicated cluster, made here or elsewhere. */
export interface ClusterLike {
  readonly clusterName: string;
  readonly project: AtlasProjectLike;
  /** Atlas's name of the region that is preferred in elections. */
  readonly region: AtlasRegion;
  /** Id of the zone, which copies of snapshots name; known only after the cluster is made. */
  readonly zoneId: string;
  /** Whether any moment can be restored, not only snapshots. */
  readonly pointInTime: boolean;
}
