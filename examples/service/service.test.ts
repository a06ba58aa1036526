import { type ChildProcess, spawn } from "node:child_process";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createApp } from "./app.js";

const listening = (server: Server) =>
  new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

describe("the sample service", () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createApp({ GAE_SERVICE: "orders", GAE_VERSION: "v20261121-3f9a1c2" });
    address = await listening(server);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each([
    ["GET", "/healthz", 200, { status: "ok" }],
    ["GET", "/?a=b", 200, { service: "orders", version: "v20261121-3f9a1c2" }],
    ["GET", "/toString", 404, { error: "There is no such page." }],
    ["POST", "/healthz", 405, { error: "Only GET and HEAD." }],
  ])("GIVEN %s %s THEN %d", async (method, path, status, body) => {
    const response = await fetch(`${address}${path}`, { method });
    expect([response.status, await response.json()]).toEqual([status, body]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("GIVEN a laptop instead of App Engine THEN it answers as the local version", async () => {
    const local = createApp({});
    const page = await fetch(await listening(local));
    expect(await page.json()).toEqual({ service: "default", version: "local" });
    await new Promise((resolve) => local.close(resolve));
  });

  test("GIVEN its entrypoint on a port THEN it serves, and ends when it is told to", async () => {
    const free = createServer();
    const port = new URL(await listening(free)).port;
    await new Promise((resolve) => free.close(resolve));
    const child: ChildProcess = spawn(process.execPath, [join(__dirname, "server.js")], {
      env: { PORT: port },
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    expect(await reached(`http://127.0.0.1:${port}/healthz`)).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});

async function reached(url: string): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      return (await fetch(url, { headers: { connection: "close" } })).status;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return 0;
}
