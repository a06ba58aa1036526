import { loadDelivery } from "../../environments/load-delivery";
import { GitHubServer } from "../github/testing/github-server";
import { readEvidence } from "./read-evidence";

const { approvers } = loadDelivery();
const commit = "a".repeat(40);

describe("who approved a change", () => {
  test("GIVEN no way to GitHub WHEN that is no reason to stop THEN nobody did, and it is told why", async () => {
    const server = new GitHubServer();
    const env = server.env(await server.start());
    server.addPull(7, commit, { mergedAs: commit });
    const heard: string[] = [];
    const ask = () => readEvidence({ env, commit, approvers, onSilence: (why) => heard.push(why) });
    expect(await ask()).toMatchObject({ labels: [], reviews: [] });
    expect(heard).toEqual([]);
    await server.stop();
    expect(await ask()).toBeUndefined();
    expect(heard).toEqual(["GitHub can't be reached from here"]);
  });

  test("GIVEN nothing of GitHub in the environment THEN nobody is asked", async () => {
    expect(await readEvidence({ env: {}, commit, approvers })).toBeUndefined();
  });
});
