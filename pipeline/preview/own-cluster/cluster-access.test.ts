import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PreviewNames } from "../../../environments/preview-names";
import { CloudApi } from "../clouds/cloud-api";
import { fetched } from "../clouds/transport";
import { previewEnvironment } from "../workshop";
import { clusterAccess } from "./cluster-access";

const address = "mongodb+srv://pr-12.k3x9a.mongodb.net";
const names = new PreviewNames(12);
const users = "/api/atlas/v2/groups/g1/databaseUsers";
const secret = "/v1/projects/hazelwick-preview/secrets/pr-12-cluster";

/** Atlas and Secret Manager, as far as an own cluster needs them: one user, and the values of one secret. */
class Clouds {
  user: { password?: string; scopes?: unknown } | undefined;
  values: string[] = [];
  asked: string[] = [];
  refuses: RegExp | undefined;
  readonly server: Server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const what = `${request.method} ${request.url}`;
    this.asked.push(what);
    const [status, body] = this.refuses?.test(what) ? [403, {}] : this.answer(what, text);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });

  private answer(what: string, text: string): [number, object] {
    const document = () => JSON.parse(text);
    switch (what) {
      case "GET /api/atlas/v2/groups/byName/hazelwick-preview":
        return [200, { id: "g1" }];
      case `GET ${users}/admin/pr_12`:
        return this.user ? [200, {}] : [404, {}];
      case `POST ${users}`:
        if (this.user) return [409, { errorCode: "USER_ALREADY_EXISTS", detail: "there is one" }];
        this.user = document();
        return [201, {}];
      case `PATCH ${users}/admin/pr_12`:
        this.user = { ...this.user, ...document() };
        return [200, {}];
      case `DELETE ${users}/admin/pr_12`: {
        const status = this.user ? 204 : 404;
        this.user = undefined;
        return [status, {}];
      }
      case `POST ${secret}:addVersion`:
        this.values.push(Buffer.from(document().payload.data, "base64").toString());
        return [200, {}];
      case `GET ${secret}/versions/latest:access`: {
        const value = this.values.at(-1);
        return value === undefined
          ? [404, {}]
          : [200, { payload: { data: Buffer.from(value).toString("base64") } }];
      }
      default:
        return [500, {}];
    }
  }
}

describe("the way into a preview's own cluster", () => {
  let clouds: Clouds;
  let origin: string;
  const access = (target: "cloud" | "sandbox" = "cloud") =>
    clusterAccess(
      { target, env: {}, loaded: previewEnvironment() },
      (host) =>
        new CloudApi(host, {
          transport: ({ method, path, body }) =>
            fetched(`${origin}${path}`, {
              method,
              headers: { connection: "close" },
              ...(body === undefined || method === "DELETE" ? {} : { body }),
            }),
          pause: async () => {},
        }),
    );

  beforeEach(async () => {
    clouds = new Clouds();
    await new Promise<void>((resolve) => clouds.server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(clouds.server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => clouds.server.close(resolve)));

  test("GIVEN a new cluster THEN it has a user of its own, whose password is in the secret alone; again changes nothing", async () => {
    const uri = await access().open(names, address);
    const { password, ...user } = clouds.user ?? {};
    expect(user).toMatchObject({
      username: "pr_12",
      databaseName: "admin",
      scopes: [{ name: "pr-12", type: "CLUSTER" }],
    });
    expect(uri).toBe(`mongodb+srv://pr_12:${password}@pr-12.k3x9a.mongodb.net/?authSource=admin`);
    expect(password).toMatch(/^[\w-]{32}$/);
    expect(clouds.values).toEqual([uri]);

    clouds.asked = [];
    expect(await access().open(names, address)).toBe(uri);
    expect(clouds.asked.filter((what) => !what.startsWith("GET "))).toEqual([]);
  });

  test("GIVEN it was killed between user and secret, or the user or the address is another THEN there is a new password", async () => {
    clouds.refuses = /addVersion/;
    await expect(access().open(names, address)).rejects.toThrow("403");
    const lost = clouds.user?.password;
    clouds.refuses = undefined;
    const uri = await access().open(names, address);
    expect(clouds.user?.password).not.toBe(lost);
    expect(uri).toContain(clouds.user?.password);
    await access().close(names);
    expect(await access().open(names, address)).toContain(clouds.user?.password);
    const moved = await access().open(names, "mongodb+srv://pr-12.zzzzz.mongodb.net");
    expect(moved).toContain("@pr-12.zzzzz.mongodb.net/");
    expect(moved).toContain(clouds.user?.password);
  });

  test("WHEN it goes THEN its user goes, and going again finds none", async () => {
    await access().open(names, address);
    expect(await access().close(names)).toBe(true);
    expect(await access().close(names)).toBe(false);
  });

  test("GIVEN the sandbox, where all clusters are one THEN nothing is made", async () => {
    expect(await access("sandbox").open(names, address)).toBeUndefined();
    expect(clouds.asked).toEqual([]);
  });
});
