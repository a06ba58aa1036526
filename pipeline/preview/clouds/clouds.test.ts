import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { atlasTransport, digestOf } from "./atlas-transport";
import { CloudApi } from "./cloud-api";
import { type CloudTransport, fetched } from "./transport";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const keys = { MONGODB_ATLAS_PUBLIC_KEY: "public", MONGODB_ATLAS_PRIVATE_KEY: "private" };

let server: Server;
let address: string;
let seen: { authorization: string | undefined; accept: string | undefined }[];

beforeAll(async () => {
  server = createServer(({ method, url, headers: { authorization, accept } }, response) => {
    seen.push({ authorization, accept });
    const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(authorization ?? "")?.[1] ?? "";
    const secret = md5("public:MMS Public API:private");
    const asked = md5(`${method}:${url}`);
    const wanted = md5(`${secret}:n1:00000001:${field("cnonce")}:auth:${asked}`);
    if (field("response") === wanted || authorization === "Bearer t1") {
      response.end('{"id":"p1"}');
      return;
    }
    const challenge =
      'Digest realm="MMS Public API", domain="", nonce="n1", algorithm=MD5, qop="auth", stale=false';
    response.writeHead(401, { "www-authenticate": challenge });
    response.end('{"detail":"You are not authorized for this resource."}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const atlas = (env: NodeJS.ProcessEnv) =>
  new CloudApi("cloud.mongodb.com", {
    transport: atlasTransport(env, (url, init) =>
      fetched(url.replace("https://cloud.mongodb.com", address), init),
    ),
    pause: async () => {},
  });

describe("signing in to Atlas", () => {
  test("GIVEN an API key THEN the challenge is answered; GIVEN a token THEN it is sent", async () => {
    const accept = "application/vnd.atlas.2023-01-01+json";
    expect(await atlas(keys).get("/api/atlas/v2/groups?pageNum=1", { accept })).toEqual({ id: "p1" });
    expect(seen.map((one) => [one.authorization?.split(" ")[0], one.accept])).toEqual([
      [undefined, accept],
      ["Digest", accept],
    ]);
    expect(await atlas({ MONGODB_ATLAS_ACCESS_TOKEN: "t1" }).get("/api/atlas/v2/groups")).toEqual({
      id: "p1",
    });
  });

  test("GIVEN a wrong key THEN it is said, once; GIVEN none THEN what to set", async () => {
    await expect(atlas({ ...keys, MONGODB_ATLAS_PRIVATE_KEY: "wrong" }).get("/a")).rejects.toThrow(
      "read https://cloud.mongodb.com/a: 401 You are not authorized for this resource.",
    );
    expect(seen).toHaveLength(2);
    expect(() => atlas({})).toThrow("expected an API key of the preview project");
  });

  test("GIVEN the example of RFC 2617 THEN its answer", () => {
    const challenge =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    const asked = { user: "Mufasa", password: "Circle Of Life", method: "GET", path: "/dir/index.html" };
    const answer = digestOf(challenge, asked, "0a4f113b");
    expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"');
    expect(answer).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  });
});

describe("an API of the clouds", () => {
  const answering = (...answers: (number | [number, object] | Error)[]) => {
    const paths: string[] = [];
    const transport: CloudTransport = async ({ method, path }) => {
      paths.push(`${method} ${path}`);
      const next = answers.shift() ?? 500;
      if (next instanceof Error) throw next;
      const [status, body] = typeof next === "number" ? [next, {}] : next;
      return { status, header: () => undefined, body: JSON.stringify(body) };
    };
    return { api: new CloudApi("x.googleapis.com", { transport, pause: async () => {} }), paths };
  };

  test("GIVEN troubles that pass THEN it is asked again; GIVEN others THEN not", async () => {
    const { api, paths } = answering(503, new Error("fetch failed"), 429, [200, { a: 1 }]);
    expect(await api.get("/v1/a")).toEqual({ a: 1 });
    expect(paths).toHaveLength(4);
    const refused = answering([403, { error: { message: "Permission denied" } }]);
    await expect(refused.api.get("/v1/a")).rejects.toThrow(
      "read https://x.googleapis.com/v1/a: 403 Permission denied",
    );
    await expect(answering().api.get("/v1/a")).rejects.toThrow("500");
    expect(await answering(404).api.get("/v1/a")).toBeUndefined();
  });

  test("GIVEN a delete that takes its time THEN its end is waited for, and its failure told", async () => {
    const operation = { name: "apps/a/operations/1", done: false };
    const { api, paths } = answering([200, operation], [200, operation], [200, { ...operation, done: true }]);
    expect(await api.remove("/v1/a")).toBe(true);
    expect(paths).toEqual(["DELETE /v1/a", "GET /v1/apps/a/operations/1", "GET /v1/apps/a/operations/1"]);
    const failing = answering(
      [200, operation],
      [200, { ...operation, done: true, error: { code: 9, message: "In use" } }],
    );
    await expect(failing.api.remove("/v1/a")).rejects.toThrow("delete /v1/a: 9 In use");
  });

  test("GIVEN nothing to delete THEN it says so, unless the first attempt's answer was lost", async () => {
    expect(await answering(404).api.remove("/v1/a")).toBe(false);
    expect(await answering(new Error("reset"), 404).api.remove("/v1/a")).toBe(true);
  });
});
