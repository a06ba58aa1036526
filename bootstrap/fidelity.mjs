// npm run fidelity: bundles the runner of sandbox/fidelity and runs it with the Terraform that is there.
import { spawnSync } from "node:child_process";
import { bundle, root } from "./bundle.mjs";
import { ensureTerraform, NoTerraform } from "./terraform/ensure.mjs";

try {
  const { path } = await ensureTerraform({ root, say: (line) => console.error(line) });
  const program = await bundle("sandbox/fidelity/main.ts", "sandbox/dist/fidelity.cjs");
  const run = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, GROUNDWORK_TERRAFORM: path },
  });
  process.exitCode = run.status ?? 70;
} catch (error) {
  if (!(error instanceof NoTerraform)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
