import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export interface HealthOptions {
  stop: AbortSignal;
  /** Milliseconds. @default 180000 - a cold start, and App Engine's own caches */
  patience?: number;
  /** Milliseconds between two requests to one address. @default 1000 */
  pause?: number;
}

/**
 * Waits until every address answers with less than 500: a missing page is an answer too.
 *
 * @returns what doesn't answer, and how it failed last; empty when all do
 */
export async function waitForHealth(
  addresses: readonly string[],
  { stop, patience = 180_000, pause = 1_000 }: HealthOptions,
): Promise<string[]> {
  const end = performance.now() + patience;
  const failures = await Promise.all(addresses.map((address) => waitForOne(address, end, pause, stop)));
  return failures.filter((failure) => failure !== undefined);
}

async function waitForOne(
  address: string,
  end: number,
  pause: number,
  stop: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    const failure = await failureOf(address, stop);
    if (failure === undefined) return undefined;
    if (stop.aborted || performance.now() + pause > end) return `${address}: ${failure}`;
    await wait(pause);
  }
}

async function failureOf(address: string, stop: AbortSignal): Promise<string | undefined> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(30_000)]);
    const status = await statusOf(new URL(address), signal);
    return status < 500 ? undefined : `answered ${status}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
}

/** The sandbox's channels are at hosts that browsers find on this machine, and most resolvers don't find at all. */
async function statusOf(address: URL, signal: AbortSignal): Promise<number> {
  if (!address.hostname.endsWith(".localhost")) {
    const answer = await fetch(address, { redirect: "manual", signal });
    await answer.body?.cancel();
    return answer.status;
  }
  const { host, port, pathname: path } = address;
  const sent = get({ host: "127.0.0.1", port, path, headers: { host }, signal });
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}
