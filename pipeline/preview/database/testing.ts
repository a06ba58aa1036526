import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMongoServer } from "@groundwork/sandbox/mongodb/server";
import { openStore } from "@groundwork/sandbox/store/open-store";

/** A MongoDB to test with. */
export interface TrialServer {
  uri: string;
  close(): Promise<void>;
}

type Trial = readonly [name: string, start: () => Promise<TrialServer>];

/** By name: the sandbox's, always; `mongod`, where it is installed; what `GROUNDWORK_TEST_MONGODB_URI` names. */
export const trialServers: readonly Trial[] = [
  ["the sandbox", startSandboxServer],
  ...installedServer(),
  ...givenServer(process.env.GROUNDWORK_TEST_MONGODB_URI),
];

function installedServer(): Trial[] {
  return spawnSync("mongod", ["--version"]).status === 0 ? [["mongod", startMongod]] : [];
}

function givenServer(uri: string | undefined): Trial[] {
  return uri
    ? [["what GROUNDWORK_TEST_MONGODB_URI names", async () => ({ uri, close: async () => {} })]]
    : [];
}

async function startSandboxServer(): Promise<TrialServer> {
  const folder = mkdtempSync(join(tmpdir(), "gw-database-"));
  const store = openStore(folder);
  const server = await startMongoServer({ documents: store.documents, token: "t0ken" });
  return {
    uri: `mongodb://sandbox:t0ken@127.0.0.1:${server.port}/?authMechanism=PLAIN&authSource=%24external&directConnection=true`,
    async close() {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function startMongod(): Promise<TrialServer> {
  const folder = mkdtempSync(join(tmpdir(), "gw-mongod-"));
  mkdirSync(join(folder, "data"));
  const port = await freePort();
  const options = ["--dbpath", join(folder, "data"), "--port", String(port), "--bind_ip", "127.0.0.1"];
  const child = spawn("mongod", [...options, "--unixSocketPrefix", folder], { stdio: "ignore" });
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    async close() {
      const gone = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
