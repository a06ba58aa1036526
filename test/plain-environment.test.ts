import { devNull } from "node:os";
import { plain } from "./plain-environment.cjs";

test("GIVEN a job of GitHub's beside a cloud, or a hook of Git's THEN tests see none of it, and what was made for them", () => {
  const env: NodeJS.ProcessEnv = {
    PATH: "/bin",
    HOME: "/home/runner",
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_TOKEN: "t",
    RUNNER_TEMP: "/tmp",
    GROUNDWORK_TARGET: "cloud",
    GROUNDWORK_TERRAFORM: "/bin/terraform",
    GOOGLE_APPLICATION_CREDENTIALS: "/key.json",
    MONGODB_ATLAS_PRIVATE_API_KEY: "k",
    TF_CLI_CONFIG_FILE: "/terraformrc",
    TF_LOG: "trace",
    GIT_DIR: "/repository/.git",
    CIRCUS: "stays",
  };
  plain(env);
  expect(env).toEqual({
    PATH: "/bin",
    HOME: "/home/runner",
    GROUNDWORK_TERRAFORM: "/bin/terraform",
    CIRCUS: "stays",
    CHECKPOINT_DISABLE: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: "1",
  });
});

test("GIVEN this run THEN it is so", () => {
  expect(Object.keys(process.env).filter((name) => /^(GITHUB|RUNNER|TF|GOOGLE|MONGODB)_/.test(name))).toEqual(
    [],
  );
});
