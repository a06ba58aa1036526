// npm run fidelity: bundles the runner of sandbox/fidelity and runs it with Terraform from the PATH.
import { spawnSync } from "node:child_process";
import { bundle } from "./bundle.mjs";

const program = await bundle("sandbox/fidelity/main.ts", "sandbox/dist/fidelity.cjs");
process.exitCode =
  spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: "inherit" }).status ?? 70;
