import { AccessList } from "@groundwork/constructs/mongodb-atlas/access-list";
import type { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { NatGateway } from "@groundwork/constructs/network/nat-gateway";
import { networkNamed } from "@groundwork/constructs/network/network-name";
import type { DataStack } from "../data";

/** Who may try to sign in over the internet: nobody where the cluster answers inside the network. */
export function letIn(stack: DataStack, project: AtlasProject): void {
  const { environment, names } = stack.loaded;
  const { access } = environment.atlas;
  if (access.kind !== "public") {
    return;
  }
  const { natAddresses } = environment.network;
  stack.attempt("atlas.access", () => {
    const ours =
      natAddresses === 0
        ? []
        : new NatGateway(stack, "nat", {
            network: networkNamed(environment.project, names.network),
            name: names.nat,
            region: environment.region,
            addresses: natAddresses,
          }).publicAddresses.map((range, index) => ({ range, comment: `${names.nat}-${index + 1}` }));
    new AccessList(stack, "access-list", { project, entries: [...ours, ...access.ranges] });
  });
}
