import { previewEnd, previewLimits } from "../../../environments/preview-rules";
import { explained, type GitHub, statusOf } from "../../github/client";
import { type Head, recordedPush } from "../../github/pull-request";
import type { PreviewedPullRequest } from "./previewed";

/** What GitHub tells of a pull request, in a list as alone. */
interface Resource extends Head {
  number: number;
  title: string;
  html_url: string;
  state: string;
  user: { login: string } | null;
  labels: { name?: string }[];
  created_at: string;
  base: { repo: { full_name: string } };
  head: Head["head"] & { repo: { full_name?: string } | null };
}

const permission = "pull-requests: read, contents: read";

/**
 * One pull request.
 *
 * @returns undefined when there is none of this number
 * @throws RunFailed when GitHub refuses
 */
export async function readPreviewed(
  github: GitHub,
  number: number,
): Promise<PreviewedPullRequest | undefined> {
  const resource = await unlessUnknown<Resource | undefined>(number, undefined, () => read(github, number));
  return resource && previewed(github, resource);
}

/** What GitHub says to a preview that is asked for. */
export interface PreviewWish {
  /** Why there is none, whoever asks. @default - there may be one */
  unwanted?: string;
  /** ISO 8601, by GitHub's clock: the last push, or when it was reopened. @default - nothing is known */
  activeAt?: string;
}

/**
 * Whether a pull request gets a preview. It gets none when it is over, as when somebody runs its old workflow again, when
 * its code comes from a fork, or when its time is over and nothing has happened since that would give it more.
 *
 * @param at ISO 8601; the moment that counts: now
 * @returns nothing where nobody knows such a pull request
 * @throws RunFailed when GitHub refuses
 */
export async function readWish(github: GitHub, number: number, at: string): Promise<PreviewWish> {
  return unlessUnknown<PreviewWish>(number, {}, async () => {
    const resource = await read(github, number);
    if (resource.state !== "open") {
      return { unwanted: `Pull request #${number} is closed; reopened, it gets a preview.` };
    }
    if (isFromFork(resource)) {
      return { unwanted: `Pull request #${number} comes from a fork, which has no previews.` };
    }
    const pushed = await recordedPush(github, resource);
    // A push of a moment ago may not be in the record yet.
    if (pushed === undefined) return {};
    const activeAt = await lastActivity(github, resource, pushed);
    const end = previewEnd(activeAt, labelsOf(resource));
    return end > at ? { activeAt } : { activeAt, unwanted: whyOver(number, end) };
  });
}

async function read({ client, owner, repo }: GitHub, number: number): Promise<Resource> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo,
    pull_number: number,
  });
  return data;
}

/**
 * Asks GitHub about one pull request.
 *
 * @param unknown the answer when there is none of this number
 * @throws RunFailed when GitHub refuses
 */
async function unlessUnknown<T>(number: number, unknown: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (statusOf(error) === 404) return unknown;
    throw explained(error, `tell of pull request ${number}`, permission);
  }
}

function whyOver(number: number, end: string): string {
  const { longestDays } = previewLimits;
  return `The time of the preview of #${number} was over on ${end.slice(0, 10)}; a push, reopening the pull request or a label such as preview:keep-${longestDays}d brings it back.`;
}

/** Which pull requests are open. */
export interface OpenPullRequests {
  /** Those that were asked for. */
  asked: PreviewedPullRequest[];
  /** Numbers of those from forks, asked for or not. */
  forks: number[];
}

/**
 * Those pull requests that are open, of all that are asked for. One list tells which are open, so that asking for many
 * that are closed costs nothing.
 *
 * @param numbers whose last push is looked up
 * @throws RunFailed when GitHub refuses
 */
export async function readOpenPreviewed(
  github: GitHub,
  numbers: ReadonlySet<number>,
): Promise<OpenPullRequests> {
  const { client, owner, repo } = github;
  try {
    const open = (await client.paginate("GET /repos/{owner}/{repo}/pulls", {
      owner,
      repo,
      state: "open",
      per_page: 100,
    })) as Resource[];
    const wanted = open.filter(({ number }) => numbers.has(number));
    return {
      asked: await Promise.all(wanted.map((resource) => previewed(github, resource))),
      forks: open.filter(isFromFork).map(({ number }) => number),
    };
  } catch (error) {
    throw explained(error, "tell which pull requests are open", permission);
  }
}

async function previewed(github: GitHub, resource: Resource): Promise<PreviewedPullRequest> {
  const { number, title, html_url: url, state, user, head } = resource;
  return {
    number,
    title,
    url,
    owner: user?.login ?? "ghost",
    head: head.sha,
    isOpen: state === "open",
    fromFork: isFromFork(resource),
    labels: labelsOf(resource),
    activeAt:
      state === "open" ? await activeAt(github, resource) : new Date(resource.created_at).toISOString(),
  };
}

/** The pushes of a fork are seen by its owner only. */
function isFromFork({ head, base }: Pick<Resource, "head" | "base">): boolean {
  return head.repo?.full_name !== base.repo.full_name;
}

/**
 * By GitHub's own records: a commit's date, anybody can write; and a comment, such as ours, is no sign of life. When they
 * can't be read, that is an error: a preview that seems to have been left alone would be removed.
 */
async function activeAt(github: GitHub, resource: Resource): Promise<string> {
  const pushed = isFromFork(resource) ? undefined : await recordedPush(github, resource);
  return lastActivity(github, resource, pushed);
}

async function lastActivity(
  { client, owner, repo }: GitHub,
  { number, created_at: createdAt }: Pick<Resource, "number" | "created_at">,
  pushed: string | undefined,
): Promise<string> {
  const events = await client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/events", {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  const reopened = (events as { event: string; created_at: string }[])
    .filter(({ event }) => event === "reopened")
    .map(({ created_at }) => created_at);
  const moments = [createdAt, ...(pushed === undefined ? [] : [pushed]), ...reopened];
  return new Date(Math.max(...moments.map((moment) => Date.parse(moment)))).toISOString();
}

function labelsOf({ labels }: Pick<Resource, "labels">): string[] {
  return labels.flatMap(({ name }) => (name === undefined ? [] : [name]));
}
