import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { openStore, type SandboxStore } from "../store/open-store";
import { type StateServer, startStateServer } from "./state-server";

const TOKEN = "the-token";
const AUTHORIZATION = `Basic ${Buffer.from(`sandbox:${TOKEN}`).toString("base64")}`;

let folder: string;
let store: SandboxStore;
let server: StateServer;
const failures: unknown[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gw-state-"));
  store = openStore(folder);
  server = await startStateServer({
    buckets: store.buckets,
    token: TOKEN,
    onError: (error) => failures.push(error),
  });
});

beforeEach(() => store.reset());

afterAll(async () => {
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  expect(failures).toEqual([]);
});

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: () => Record<string, unknown>;
}

function send(
  method: string,
  path: string,
  body: string | Buffer = "",
  headers: { [name: string]: string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: server.port, method, path };
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(
      { ...options, headers: { authorization: AUTHORIZATION, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode = 0, headers: received } = response;
          resolve({ status: statusCode, headers: received, text, json: () => JSON.parse(text) });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const upload = (name: string, content: string, query = "", bucket = "states"): Promise<Reply> =>
  send(
    "POST",
    `/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${encodeURIComponent(name)}${query}`,
    content,
  );

const object = (name: string): string => `/storage/v1/b/states/o/${encodeURIComponent(name)}`;

describe("an object", () => {
  test("has metadata and checksums as Google computes them", async () => {
    // GIVEN the check value of CRC-32C is e3069283
    const uploaded = (await upload("a/b c.tfstate", "123456789")).json();
    // WHEN
    const found = (await send("GET", object("a/b c.tfstate"))).json();
    // THEN
    expect(found).toEqual(uploaded);
    expect(found).toMatchObject({
      kind: "storage#object",
      bucket: "states",
      name: "a/b c.tfstate",
      size: "9",
      metageneration: "1",
      crc32c: "4waSgw==",
      md5Hash: "JfnnlDI7RTiF9RgfG2JNCw==",
    });
    expect(found.id).toBe(`states/a/b c.tfstate/${found.generation}`);
  });

  test("is downloaded by both APIs, whole or in part", async () => {
    const { generation } = (await upload("a/b", "0123456789")).json();
    for (const path of ["/states/a/b", `${object("a/b")}?alt=media`, `/download${object("a/b")}?alt=media`]) {
      const whole = await send("GET", path);
      expect([whole.status, whole.text, whole.headers["x-goog-generation"]]).toEqual([
        200,
        "0123456789",
        generation,
      ]);
      expect(whole.headers["x-goog-hash"]).toMatch(/^crc32c=KAwGng==,md5=/);
      const part = await send("GET", path, "", { range: "bytes=2-4" });
      expect([part.status, part.text, part.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"]);
      expect((await send("GET", path, "", { range: "bytes=-3" })).text).toBe("789");
      expect((await send("GET", path, "", { range: "bytes=10-" })).status).toBe(416);
    }
    const head = await send("HEAD", "/states/a/b");
    expect([head.status, head.text, head.headers["content-length"]]).toEqual([200, "", "10"]);
  });

  test("gets metadata by multipart upload, PATCH and PUT", async () => {
    // GIVEN
    const body =
      '--=x=\r\nContent-Type: application/json\r\n\r\n{"name":"m","metadata":{"a":"1"},"cacheControl":"no-store"}' +
      "\r\n--=x=\r\ncontent-type: text/plain\r\n\r\nline 1\r\n--=x\r\n\r\n--=x=--\r\n";
    const type = 'multipart/related; boundary="=x="';
    const sent = await send("POST", "/upload/storage/v1/b/states/o?uploadType=multipart", body, {
      "content-type": type,
    });
    expect(sent.json()).toMatchObject({
      name: "m",
      contentType: "text/plain",
      metadata: { a: "1" },
      size: "14",
    });
    // WHEN
    await send("PATCH", object("m"), '{"metadata":{"b":"2"},"cacheControl":null}');
    // THEN
    const patched = (await send("GET", object("m"))).json();
    expect(patched).toMatchObject({
      metadata: { a: "1", b: "2" },
      metageneration: "2",
      contentType: "text/plain",
    });
    expect(patched.cacheControl).toBeUndefined();
    expect((await send("PUT", object("m"), "{}")).json()).toMatchObject({ metageneration: "3" });
    expect((await send("GET", object("m"))).json().metadata).toBeUndefined();
  });

  test("is rejected when it arrives damaged", async () => {
    const body = '--b\r\n\r\n{"name":"m","md5Hash":"AAAA"}\r\n--b\r\n\r\ncontent\r\n--b--';
    const type = "multipart/related; boundary=b";
    const reply = await send("POST", "/upload/storage/v1/b/states/o?uploadType=multipart", body, {
      "content-type": type,
    });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining("md5Hash doesn't match")]);
    expect((await send("GET", object("m"))).status).toBe(404);
  });
});

describe("preconditions", () => {
  test("let one of many writers make the object", async () => {
    const replies = await Promise.all(
      [..."abcdef"].map((text) => upload("lock", text, "&ifGenerationMatch=0")),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    const refused = replies.find((reply) => reply.status === 412);
    expect(refused?.json()).toMatchObject({ error: { code: 412, errors: [{ reason: "conditionNotMet" }] } });
  });

  test("hold for reads, changes and copies", async () => {
    const { generation } = (await upload("a", "1")).json();
    const other = String(BigInt(String(generation)) - 1n);
    const status = async (method: string, path: string, body = ""): Promise<number> =>
      (await send(method, path, body)).status;
    expect(await status("GET", `${object("a")}?ifGenerationMatch=${other}`)).toBe(412);
    expect(await status("GET", `${object("a")}?ifGenerationNotMatch=${generation}`)).toBe(304);
    expect(await status("GET", `${object("a")}?ifMetagenerationNotMatch=1`)).toBe(304);
    expect(await status("PATCH", `${object("a")}?ifMetagenerationMatch=2`, "{}")).toBe(412);
    expect(await status("POST", `${object("a")}/copyTo/b/states/o/b?ifSourceGenerationMatch=${other}`)).toBe(
      412,
    );
    expect(await status("POST", `${object("a")}/copyTo/b/states/o/a?ifGenerationMatch=0`)).toBe(412);
    expect(await status("DELETE", `${object("a")}?ifGenerationMatch=${other}`)).toBe(412);
    expect(await status("DELETE", `${object("a")}?ifGenerationMatch=x`)).toBe(400);
    expect(await status("DELETE", `${object("a")}?ifGenerationMatch=${generation}`)).toBe(204);
    expect(await status("DELETE", object("a"))).toBe(404);
    const xml = await send("GET", "/states/a");
    expect([xml.status, xml.text]).toEqual([404, expect.stringContaining("<Code>NoSuchKey</Code>")]);
  });
});

test("a call that the client repeats because its answer got lost is answered as the first time", async () => {
  const call = (id: string, attempt: number) => ({
    "x-goog-api-client": `gccl-invocation-id/${id} gccl-attempt-count/${attempt} gl-go/1.23.3 gccl/1.30.1`,
  });
  const path = "/upload/storage/v1/b/states/o?uploadType=media&name=lock&ifGenerationMatch=0";
  const first = await send("POST", path, "mine", call("one", 1));
  expect((await send("POST", path, "mine", call("one", 2))).json()).toEqual(first.json());
  expect((await send("POST", path, "theirs", call("two", 1))).status).toBe(412);

  const unlock = `${object("lock")}?ifGenerationMatch=${first.json().generation}`;
  expect((await send("DELETE", unlock, "", call("three", 1))).status).toBe(204);
  expect((await send("DELETE", unlock, "", call("three", 2))).status).toBe(204);
  expect((await send("DELETE", unlock, "", call("four", 1))).status).toBe(404);
});

test("older versions stay, can be read, and can be made the live one again", async () => {
  // GIVEN a state that was overwritten and deleted
  const first = (await upload("state", "one")).json();
  await upload("state", "two");
  await send("DELETE", object("state"));
  expect((await send("GET", object("state"))).status).toBe(404);
  // WHEN
  const versions = (await send("GET", "/storage/v1/b/states/o?versions=true")).json().items as {
    size: string;
  }[];
  const back = await send(
    "POST",
    `${object("state")}/rewriteTo/b/states/o/state?sourceGeneration=${first.generation}`,
  );
  // THEN
  expect(versions).toHaveLength(2);
  expect(back.json()).toMatchObject({ kind: "storage#rewriteResponse", done: true, objectSize: "3" });
  expect((await send("GET", "/states/state")).text).toBe("one");
  expect((await send("GET", `${object("state")}?alt=media&generation=${first.generation}`)).text).toBe("one");
  // AND a version named by its generation is deleted for good
  expect((await send("DELETE", `${object("state")}?generation=${first.generation}`)).status).toBe(204);
  expect((await send("GET", `${object("state")}?generation=${first.generation}`)).status).toBe(404);
});

test("a resumable upload arrives in chunks, survives lost answers, and honours the Go client's wish", async () => {
  // GIVEN
  const started = await send(
    "POST",
    "/upload/storage/v1/b/states/o?uploadType=resumable&name=big&ifGenerationMatch=0",
    '{"contentType":"text/plain"}',
  );
  const session = new URL(String(started.headers.location));
  const put = (body: string, range: string, headers = {}): Promise<Reply> =>
    send("PUT", session.pathname + session.search, body, {
      "content-range": range,
      authorization: "",
      ...headers,
    });
  // WHEN
  const first = await put("01234", "bytes 0-4/*");
  const again = await put("34567", "bytes 3-7/*", { "x-guploader-no-308": "yes" });
  const asked = await put("", "bytes */*");
  const gap = await put("z", "bytes 9-9/10");
  const last = await put("89", "bytes 8-9/10");
  const repeated = await put("89", "bytes 8-9/10");
  // THEN
  expect([first.status, first.headers.range]).toEqual([308, "bytes=0-4"]);
  expect([again.status, again.headers["x-http-status-code-override"]]).toEqual([200, "308"]);
  for (const reply of [again, asked, gap]) expect(reply.headers.range).toBe("bytes=0-7");
  expect(last.json()).toMatchObject({ name: "big", size: "10", contentType: "text/plain" });
  expect(repeated.json()).toEqual(last.json());
  expect((await send("GET", "/states/big")).text).toBe("0123456789");
});

test("listing by folders, with pages of any size, gives what one page gives", async () => {
  const names = ["a", "a/", "a/1", "a/2/x", "ab", "b/1", "z/ö", "ä", "𝒳"];
  for (const name of names) await upload(name, "");
  type Page = { items?: { name: string }[]; prefixes?: string[]; nextPageToken?: string };
  const list = async (query: string): Promise<Page> =>
    (await send("GET", `/storage/v1/b/states/o?${query}`)).json();
  expect((await list("")).items?.map((item) => item.name)).toEqual(names);
  const folders = await list("delimiter=/");
  expect([folders.items?.map((item) => item.name), folders.prefixes]).toEqual([
    ["a", "ab", "ä", "𝒳"],
    ["a/", "b/", "z/"],
  ]);
  expect((await list("prefix=a/&delimiter=/&includeTrailingDelimiter=true")).items).toMatchObject([
    { name: "a/" },
    { name: "a/1" },
  ]);
  expect((await list("startOffset=ab&endOffset=z")).items?.map((item) => item.name)).toEqual(["ab", "b/1"]);

  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom("", "/", "a"),
      fc.constantFrom("", "a", "z/"),
      async (maxResults, delimiter, prefix) => {
        const query = `delimiter=${delimiter}&prefix=${prefix}`;
        const whole = await list(query);
        const pages: Page[] = [];
        let token: string | undefined = "";
        while (token !== undefined) {
          const page: Page = await list(`${query}&maxResults=${maxResults}&pageToken=${token}`);
          pages.push(page);
          token = page.nextPageToken;
        }
        expect(pages.flatMap((page) => page.items)).toEqual(whole.items);
        expect(pages.flatMap((page) => page.prefixes)).toEqual(whole.prefixes);
      },
    ),
    { numRuns: 25 },
  );
});

test("any bucket exists, and one with objects can't be deleted", async () => {
  expect((await send("GET", "/storage/v1/b/never-made")).json()).toMatchObject({ name: "never-made" });
  expect((await send("GET", "/storage/v1/b/never-made/o")).json()).toEqual({
    kind: "storage#objects",
    items: [],
    prefixes: [],
  });
  await upload("a", "1");
  expect((await send("GET", "/storage/v1/b")).json().items).toMatchObject([{ name: "states" }]);
  expect((await send("DELETE", "/storage/v1/b/states")).status).toBe(409);
});

describe("who may ask", () => {
  test("only those who know the token; downloads and chunks can't carry it", async () => {
    await upload("a", "1");
    for (const authorization of ["", "Basic eDp5", "Bearer the-token"]) {
      const reply = await send("GET", object("a"), "", { authorization });
      expect([reply.status, reply.text]).toEqual([401, expect.stringContaining("required")]);
      expect((await send("GET", "/states/a", "", { authorization })).text).toBe("1");
    }
  });

  test("no web page, neither by its origin nor by a name that leads here", async () => {
    expect((await send("GET", "/states/a", "", { origin: "https://example.org" })).status).toBe(403);
    expect((await send("GET", "/states/a", "", { host: "rebound.example.org" })).status).toBe(403);
  });
});

describe("bad requests", () => {
  test.each([
    ["GET", "/", 404],
    ["GET", "/storage/v1/nonsense", 404],
    ["GET", "/storage/v1/b/UPPER/o", 400],
    ["GET", "/storage/v1/b/states/o/%zz", 400],
    ["GET", "/storage/v1/b/states/o/a%00b", 400],
    ["GET", "/storage/v1/b/states/o?maxResults=-1", 400],
    ["POST", "/storage/v1/b/states/o/a", 405],
    ["POST", "/upload/storage/v1/b/states/o?name=a", 400],
    ["POST", "/upload/storage/v1/b/states/o?uploadType=media", 400],
    ["POST", "/upload/storage/v1/b/states/o?uploadType=multipart", 400],
    ["PUT", "/upload/storage/v1/b/states/o?uploadType=resumable&upload_id=none", 404],
  ])("%s %s is answered with %i", async (method, path, status) => {
    const reply = await send(method, path, "rubbish");
    expect(reply.status).toBe(status);
    if (path.includes("storage/v1")) expect(reply.json()).toMatchObject({ error: { code: status } });
  });

  test("whatever comes, an answer goes back and the server lives on", async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "storage",
        "v1",
        "b",
        "o",
        "upload",
        "states",
        "%2F",
        "%",
        "?",
        "&",
        "=",
        "//",
        "uploadType",
      ),
      fc.constantFrom(
        "multipart",
        "media",
        "resumable",
        "upload_id=x",
        "alt=media",
        "generation=1",
        "name=n",
      ),
      fc.string({ maxLength: 5 }).map((text) => encodeURIComponent(text)),
    );
    const header = fc.constantFrom(
      "bytes 0-1/*",
      "bytes */9",
      "multipart/related; boundary=b",
      "text/plain",
      "bytes=9-1",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"),
        fc.array(piece, { maxLength: 9 }),
        fc.oneof(fc.constant("--b\r\n\r\n{}\r\n--b\r\n"), fc.string(), fc.json()),
        header,
        async (method, pieces, body, value) => {
          const reply = await send(method, `/${pieces.join("/")}`, body, {
            "content-type": value,
            "content-range": value,
          });
          expect(reply.status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("bytes that are no HTTP end only their own connection", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.end(Buffer.from([0, 255, 22, 3, 1, 13, 10, 13, 10]));
    await new Promise((resolve) => socket.on("close", resolve).resume());
    expect((await send("GET", "/storage/v1/b/states")).status).toBe(200);
  });
});
