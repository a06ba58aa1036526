import type { TargetName } from "../../target/target";
import { atlasTransport } from "./atlas-transport";
import { CloudApi } from "./cloud-api";
import { googleTransport } from "./google-transport";
import { type CloudTransport, sandboxTransport } from "./transport";

/** Where the clouds are. */
export interface CloudPlace {
  target: TargetName;
  /** Variables that lead to the target; read each time. */
  readonly env: NodeJS.ProcessEnv;
}

/** One client per API; those of the clouds are asked as whom Terraform is. */
export function cloudApis(options: CloudPlace): (host: string) => CloudApi {
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
