import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TrialHosting } from "@groundwork/sandbox/hosting-api/testing";
import { terraformEnvironment } from "@groundwork/sandbox/process/terraform-environment";
import type { ChannelContent } from "../contract";
import { contentDeployer, promoteChannel } from "./content-deployer";
import { HostingFailed } from "./hosting-client";
import { type HostingCall, hostingTransport } from "./hosting-transport";

const DAY_MS = 24 * 60 * 60 * 1_000;

describe("content of a channel", () => {
  let hosting: TrialHosting;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let sent: HostingCall[];
  let content: ChannelContent;
  const notes: string[] = [];
  const note = (line: string) => notes.push(line);

  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const deployer = () =>
    contentDeployer(
      { env, note },
      {
        transport: (call) => {
          sent.push(call);
          return hostingTransport(env)(call);
        },
      },
    );
  const uploads = () => sent.filter(({ body }) => Buffer.isBuffer(body)).length;

  beforeAll(async () => {
    hosting = await TrialHosting.start();
    const state = { port: hosting.server.port, token: hosting.token };
    const answer = { id: 1, reattach: { inUse: "{}", all: "{}" }, state, mongodb: { port: 1 } };
    env = terraformEnvironment(answer, "in-use", {});
  });
  beforeEach(async () => {
    await hosting.trial.store.reset();
    await hosting.addSite();
    folder = mkdtempSync(join(tmpdir(), "gw-content-"));
    sent = [];
    write("dist/index.html", "<h1>Shop</h1>");
    write("dist/assets/app.js", "1");
    write("dist/.secret", "hidden");
    write("dist/config.json", '{"environment":"of the build"}');
    write("settings/config.json", '{"environment":"preview","pullRequest":12}');
    const settings = {
      site: "acme-shop",
      public: "dist",
      ignore: ["firebase.json", "**/.*", "**/node_modules/**"],
      cleanUrls: true,
      trailingSlash: false,
      headers: [{ source: "**", headers: [{ key: "X-Frame-Options", value: "DENY" }] }],
      redirects: [{ source: "/old", destination: "/new" }],
      rewrites: [{ source: "**", destination: "/index.html" }],
    };
    write("settings/firebase.json", JSON.stringify({ hosting: settings }));
    content = {
      site: "shop",
      siteId: "acme-shop",
      channel: "pr-12",
      folder: join(folder, "dist"),
      settings: join(folder, "settings"),
      expiresAt: new Date(Date.now() + 7 * DAY_MS).toISOString(),
    };
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(() => hosting.close());

  test("GIVEN a built site WHEN deployed THEN the channel serves it as configured, with this preview's values", async () => {
    const { url } = await deployer().deploy(content);
    expect(JSON.parse((await hosting.open(`${url}/config.json`)).body)).toEqual({
      environment: "preview",
      pullRequest: 12,
    });
    expect(await hosting.open(`${url}/orders/7`)).toMatchObject({
      status: 200,
      body: "<h1>Shop</h1>",
      headers: { "x-frame-options": "DENY" },
    });
    expect(await hosting.open(`${url}/old`)).toMatchObject({ status: 301, headers: { location: "/new" } });
    expect((await hosting.open(`${url}/.secret`)).body).toBe("<h1>Shop</h1>");
    const [channel, ...others] = await deployer().list("acme-shop");
    expect([channel, others]).toMatchObject([{ siteId: "acme-shop", channel: "pr-12", url }, []]);
    expect(Date.parse(channel?.expiresAt ?? "") - Date.parse(content.expiresAt)).toBeLessThan(5_000);
  });

  test("GIVEN it was deployed WHEN again, or with one change THEN nothing, or only what changed, is uploaded", async () => {
    const first = await deployer().deploy(content);
    expect(uploads()).toBe(3);
    sent = [];
    expect(await deployer().deploy(content)).toEqual(first);
    expect(sent.map(({ method }) => method)).toEqual(["PATCH"]);
    write("dist/assets/app.js", "2");
    await deployer().deploy(content);
    expect(uploads()).toBe(1);
    expect((await hosting.open(`${first.url}/assets/app.js`)).body).toBe("2");
  });

  test("GIVEN a channel WHEN removed, twice THEN it is gone and the second time there is none", async () => {
    const { url } = await deployer().deploy(content);
    expect(await deployer().remove("acme-shop", "pr-12")).toBe(true);
    expect(await deployer().remove("acme-shop", "pr-12")).toBe(false);
    expect((await hosting.open(url)).status).toBe(404);
    expect(await deployer().list("acme-shop")).toEqual([]);
  });

  test("GIVEN a channel with content WHEN promoted THEN live serves the same version, nothing is built or uploaded", async () => {
    await expect(promoteChannel({ env }, "acme-shop", "pr-12")).rejects.toThrow("nothing to promote");
    await deployer().deploy(content);
    expect(await promoteChannel({ env }, "acme-shop", "pr-12")).toBe(true);
    expect(await promoteChannel({ env }, "acme-shop", "pr-12")).toBe(false);
    expect((await hosting.open(`http://acme-shop.localhost:${hosting.server.port}`)).body).toBe(
      "<h1>Shop</h1>",
    );
  });

  test("GIVEN Hosting refuses now and then, and answers get lost WHEN deployed THEN it is repeated", async () => {
    let calls = 0;
    const transport = async (call: HostingCall) => {
      calls++;
      if (calls % 3 === 1) return { status: 503, body: { error: { message: "try again" } } };
      const answer = await hostingTransport(env)(call);
      if (calls % 3 === 2 && call.method !== "GET") throw new Error("connection lost");
      return answer;
    };
    const patient = contentDeployer({ env, note }, { transport, pause: async () => {} });
    const { url } = await patient.deploy(content);
    expect((await hosting.open(url)).body).toBe("<h1>Shop</h1>");
    expect(await patient.remove("acme-shop", "pr-12")).toBe(true);
    expect(await patient.list("acme-shop")).toEqual([]);
  });

  test("GIVEN what can't be deployed WHEN tried THEN it is said what is wrong", async () => {
    await expect(deployer().deploy({ ...content, folder: join(folder, "none") })).rejects.toThrow(
      "nothing to deploy",
    );
    await expect(deployer().deploy({ ...content, settings: folder })).rejects.toThrow("without its settings");
    await expect(deployer().deploy({ ...content, siteId: "acme-else" })).rejects.toThrow("of another site");
    await hosting.trial.store.reset();
    await expect(deployer().deploy(content)).rejects.toThrow(HostingFailed);
  });
});
