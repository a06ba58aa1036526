#!/usr/bin/env node
import "../../bootstrap/node-version.cjs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
import("./run.mjs")
  .then(({ run }) => run(root, process.argv.slice(2)))
  .then((code) => {
    process.exitCode = code;
  });
