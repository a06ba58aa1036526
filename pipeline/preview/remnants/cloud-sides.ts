import type { LoadedEnvironment } from "../../../environments/load";
import type { Bucket } from "../../bucket/bucket";
import { type CloudPlace, cloudApis } from "../clouds/cloud-apis";
import { AccountSide } from "./accounts";
import { AppEngineSide } from "./app-engine";
import { AtlasSide } from "./atlas";
import { ArtifactSide, StateBucketSide } from "./bucket-sides";
import { GatewaySide } from "./gateways";
import { SecretSide } from "./secrets";
import type { Side } from "./side";

export interface CloudSidesOptions extends CloudPlace {
  /** The shared preview environment. */
  loaded: LoadedEnvironment;
  bucket: (name: string) => Bucket;
}

/** Every side that Google, Atlas and the buckets tell of. */
export function cloudSides(options: CloudSidesOptions): Side[] {
  const { loaded, bucket } = options;
  const { environment, names } = loaded;
  const { project } = environment;
  const regions = [...new Set(Object.values(environment.apis).map(({ region }) => region))];
  const api = cloudApis(options);
  return [
    new AppEngineSide(api("appengine.googleapis.com"), project),
    new GatewaySide(api("apigateway.googleapis.com"), project, regions),
    new SecretSide(api("secretmanager.googleapis.com"), project),
    new AccountSide(api("iam.googleapis.com"), project),
    new AtlasSide(api("cloud.mongodb.com"), names.atlasProject),
    new ArtifactSide(bucket(names.artifactBucket)),
    new StateBucketSide(bucket(environment.stateBucket)),
  ];
}
