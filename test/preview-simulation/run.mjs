// Builds what simulates previews, and runs it.
import { createRequire } from "node:module";
import { bundle } from "../../bootstrap/bundle.mjs";

const main = await bundle("test/preview-simulation/main.ts", "dist/preview-simulation.cjs");
await createRequire(import.meta.url)(main).main(process.argv.slice(2));
