import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { googleIdToken } from "./id-token";

const account = "preview-databases@hazelwick-preview.iam.gserviceaccount.com";

describe("an ID token of an account", () => {
  const heard: { url: string | undefined; authorization: string | undefined; body: unknown }[] = [];
  let google: Server;
  let env: NodeJS.ProcessEnv;
  let status = 200;

  beforeAll(async () => {
    google = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const { authorization } = request.headers;
      heard.push({ url: request.url, authorization, body: JSON.parse(text) });
      response.writeHead(status, { "content-type": "application/json" });
      response.end(
        JSON.stringify(status === 200 ? { token: "shown" } : { error: { message: "getOpenIdToken denied" } }),
      );
    });
    await new Promise<void>((resolve) => google.listen(0, "127.0.0.1", resolve));
    const { port } = google.address() as AddressInfo;
    env = {
      GOOGLE_OAUTH_ACCESS_TOKEN: "terraform",
      GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: `http://127.0.0.1:${port}/v1/`,
    };
  });
  afterAll(() => new Promise((resolve) => google.close(resolve)));

  test("GIVEN Terraform's identity THEN Google is asked for that account's token, for that audience", async () => {
    expect(await googleIdToken(env, { account, audience: "hazelwick.example" })).toBe("shown");
    expect(heard.pop()).toEqual({
      url: `/v1/projects/-/serviceAccounts/${account}:generateIdToken`,
      authorization: "Bearer terraform",
      body: expect.objectContaining({ audience: "hazelwick.example" }),
    });
  });

  test("GIVEN an identity that may not THEN Google's reason is told", async () => {
    status = 403;
    await expect(googleIdToken(env, { account, audience: "a" })).rejects.toThrow("getOpenIdToken denied");
  });

  test("GIVEN a token that somebody got before THEN nobody is asked", async () => {
    heard.length = 0;
    expect(await googleIdToken({ GOOGLE_ID_TOKEN: "given" }, { account, audience: "a" })).toBe("given");
    expect(heard).toEqual([]);
  });
});
