import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { TrialHosting } from "./testing";

interface Channel {
  name: string;
  url: string;
  expireTime?: string;
  release?: { version: { name: string } };
}
interface ErrorBody {
  error: { code: number; message: string; status: string };
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const SHOP = "projects/acme-dev/sites/acme-shop";

describe("the REST API of Firebase Hosting", () => {
  let hosting: TrialHosting;

  beforeAll(async () => {
    hosting = await TrialHosting.start();
  });
  beforeEach(async () => {
    await hosting.trial.store.reset();
    await hosting.addSite();
  });
  afterAll(() => hosting.close());

  const call = <Body = { [field: string]: unknown }>(method: string, path: string, body?: unknown) =>
    hosting.call<Body>(method, path, body);

  test("GIVEN a site WHEN a channel is made, prolonged and deleted THEN Terraform sees the same channel", async () => {
    const made = await call<Channel>("POST", `${SHOP}/channels?channelId=pr-12`, { ttl: "604800s" });
    expect(made.status).toBe(200);
    expect(made.body.name).toBe(`${SHOP}/channels/pr-12`);
    expect(made.body.url).toMatch(/^http:\/\/acme-shop--pr-12-[a-z0-9]{8}\.localhost:\d+$/);
    expect(Date.parse(made.body.expireTime ?? "") - Date.now()).toBeGreaterThan(6.9 * DAY_MS);

    const patched = await call<Channel>("PATCH", `${SHOP}/channels/pr-12?updateMask=ttl`, {
      ttl: "2592000s",
    });
    expect(Date.parse(patched.body.expireTime ?? "") - Date.now()).toBeGreaterThan(29.9 * DAY_MS);

    const state = await hosting.trial.import(
      "google_firebase_hosting_channel",
      "sites/acme-shop/channels/pr-12",
    );
    expect(state).toMatchObject({
      channel_id: "pr-12",
      site_id: "acme-shop",
      name: "sites/acme-shop/channels/pr-12",
    });
    expect((await hosting.trial.destroy("google_firebase_hosting_channel", state ?? {})).state).toBeNull();
    expect((await call("GET", `${SHOP}/channels/pr-12`)).status).toBe(404);
  });

  test("GIVEN Terraform's channel, version and release WHEN the API is asked THEN it knows them", async () => {
    const { trial } = hosting;
    await trial.created("google_firebase_hosting_channel", {
      site_id: "acme-shop",
      channel_id: "beta",
      ttl: "86400s",
    });
    const version = await trial.created("google_firebase_hosting_version", {
      site_id: "acme-shop",
      config: [
        { redirects: [{ glob: "/old", location: "/new", status_code: 302 }], rewrites: [], headers: [] },
      ],
    });
    const release = { site_id: "acme-shop", channel_id: "beta", version_name: version.name ?? null };
    await trial.created("google_firebase_hosting_release", release);

    const { body: channel } = await call<Channel>("GET", "sites/acme-shop/channels/beta");
    expect(Date.parse(channel.expireTime ?? "") - Date.now()).toBeGreaterThan(0.9 * DAY_MS);
    expect(channel.release?.version.name).toBe(version.name);
    expect(await hosting.open(`${channel.url}/old`)).toMatchObject({
      status: 302,
      headers: { location: "/new" },
    });
  });

  test("GIVEN files WHEN some of them are there already THEN only the others are asked for", async () => {
    await call("POST", "sites/acme-shop/channels?channelId=pr-1", {});
    await hosting.deploy("pr-1", { "/index.html": "one", "/app.js": "same" }, {});
    const { body: version } = await call<{ name: string; status: string }>("POST", `${SHOP}/versions`, {});
    expect(version.status).toBe("CREATED");
    const [same, other] = ["same", "two"].map((text) =>
      createHash("sha256").update(gzipSync(text)).digest("hex"),
    );
    const { body } = await call("POST", `${version.name}:populateFiles`, {
      files: { "/app.js": same, "/index.html": other },
    });
    expect(body.uploadRequiredHashes).toEqual([other]);

    const early = await call<ErrorBody>("PATCH", `${version.name}?updateMask=status`, {
      status: "FINALIZED",
    });
    expect([early.status, early.body.error.message]).toEqual([400, expect.stringContaining("/index.html")]);
    const wrong = await fetch(`${body.uploadUrl}/${other}`, {
      method: "POST",
      headers: { authorization: `Bearer ${hosting.token}`, connection: "close" },
      body: new Uint8Array(gzipSync("three")),
    });
    expect(wrong.status).toBe(400);
  });

  test("GIVEN a release on a channel WHEN it is released live, or cloned THEN it is served there too", async () => {
    await call("POST", "sites/acme-shop/channels?channelId=rc", {});
    await hosting.deploy("rc", { "/index.html": "candidate" }, {});
    const { body: rc } = await call<Channel>("GET", "sites/acme-shop/channels/rc");
    const source = rc.release?.version.name;
    expect((await call("POST", `sites/acme-shop/releases?versionName=${source}`, {})).status).toBe(200);
    const { body: live } = await call<Channel>("GET", "sites/acme-shop/channels/live");
    expect((await hosting.open(live.url)).body).toBe("candidate");

    await hosting.trial.created("google_firebase_hosting_site", { site_id: "acme-copy" });
    const clone = { sourceVersion: source, finalize: true };
    const { body: operation } = await call<{ name: string; done: boolean; response: { name: string } }>(
      "POST",
      "projects/acme-dev/sites/acme-copy/versions:clone",
      clone,
    );
    expect(operation.done).toBe(true);
    expect((await call("GET", operation.name)).body).toEqual(operation);
    const name = operation.response.name;
    await call("POST", `projects/acme-dev/sites/acme-copy/channels/live/releases?versionName=${name}`, {});
    expect((await hosting.open(`http://acme-copy.localhost:${hosting.server.port}`)).body).toBe("candidate");
  });

  test("GIVEN many channels WHEN they are listed THEN page by page, live first; one too many is refused", async () => {
    for (let number = 1; number <= 50; number++) {
      await call("POST", `sites/acme-shop/channels?channelId=pr-${number}`, { ttl: "3600s" });
    }
    const names: string[] = [];
    for (let token: string | undefined = ""; token !== undefined; ) {
      const { body }: { body: { channels: Channel[]; nextPageToken?: string } } = await call(
        "GET",
        `sites/acme-shop/channels?pageSize=20&pageToken=${token}`,
      );
      names.push(...body.channels.map((channel) => channel.name));
      token = body.nextPageToken;
    }
    expect([names.length, names[0]]).toEqual([51, "sites/acme-shop/channels/live"]);
    const refused = await call<ErrorBody>("POST", "sites/acme-shop/channels?channelId=pr-51", {});
    expect([refused.status, refused.body.error.status]).toEqual([429, "RESOURCE_EXHAUSTED"]);
  });

  test("GIVEN a channel whose time is over WHEN it is looked for THEN it is gone, and its name is free", async () => {
    const { body: channel } = await call<Channel>("POST", "sites/acme-shop/channels?channelId=pr-1", {
      ttl: "60s",
    });
    await hosting.deploy("pr-1", { "/index.html": "old" }, {});
    const over = new Date(Date.now() - 1_000).toISOString();
    const id = "sites/acme-shop/channels/pr-1";
    await hosting.trial.edit("google_firebase_hosting_channel", id, { expire_time: over });
    expect((await call("GET", id)).status).toBe(404);
    expect((await hosting.open(channel.url)).status).toBe(404);
    expect((await call("POST", "sites/acme-shop/channels?channelId=pr-1", {})).status).toBe(200);
    expect((await hosting.open(channel.url)).body).toContain("nothing is released");
  });

  test("GIVEN a deleted channel WHEN nothing else serves its content THEN nothing of it is kept", async () => {
    for (const channel of ["pr-1", "pr-2"]) {
      await call("POST", `sites/acme-shop/channels?channelId=${channel}`, {});
      await hosting.deploy(channel, { "/index.html": channel, "/app.js": "same" }, {});
    }
    expect((await call("DELETE", "sites/acme-shop/channels/pr-1")).status).toBe(200);
    expect((await call("DELETE", "sites/acme-shop/channels/pr-1")).status).toBe(404);
    expect(
      (await call<{ versions: object[] }>("GET", "sites/acme-shop/versions")).body.versions,
    ).toHaveLength(1);
    expect(hosting.trial.store.files.hashes()).toHaveLength(2);
    expect((await call("DELETE", "sites/acme-shop/channels/live")).status).toBe(400);
  });

  test("GIVEN more deployments than a channel keeps WHEN counted THEN the oldest are gone", async () => {
    await call("POST", "sites/acme-shop/channels?channelId=pr-1", { retainedReleaseCount: 2 });
    for (const text of ["1", "2", "3", "4", "5"]) await hosting.deploy("pr-1", { "/index.html": text }, {});
    const { body } = await call<{ releases: object[] }>("GET", "sites/acme-shop/channels/pr-1/releases");
    expect(body.releases).toHaveLength(3);
    expect(hosting.trial.store.files.hashes()).toHaveLength(3);
  });

  test("GIVEN a version that waits for its first release WHEN another channel is deleted THEN it can still be released", async () => {
    for (const channel of ["pr-1", "pr-2"]) {
      await call("POST", `sites/acme-shop/channels?channelId=${channel}`, {});
    }
    await hosting.deploy("pr-1", { "/index.html": "one" }, {});
    const { body: waiting } = await call<{ name: string }>("POST", "sites/acme-shop/versions", {});
    await call("PATCH", `${waiting.name}?updateMask=status`, { status: "FINALIZED" });
    expect((await call("DELETE", "sites/acme-shop/channels/pr-1")).status).toBe(200);
    const released = await call(
      "POST",
      `sites/acme-shop/channels/pr-2/releases?versionName=${waiting.name}`,
      {},
    );
    expect(released.status).toBe(200);
  });

  test("GIVEN no token, a browser's page, an unknown site or call WHEN asked THEN it is refused", async () => {
    const api = `http://127.0.0.1:${hosting.server.port}/firebasehosting.googleapis.com`;
    const url = `${api}/v1beta1/sites/acme-shop/channels`;
    const authorization = `Bearer ${hosting.token}`;
    const status = async (headers: { [name: string]: string }) =>
      (await fetch(url, { headers: { ...headers, connection: "close" } })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer wrong" })).toBe(401);
    expect(await status({ authorization, origin: "https://evil.example" })).toBe(403);
    expect(await status({ authorization })).toBe(200);
    const basic = Buffer.from(`sandbox:${hosting.token}`).toString("base64");
    expect(await status({ authorization: `Basic ${basic}` })).toBe(200);
    expect((await fetch(url.replace(/(\d)\//, `$1/~${hosting.token}/`))).status).toBe(200);
    expect((await fetch(url.replace(/(\d)\//, "$1/~wrong/"))).ok).toBe(false);
    expect((await call("GET", "sites/acme-else/channels")).status).toBe(404);
    expect((await call("GET", "projects/acme-else/sites/acme-shop/channels")).status).toBe(404);
    expect((await call("GET", "projects/-/sites/acme-shop/channels")).status).toBe(200);
    expect((await call("PUT", "sites/acme-shop/channels")).status).toBe(404);
    expect((await call("POST", "sites/acme-shop/channels?channelId=pr-1", { ttl: "3000000s" })).status).toBe(
      400,
    );
  });
});
