import { loadEnvironments } from "./environments/load";
import { loadMoves, loadOrphanDecisions } from "./environments/moves";
import { environmentStacks } from "./stacks/environment-stacks";
import { Synthesis } from "./stacks/synthesis";

const history = { moves: loadMoves(), orphans: loadOrphanDecisions() };
const synthesis = new Synthesis(process.env.CDKTF_OUTDIR ?? "cdktf.out", history);

for (const environment of loadEnvironments()) {
  for (const Stack of environmentStacks) {
    synthesis.add(Stack, environment);
  }
}

synthesis.write();
