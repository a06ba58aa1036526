/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/plain-environment.cjs",
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/", "/cdktf.out/", "/.groundwork/"],
  modulePathIgnorePatterns: ["/dist/", "/cdktf.out/", "/.groundwork/"],
  transform: {
    "^.+\\.m?[tj]s$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      },
    ],
  },
  // Published as ES modules only, or loading such: Jest's require() needs them transformed.
  transformIgnorePatterns: [
    "/node_modules/(?!(@octokit|before-after-hook|universal-user-agent|json-with-bigint|content-type|gaxios|node-fetch|data-uri-to-buffer|fetch-blob|formdata-polyfill)/)",
  ],
  moduleFileExtensions: ["ts", "mts", "js", "mjs", "cjs", "json", "node"],
  moduleNameMapper: {
    "^fast-check$": "<rootDir>/test/seeded-fast-check.cjs",
    "^@groundwork/user-error$": "<rootDir>/user-error/user-error.ts",
    "^@groundwork/(constructs|pipeline|policies|sandbox)/(.*)$": "<rootDir>/$1/$2",
  },
  testSequencer: "<rootDir>/test/longest-first.cjs",
  maxWorkers: 2,
  // Finds what hangs, and nothing else: runners are slow, and tests share them.
  testTimeout: 90_000,
};
