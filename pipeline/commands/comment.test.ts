import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Console } from "../console/console";
import { GitHubServer } from "../github/testing/github-server";
import { Interruption } from "../interruption";
import { commentCommand } from "./comment";

const head = "b".repeat(40);

describe("the comment of a pull request", () => {
  let root: string;
  let server: GitHubServer;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "comment-"));
    server = new GitHubServer();
    env = server.env(await server.start());
    server.addPull(7, head);
  });
  afterEach(async () => {
    await server.stop();
    rmSync(root, { recursive: true });
  });

  const comment = (options: { report: string; matrix?: string }) => {
    const silent = { write: () => true };
    const console = new Console({ stdout: silent, stderr: silent, json: false, env: {} });
    const context = { root, console, interruption: new Interruption(), env };
    return commentCommand(context, { pr: "7", sha: head, ...options });
  };

  test("GIVEN a matrix without jobs and no report THEN it says that nothing changes: docs are a pull request too", async () => {
    expect(await comment({ report: "reports", matrix: '{"include":[]}' })).toBe(0);
    expect(server.pulls.get(7)?.comments[0]?.body).toContain("## No changes");
  });

  test("GIVEN no report and no matrix THEN it is a mistake of whoever calls", async () => {
    await expect(comment({ report: "reports" })).rejects.toThrow("--report: found reports");
  });
});
