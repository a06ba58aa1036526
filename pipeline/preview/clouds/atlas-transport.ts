import { createHash, randomBytes } from "node:crypto";
import { UserError } from "@groundwork/user-error";
import { type CloudAnswer, type CloudRequest, type CloudTransport, fetched } from "./transport";

/** Sends a request somewhere: `fetched`. */
type Fetch = (url: string, init: RequestInit) => Promise<CloudAnswer>;

/**
 * The Atlas Administration API, as the identity that the Atlas provider has: an API key (HTTP digest) or an access token.
 * https://www.mongodb.com/docs/atlas/configure-api-access/
 *
 * @throws UserError when neither is set
 */
export function atlasTransport(env: NodeJS.ProcessEnv, send: Fetch = fetched): CloudTransport {
  const publicKey =
    env.MONGODB_ATLAS_PUBLIC_API_KEY || env.MONGODB_ATLAS_PUBLIC_KEY || env.MCLI_PUBLIC_API_KEY;
  const privateKey =
    env.MONGODB_ATLAS_PRIVATE_API_KEY || env.MONGODB_ATLAS_PRIVATE_KEY || env.MCLI_PRIVATE_API_KEY;
  const token = env.MONGODB_ATLAS_ACCESS_TOKEN;
  const url = ({ host, path }: CloudRequest) => `https://${host}${path}`;
  if (token) {
    return (request) =>
      send(url(request), {
        method: request.method,
        headers: { ...request.headers, authorization: `Bearer ${token}` },
        ...bodyOf(request),
      });
  }
  if (!publicKey || !privateKey) {
    throw new UserError("Atlas can't be reached.", [
      {
        field: "MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_KEY",
        found: "nothing",
        expected: "an API key of the preview project, or MONGODB_ATLAS_ACCESS_TOKEN",
      },
    ]);
  }
  return async (request) => {
    const { method, path, headers } = request;
    const first = await send(url(request), { method, headers: { ...headers }, ...bodyOf(request) });
    const challenge = first.status === 401 ? first.header("www-authenticate") : undefined;
    if (challenge === undefined) return first;
    const authorization = digestOf(challenge, { user: publicKey, password: privateKey, method, path });
    return send(url(request), { method, headers: { ...headers, authorization }, ...bodyOf(request) });
  };
}

function bodyOf({ body }: CloudRequest): { body?: string } {
  return body === undefined ? {} : { body };
}

/**
 * The answer to a challenge of HTTP digest access authentication.
 * https://www.rfc-editor.org/rfc/rfc7616
 */
export function digestOf(
  challenge: string,
  { user, password, method, path }: { user: string; password: string; method: string; path: string },
  cnonce = randomBytes(16).toString("hex"),
): string {
  const told = Object.fromEntries(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = "", quoted, bare]) => [
      name.toLowerCase(),
      quoted ?? bare ?? "",
    ]),
  );
  const { realm = "", nonce = "", opaque, algorithm = "MD5" } = told;
  const hash = (text: string) =>
    createHash(/sha-256/i.test(algorithm) ? "sha256" : "md5")
      .update(text)
      .digest("hex");
  const count = "00000001";
  const secret = hash(`${user}:${realm}:${password}`);
  const asked = hash(`${method}:${path}`);
  const response = hash(`${secret}:${nonce}:${count}:${cnonce}:auth:${asked}`);
  const quoted = { username: user, realm, nonce, uri: path, cnonce, response, ...(opaque ? { opaque } : {}) };
  const fields = Object.entries(quoted).map(([name, value]) => `${name}="${value}"`);
  return `Digest ${[...fields, `algorithm=${algorithm}`, "qop=auth", `nc=${count}`].join(", ")}`;
}
