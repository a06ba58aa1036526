// Lets Node resolve the workspace's import paths ("paths" in tsconfig.json), which esbuild resolves when it bundles.
// The usual package for this looks below the repository first: there, "cdktf" is cdktf.json and "constructs" a folder.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { join, resolve } = require("node:path");

const root = resolve(__dirname, "..");
const { paths } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions;
const mappings = Object.entries(paths).map(([pattern, [target]]) => ({
  prefix: pattern.replace(/\*$/, ""),
  whole: !pattern.endsWith("*"),
  target: join(root, target.replace(/\*$/, "")),
}));

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const mapping = mappings.find(({ prefix, whole }) =>
    whole ? request === prefix : request.startsWith(prefix),
  );
  const path = mapping ? join(mapping.target, request.slice(mapping.prefix.length)) : request;
  return resolveFilename.call(this, path, ...rest);
};
