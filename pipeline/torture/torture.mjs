// Builds the sandbox, the command and what tortures it, and runs that.
import { createRequire } from "node:module";
import { bundle } from "../../bootstrap/bundle.mjs";

const [daemon, command, main] = await Promise.all([
  bundle("sandbox/process/daemon.ts", "sandbox/dist/sandbox.cjs"),
  bundle("pipeline/torture/command.ts", "pipeline/dist/torture-command.cjs"),
  bundle("pipeline/torture/main.ts", "pipeline/dist/torture.cjs"),
]);
await createRequire(import.meta.url)(main).main(process.argv.slice(2), { daemon, command });
