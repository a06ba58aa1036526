import type { IncomingMessage } from "node:http";
import { HostedSites } from "../hosting-serve/serve";
import { StorageError } from "../state-server/answer";
import { type Answering, checkLocal, readBody } from "../state-server/state-server";
import { HostingApi, type HostingApiOptions } from "./hosting-api";

/**
 * Firebase Hosting on the sandbox's port: its API for programs with the token, released content for every browser.
 *
 * The Firebase CLI sends no credentials over plain HTTP, so an address that begins with `/~TOKEN` is let in too.
 */
export function hostingOverHttp(
  options: HostingApiOptions,
): (message: IncomingMessage, port: number) => Answering | undefined {
  const api = new HostingApi(options);
  const sites = new HostedSites(options.store);
  return (message, port) => {
    const label = sites.labelOf(message.headers.host, port);
    if (label !== undefined) return (_message, response) => sites.serve(label, message, response);
    const [path = ""] = (message.url ?? "").split("?");
    const key = options.token === undefined ? undefined : `/~${options.token}`;
    const knows = key !== undefined && path.startsWith(`${key}/`);
    const plain = knows ? path.slice(key.length) : path;
    if (!api.answers(plain)) return undefined;
    const origin = `http://127.0.0.1:${port}${knows ? key : ""}`;
    const bearer = knows ? `Bearer ${options.token}` : undefined;
    return answering(api, { port, path: plain, origin, bearer });
  };
}

interface Call {
  port: number;
  path: string;
  origin: string;
  /** What the address itself proved. */
  bearer: string | undefined;
}

function answering(api: HostingApi, { port, path, origin, bearer }: Call): Answering {
  return async (message, response) => {
    const [, query = ""] = (message.url ?? "").split(/\?(.*)/s);
    let answer: Awaited<ReturnType<HostingApi["answer"]>>;
    try {
      const body = await readBody(message);
      checkLocal(message, port);
      answer = await api.answer({
        method: message.method ?? "GET",
        path,
        parameters: new URLSearchParams(query),
        authorization: bearer ?? message.headers.authorization,
        body,
        origin,
        port,
      });
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      answer = { status: error.status, body: { error: { code: error.status, message: error.message } } };
    }
    if (answer.lost) {
      message.socket.destroy();
      return;
    }
    const body = Buffer.from(JSON.stringify(answer.body));
    response.writeHead(answer.status, {
      "content-type": "application/json; charset=UTF-8",
      "content-length": body.length,
    });
    response.end(body);
  };
}
