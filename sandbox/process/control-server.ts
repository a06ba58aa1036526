import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isUserError, UserError } from "@groundwork/user-error";
import type { ControlError } from "./control-api";

/** Requests of the control API are small. */
const LARGEST_BODY = 4 * 1024 * 1024;

export interface ControlRequest {
  body: unknown;
  response: ServerResponse;
}

/**
 * Answers one kind of request with a JSON value. One that writes to the response itself returns {@link ANSWERED}.
 */
export type ControlHandler = (request: ControlRequest) => Promise<unknown> | unknown;

export const ANSWERED = Symbol("the handler has answered");

/** Answered with 503: ask again, another sandbox will be there. */
export class Ending extends Error {}

/** By `METHOD /path`. */
export type ControlHandlers = { [route: string]: ControlHandler };

/**
 * @param handlers asked for at each request; may take its time, and may throw
 * @param onError told about errors that are nobody's mistake but ours
 */
export function createControlServer(
  handlers: () => Promise<ControlHandlers>,
  onError: (error: unknown) => void,
): Server {
  const server = createServer((message, response) => {
    void answer(message, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 0;

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await readJson(message);
      const handler = (await handlers())[`${message.method} ${message.url}`];
      if (handler === undefined) return send(response, 404, failure(false, "unknown request"));
      const value = await handler({ body, response });
      if (value !== ANSWERED) send(response, 200, value ?? {});
    } catch (error) {
      if (response.headersSent) throw error;
      if (isUserError(error)) {
        const [headline = ""] = error.message.split("\n");
        send(response, 400, failure(true, headline, [...error.problems]));
      } else if (error instanceof Ending) {
        send(response, 503, failure(false, "the sandbox is ending"));
      } else {
        onError(error);
        send(
          response,
          500,
          failure(false, error instanceof Error ? (error.stack ?? error.message) : String(error)),
        );
      }
    }
  }
  return server;
}

function failure(user: boolean, headline: string, problems?: UserError["problems"][number][]): ControlError {
  return { error: { user, headline, ...(problems && { problems }) } };
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

async function readJson(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new UserError("The request is too large.");
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new UserError("The request is no JSON.");
  }
}
