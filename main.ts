import { loadEnvironments } from "./environments/load";
import { loadMoves, loadOrphanDecisions } from "./environments/moves";
import { DataStack } from "./stacks/data";
import { FoundationStack } from "./stacks/foundation";
import { NetworkStack } from "./stacks/network";
import { ObservabilityStack } from "./stacks/observability";
import { PlatformStack } from "./stacks/platform";
import { ReleaseStack } from "./stacks/release";
import { Synthesis } from "./stacks/synthesis";

const environments = loadEnvironments();
const history = { moves: loadMoves(), orphans: loadOrphanDecisions() };
const synthesis = new Synthesis(process.env.CDKTF_OUTDIR ?? "cdktf.out", history);

for (const environment of environments) {
  synthesis.add(FoundationStack, environment);
  synthesis.add(NetworkStack, environment);
  synthesis.add(DataStack, environment);
  synthesis.add(PlatformStack, environment);
  synthesis.add(ReleaseStack, environment);
  synthesis.add(ObservabilityStack, environment);
}

synthesis.write();
