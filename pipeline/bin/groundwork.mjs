#!/usr/bin/env node
import "../../bootstrap/node-version.cjs";

const [{ run }, { root }] = await Promise.all([import("./run.mjs"), import("../../bootstrap/bundle.mjs")]);
process.exitCode = await run(root, process.argv.slice(2));
