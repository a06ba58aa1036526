import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "@groundwork/user-error";
import type { ControlError, LeaseAnswer, LeaseRequest } from "./control-api";

/** The sandbox that was asked is dead or about to end; the next one may be asked. */
export class NotThere extends Error {}

/** Requests are answered in milliseconds; a machine that is busy, or a large store, may need far longer. */
const PATIENCE_MS = 30_000;

/**
 * Sends one request to a control socket and returns the JSON of its answer.
 *
 * @throws {NotThere} when nobody is there to answer any more
 */
export async function control(
  socketPath: string,
  method: string,
  path: string,
  body: unknown = {},
  patienceMs = PATIENCE_MS,
): Promise<unknown> {
  const { answer } = await send(socketPath, method, path, body, patienceMs);
  const text = await readAll(answer);
  if (answer.statusCode !== 200) throw errorOf(answer.statusCode, text);
  return JSON.parse(text);
}

/** A lease as the client holds it: an answer that doesn't end. */
export interface HeldLease {
  answer: LeaseAnswer;
  /** Resolves when the connection is gone: "ended" when the sandbox said so before, "broken" when it was killed. */
  closed: Promise<"ended" | "broken">;
  /** Waits for that, so long at most. */
  untilClosed(patienceMs: number): Promise<void>;
  drop(): void;
}

export async function holdLease(socketPath: string, body: LeaseRequest): Promise<HeldLease> {
  const { answer, sent } = await send(socketPath, "POST", "/leases", body);
  if (answer.statusCode !== 200) throw errorOf(answer.statusCode, await readAll(answer));
  // "aborted", when the sandbox is killed; `closed` says it.
  answer.on("error", () => {});
  let text = "";
  let complete = (): void => {};
  const firstLine = new Promise<void>((resolve) => {
    complete = resolve;
  });
  answer.on("data", (chunk: Buffer) => {
    text += chunk;
    if (text.includes("\n")) complete();
  });
  const closed = new Promise<"ended" | "broken">((resolve) => {
    // A second line is the farewell.
    answer.once("close", () => resolve(/\n./.test(text) ? "ended" : "broken"));
  });
  await Promise.race([firstLine, closed]);
  const [line = ""] = text.split("\n");
  if (!text.includes("\n")) throw new NotThere("the connection closed");
  sent.setTimeout(0);
  // A client that is done ends, whether it remembered to release its lease or not.
  answer.socket.unref();
  return {
    answer: JSON.parse(line),
    closed,
    async untilClosed(patienceMs) {
      answer.socket.ref();
      const patience = new AbortController();
      const { signal } = patience;
      await Promise.race([closed, wait(patienceMs, undefined, { signal }).catch(() => {})]);
      patience.abort();
    },
    drop: () => sent.destroy(),
  };
}

function send(
  socketPath: string,
  method: string,
  path: string,
  body: unknown,
  patienceMs = PATIENCE_MS,
): Promise<{ answer: IncomingMessage; sent: ClientRequest }> {
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, agent: false }, (answer) =>
      resolve({ answer, sent }),
    );
    sent.setTimeout(patienceMs, () => {
      const seconds = patienceMs / 1_000;
      sent.destroy(new Error(`The sandbox does not answer for ${seconds} s; was its process stopped?`));
    });
    sent.once("error", (error: NodeJS.ErrnoException) => {
      const gone = ["ECONNREFUSED", "ENOENT", "ECONNRESET", "EPIPE", "ENOTSOCK", "EINVAL"].includes(
        error.code ?? "",
      );
      reject(gone ? new NotThere(error.message) : error);
    });
    sent.end(text);
  });
}

function errorOf(status: number | undefined, text: string): Error {
  if (status === 503) return new NotThere(text);
  return errorFromControl(text, `status ${status}`);
}

/** An error that the daemon described, as the error it was there. */
export function errorFromControl(text: string, otherwise: string): Error {
  let described: Partial<ControlError> = {};
  try {
    described = JSON.parse(text);
  } catch {
    // Not from our daemon.
  }
  const { error } = described;
  if (error === undefined)
    return new Error(`The sandbox answered strangely: ${otherwise}: ${text.slice(0, 200)}`);
  return error.user
    ? new UserError(error.headline, error.problems)
    : new Error(`The sandbox failed: ${error.headline}`);
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch (error) {
    throw new NotThere(String(error));
  }
  return Buffer.concat(chunks).toString();
}
