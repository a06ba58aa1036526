import type { LoadedEnvironment } from "../../../environments/load";
import type { Bucket } from "../../bucket/bucket";
import type { TargetName } from "../../target/target";
import { atlasTransport } from "../clouds/atlas-transport";
import { CloudApi } from "../clouds/cloud-api";
import { googleTransport } from "../clouds/google-transport";
import { type CloudTransport, sandboxTransport } from "../clouds/transport";
import { AccountSide } from "./accounts";
import { AppEngineSide } from "./app-engine";
import { AtlasSide } from "./atlas";
import { ArtifactSide, StateBucketSide } from "./bucket-sides";
import { GatewaySide } from "./gateways";
import { SecretSide } from "./secrets";
import type { Side } from "./side";

export interface CloudSidesOptions {
  target: TargetName;
  /** The shared preview environment. */
  loaded: LoadedEnvironment;
  /** Variables that lead to the target; read each time. */
  readonly env: NodeJS.ProcessEnv;
  bucket: (name: string) => Bucket;
}

/** Every side that Google, Atlas and the buckets tell of. */
export function cloudSides(options: CloudSidesOptions): Side[] {
  const { loaded, bucket } = options;
  const { environment, names } = loaded;
  const { project } = environment;
  const regions = [...new Set(Object.values(environment.apis).map(({ region }) => region))];
  const api = apisOf(options);
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

/** One client per API; those of the clouds are asked as whom Terraform is. */
function apisOf(options: CloudSidesOptions): (host: string) => CloudApi {
  if (options.target === "sandbox") {
    const transport = sandboxTransport(() => options.env);
    return (host) => new CloudApi(host, { transport });
  }
  const google = googleTransport(options.env);
  // Made when it is used: without credentials only its own side can't be read.
  let atlas: CloudTransport | undefined;
  const atlasLater: CloudTransport = async (request) => {
    atlas ??= atlasTransport(options.env);
    return atlas(request);
  };
  return (host) => new CloudApi(host, { transport: host.endsWith(".googleapis.com") ? google : atlasLater });
}
