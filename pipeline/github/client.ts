import { UserError } from "@groundwork/user-error";
import type { Octokit } from "@octokit/core";
import type { PaginateInterface } from "@octokit/plugin-paginate-rest";
import { RunFailed } from "../run-failed";

/** Octokit with pages, repetitions and respect for rate limits. */
export type GitHubClient = Octokit & { paginate: PaginateInterface };

/** A repository on GitHub, and the way to it. */
export interface GitHub {
  client: GitHubClient;
  owner: string;
  repo: string;
}

export interface GitHubOptions {
  /** Hears when GitHub makes us wait. @default - nobody does */
  onWait?: (text: string) => void;
  /** Milliseconds per second that GitHub asks to wait, and between two writes. @default 1000 */
  second?: number;
}

/** A request of ours is repeated so often, whether GitHub failed or asked to wait. */
const repetitions = 4;

/**
 * The repository that a workflow of GitHub runs for.
 *
 * @param env `GITHUB_REPOSITORY`, `GITHUB_TOKEN`, and `GITHUB_API_URL` for a server of one's own
 * @throws UserError when one of them is missing
 */
export async function openGitHub(env: NodeJS.ProcessEnv, options: GitHubOptions = {}): Promise<GitHub> {
  const { GITHUB_REPOSITORY: name, GITHUB_TOKEN: token, GITHUB_API_URL: baseUrl } = env;
  const [, owner, repo] = /^([^/\s]+)\/([^/\s]+)$/.exec(name ?? "") ?? [];
  const problems = [
    ...(owner && repo
      ? []
      : [{ field: "GITHUB_REPOSITORY", found: name || "nothing", expected: "OWNER/NAME" }]),
    ...(token
      ? []
      : [{ field: "GITHUB_TOKEN", found: "nothing", expected: "a token that may write to its issues" }]),
  ];
  if (!owner || !repo || !token) throw new UserError("GitHub can't be reached.", problems);
  return { client: await connect(token, baseUrl, options), owner, repo };
}

/** Whether GitHub, or the server in its place, says anything at all. Asked once, and for some seconds at most. */
export async function answers({ GITHUB_API_URL: address }: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await fetch(address || "https://api.github.com", { method: "HEAD", signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
}

/** Loaded when it is needed: it is published as ES modules, and most commands never ask GitHub. */
async function connect(
  token: string,
  baseUrl: string | undefined,
  { onWait = () => {}, second = 1_000 }: GitHubOptions,
): Promise<GitHubClient> {
  const [{ Octokit: Core }, { retry }, { throttling }, { paginateRest }, { default: Bottleneck }] =
    await Promise.all([
      import("@octokit/core"),
      import("@octokit/plugin-retry"),
      import("@octokit/plugin-throttling"),
      import("@octokit/plugin-paginate-rest"),
      import("bottleneck"),
    ]);
  const limited =
    (kind: string) =>
    (seconds: number, request: { method?: string; url?: string }, _: unknown, count: number) => {
      onWait(`GitHub's ${kind} is reached (${request.method} ${request.url}): waiting ${seconds} s.`);
      return count < repetitions;
    };
  const Client = Core.plugin(retry, throttling, paginateRest);
  return new Client({
    auth: token,
    ...(baseUrl ? { baseUrl } : {}),
    userAgent: "groundwork",
    retry: { retries: repetitions, retryAfterBaseValue: second },
    throttle: {
      retryAfterBaseValue: second,
      // As the plugin has them, in our seconds.
      write: new Bottleneck.Group({ maxConcurrent: 1, minTime: second }),
      notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: 3 * second }),
      onRateLimit: limited("rate limit"),
      onSecondaryRateLimit: limited("secondary rate limit"),
    },
  });
}

/** The status of an answer of GitHub that is an error; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const { name, status } = error as { name?: string; status?: number };
  return name === "HttpError" ? status : undefined;
}

/**
 * An error of GitHub in words that tell what to do.
 *
 * @param what was tried: `comment on pull request 12`
 * @param permission that the token needs for it: `pull-requests: write`
 */
export function explained(error: unknown, what: string, permission: string): unknown {
  const reasons: { [status: number]: string } = {
    401: "the token is not valid (any more)",
    403: `the token may not; it needs the permission "${permission}", which a workflow of a fork never has`,
    404: "there is none, or the token may not see it",
    410: "issues are disabled in this repository",
  };
  const status = statusOf(error);
  if (status === undefined) return error;
  const { message } = error as Error;
  const reason = reasons[status];
  return new RunFailed(
    `GitHub refused to ${what}: ${status}${reason ? `, ${reason}` : ""}. It says: ${message}`,
  );
}
