// Builds the scripted day, and plays it.
import { createRequire } from "node:module";
import { bundle } from "../../bootstrap/bundle.mjs";

const main = await bundle("test/day/main.ts", "dist/day.cjs");
await createRequire(import.meta.url)(main).main(process.argv.slice(2));
