import { TrialHosting } from "../hosting-api/testing";

describe("a channel's content", () => {
  let hosting: TrialHosting;
  let url: string;

  beforeAll(async () => {
    hosting = await TrialHosting.start();
    const made = await hosting.call<{ url: string }>("POST", "sites/acme-shop/channels?channelId=pr-12", {});
    url = made.body.url;
    const files = {
      "/index.html": "<h1>Shop</h1>",
      "/404.html": "nothing",
      "/app.js": "1",
      "/a b.txt": "space",
    };
    await hosting.deploy("pr-12", files, {
      cleanUrls: true,
      headers: [{ glob: "**", headers: { "X-Frame-Options": "DENY" } }],
      rewrites: [{ glob: "/api/**", run: { serviceId: "orders" } }],
    });
  });
  afterAll(() => hosting.close());

  test("WHEN it is opened THEN with type, headers, and zipped for whoever can unzip it", async () => {
    const page = await hosting.open(url, { "accept-encoding": "br, gzip" });
    expect(page).toMatchObject({ status: 200, body: "<h1>Shop</h1>" });
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-encoding": "gzip",
      "x-frame-options": "DENY",
      "cache-control": "max-age=3600",
    });
    const script = await hosting.open(`${url}/app.js?v=1`);
    expect([script.headers["content-encoding"], script.headers["content-type"], script.body]).toEqual([
      undefined,
      "text/javascript; charset=utf-8",
      "1",
    ]);
    expect((await hosting.open(`${url}/a%20b.txt`)).body).toBe("space");
  });

  test("WHEN a browser has it already THEN it is told so", async () => {
    const { headers } = await hosting.open(url);
    const again = await hosting.open(url, { "if-none-match": String(headers.etag) });
    expect([again.status, again.body]).toEqual([304, ""]);
  });

  test("WHEN something else is asked for THEN 404 with the site's page, 501, 405, 400, and HEAD without a body", async () => {
    expect(await hosting.open(`${url}/nothing`)).toMatchObject({ status: 404, body: "nothing" });
    expect(await hosting.open(`${url}/api/1`)).toMatchObject({
      status: 501,
      body: expect.stringContaining("Cloud Run service orders"),
    });
    expect((await hosting.open(url, {}, "POST")).status).toBe(405);
    expect((await hosting.open(`${url}/%zz`)).status).toBe(400);
    expect(await hosting.open(url, {}, "HEAD")).toMatchObject({ status: 200, body: "" });
    const other = `http://acme-else.localhost:${hosting.server.port}/`;
    expect(await hosting.open(other)).toMatchObject({
      status: 404,
      body: expect.stringContaining("Site Not Found"),
    });
  });

  test("WHEN a page of another origin asks THEN content is served, states and the API are not", async () => {
    const origin = { origin: "https://evil.example" };
    expect((await hosting.open(`${url}/app.js`, origin)).status).toBe(200);
    const own = `http://127.0.0.1:${hosting.server.port}`;
    expect((await hosting.open(`${own}/storage/v1/b`, origin)).status).toBe(403);
    expect(
      (await hosting.open(`${own}/firebasehosting.googleapis.com/v1beta1/sites/acme-shop/channels`, origin))
        .status,
    ).toBe(403);
  });

  test("WHEN a site is switched off THEN nothing is served", async () => {
    await hosting.deploy("live", { "/index.html": "live" }, {});
    const live = `http://acme-shop.localhost:${hosting.server.port}`;
    expect((await hosting.open(live)).body).toBe("live");
    await hosting.call("POST", "sites/acme-shop/releases", { type: "SITE_DISABLE" });
    expect((await hosting.open(live)).status).toBe(404);
  });
});
