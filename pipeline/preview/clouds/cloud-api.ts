import { setTimeout as wait } from "node:timers/promises";
import { isUserError } from "@groundwork/user-error";
import { RunFailed } from "../../run-failed";
import type { CloudAnswer, CloudRequest, CloudTransport } from "./transport";

export interface CloudApiOptions {
  transport: CloudTransport;
  /** Waits before a repetition. @default - as long as asked */
  pause?: (milliseconds: number) => Promise<unknown>;
}

/** An API refused, or couldn't be reached. */
export class CloudRefused extends RunFailed {
  constructor(
    what: string,
    /** HTTP status; undefined when there was no answer. */
    readonly status: number | undefined,
    reason: string,
  ) {
    super(`${what}: ${status === undefined ? "" : `${status} `}${reason}`);
  }
}

const passing = new Set([408, 429, 500, 502, 503, 504]);
const attempts = 5;
/** Milliseconds; doubled each time. */
const firstPause = 250;
const longestPause = 8_000;
/** How often a change that takes its time is looked after. */
const looks = 60;

/** One API of the clouds. Every request may be repeated: who changes something must be able to do it twice. */
export class CloudApi {
  private readonly pause: (milliseconds: number) => Promise<unknown>;

  constructor(
    private readonly host: string,
    private readonly options: CloudApiOptions,
  ) {
    this.pause = options.pause ?? ((milliseconds) => wait(milliseconds));
  }

  /**
   * @returns undefined for 404
   * @throws CloudRefused
   */
  async get(path: string, headers?: CloudRequest["headers"]): Promise<unknown> {
    const { answer } = await this.send({ method: "GET", path, headers });
    return answer.status === 404 ? undefined : JSON.parse(answer.body);
  }

  /**
   * Makes or changes something.
   *
   * @returns what the API answers
   * @throws CloudRefused
   */
  async change(
    method: "POST" | "PATCH",
    path: string,
    document: object,
    headers: CloudRequest["headers"] = { "content-type": "application/json" },
  ): Promise<unknown> {
    const { answer } = await this.send({ method, path, headers, body: JSON.stringify(document) });
    if (answer.status !== 404) return JSON.parse(answer.body || "{}");
    throw new CloudRefused(`write https://${this.host}${path}`, 404, messageOf(answer.body));
  }

  /**
   * Deletes, and waits for the end of it where the API answers with an operation of Google's.
   *
   * @returns whether there was something to delete
   * @throws CloudRefused
   */
  async remove(path: string, headers?: CloudRequest["headers"]): Promise<boolean> {
    const { answer, attempts: made } = await this.send({ method: "DELETE", path, headers });
    // On a repetition it is gone because the first attempt deleted it.
    if (answer.status === 404) return made > 1;
    if (answer.body.trim() !== "") await this.finished(JSON.parse(answer.body), path);
    return true;
  }

  /** https://cloud.google.com/apis/design/design_patterns#long_running_operations */
  private async finished(told: Operation, path: string): Promise<void> {
    const operation = /\/operations\//.test(told.name ?? "") ? told.name : undefined;
    for (let look = 1, now = told; operation !== undefined; look++) {
      if (now.error) throw new CloudRefused(`delete ${path}`, now.error.code, now.error.message ?? "failed");
      if (now.done) return;
      if (look > looks) throw new CloudRefused(`delete ${path}`, undefined, "it takes too long");
      if (look > 1) await this.pause(Math.min(firstPause * 2 ** (look - 2), longestPause));
      now = (await this.get(`/v1/${operation}`)) as Operation;
    }
  }

  /** @returns an answer of 2xx or 404 */
  private async send(
    request: Omit<CloudRequest, "host" | "headers"> & { headers: CloudRequest["headers"] },
  ): Promise<{ answer: CloudAnswer; attempts: number }> {
    const { method, path, headers = {}, body } = request;
    const verb = { GET: "read", DELETE: "delete", POST: "write", PATCH: "write" }[method];
    const what = `${verb} https://${this.host}${path.replace(/\?.*/, "")}`;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.options
        .transport({ method, host: this.host, path, headers, ...(body === undefined ? {} : { body }) })
        .catch((error: unknown) => reasonOf(error));
      const failed = typeof outcome === "string";
      if (!failed && (outcome.status < 300 || outcome.status === 404)) {
        return { answer: outcome, attempts: attempt };
      }
      if (attempt === attempts || (!failed && !passing.has(outcome.status))) {
        throw failed
          ? new CloudRefused(what, undefined, `no answer (${outcome})`)
          : new CloudRefused(what, outcome.status, messageOf(outcome.body));
      }
      const asked = failed ? 0 : Number(outcome.header("retry-after")) * 1_000;
      await this.pause(Math.min(asked > 0 ? asked : firstPause * 2 ** (attempt - 1), longestPause));
    }
  }
}

interface Operation {
  name?: string;
  done?: boolean;
  error?: { code?: number; message?: string };
}

/** Google says `{ error: { message } }`, Atlas `{ detail }`. */
function messageOf(body: string): string {
  try {
    const told = JSON.parse(body) as { error?: { message?: string }; detail?: string };
    const message = told.error?.message ?? told.detail;
    if (message) return message;
  } catch {
    // Not every refusal comes from the API itself; proxies answer in HTML.
  }
  return (
    body
      .replace(/<[^>]*>/g, " ")
      .trim()
      .slice(0, 200) || "no reason given"
  );
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (isUserError(error)) throw error;
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
