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
    ["GET", "/?a=b", 200, { service: "orders", version: "v20261121-3f9a1c2", database: "shop" }],
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
    expect(await page.json()).toEqual({ service: "default", version: "local", database: "shop" });
    expect(page.headers.has("access-control-allow-origin")).toBe(false);
    await new Promise((resolve) => local.close(resolve));
  });

  describe("in a preview", () => {
    let preview: Server;
    let url: string;
    beforeAll(async () => {
      preview = createApp({
        PREVIEW: "pr-12",
        DATABASE_NAME: "pr_12",
        CORS_ORIGINS: "https://shop--pr-12-*.web.app, https://shop.example.com",
      });
      url = await listening(preview);
    });
    afterAll(() => new Promise((resolve) => preview.close(resolve)));

    test("GIVEN what a preview is told THEN it works with the preview's database", async () => {
      expect(await (await fetch(url)).json()).toMatchObject({ database: "pr_12", preview: "pr-12" });
    });

    test.each([
      ["https://shop--pr-12-k3j9x0ab.web.app", true],
      ["https://shop.example.com", true],
      ["https://shop--pr-1-2-k3j9x0ab.web.app", false],
      ["https://shop--pr-120-k3j9x0ab.web.app", false],
      ["https://shop--pr-12-a.evil.web.app", false],
      ["https://shop--pr-12-k3j9x0ab.web.app.evil.com", false],
      ["https://shopXexample.com", false],
      ["null", false],
    ])("GIVEN a page of %s THEN it may read: %s", async (origin, may) => {
      const asked = { origin, "access-control-request-method": "GET" };
      const [read, preflight] = await Promise.all([
        fetch(url, { headers: { origin } }),
        fetch(url, { method: "OPTIONS", headers: asked }),
      ]);
      for (const response of [read, preflight]) {
        expect(response.headers.get("access-control-allow-origin")).toBe(may ? origin : null);
        expect(response.headers.get("vary")).toBe("Origin");
      }
      expect(preflight.status).toBe(may ? 204 : 405);
      expect(preflight.headers.get("access-control-allow-methods")).toBe(may ? "GET, HEAD" : null);
    });
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
