import { ownAuthorship } from "./author";
import { explained, type GitHub, statusOf } from "./client";
import { longestBody, markedBody, readMark, shortened } from "./marked";

export interface StickyComment {
  /** Number of the pull request. */
  pullRequest: number;
  /** What it is about; there is one comment per topic. @default "plan" */
  topic?: string;
  /** Full hash of the commit that the body was made of. */
  sha: string;
  /** Markdown. */
  body: string;
}

export interface Commented {
  result: "created" | "updated" | "unchanged" | "newer there";
  url: string;
  /** Comments of the same topic that were deleted: of runs at the same time, or of former versions. */
  removed: number;
}

interface Found {
  id: number;
  url: string;
  body: string;
  sha: string | undefined;
}

const permission = "pull-requests: write";

/**
 * Writes the one comment of a topic on a pull request: changed in place where there is one. A plan of a commit that is
 * no longer the head is marked as stale, and never replaces the plan of the head.
 *
 * @throws RunFailed when GitHub refuses
 */
export async function writeStickyComment(
  github: GitHub,
  { pullRequest, topic = "plan", sha, body }: StickyComment,
): Promise<Commented> {
  const what = `comment on pull request ${pullRequest}`;
  try {
    const head = await headOf(github, pullRequest);
    const [last, ...others] = (await commentsOf(github, pullRequest, topic)).reverse();
    const removed = await removeAll(github, others);
    if (last && sha !== head && last.sha === head) return { result: "newer there", url: last.url, removed };
    const text = markedBody({ topic, sha }, sha === head ? body : staleBody(topic, body, sha, head));
    if (last?.body === text) return { result: "unchanged", url: last.url, removed };
    const updated = last && (await update(github, last, text));
    if (updated) return { result: "updated", url: updated, removed };
    return { result: "created", url: await create(github, pullRequest, text), removed };
  } catch (error) {
    throw explained(error, what, permission);
  }
}

/**
 * Marks the comment as stale when it was made of another commit than the head: while a new plan is made, nobody takes
 * the old one for it.
 *
 * @returns whether there was one to mark
 */
export async function markStale(github: GitHub, pullRequest: number, topic = "plan"): Promise<boolean> {
  try {
    const head = await headOf(github, pullRequest);
    const last = (await commentsOf(github, pullRequest, topic)).at(-1);
    if (!last || last.sha === undefined || last.sha === head || last.body.includes(staleStart)) return false;
    const [, ...lines] = last.body.split("\n");
    const text = markedBody({ topic, sha: last.sha }, staleBody(topic, lines.join("\n"), last.sha, head));
    return (await update(github, last, text)) !== undefined;
  } catch (error) {
    throw explained(error, `comment on pull request ${pullRequest}`, permission);
  }
}

const staleStart = "> [!WARNING]\n> **Stale.**";

function staleBody(topic: string, body: string, sha: string, head: string): string {
  const notice = `${staleStart} This is the ${topic} of ${sha.slice(0, 12)}; the head is ${head.slice(0, 12)} now.\n\n`;
  // Room for the mark's line as well, so that what is cut is not cut twice.
  return `${notice}${shortened(body, longestBody - notice.length - 200)}`;
}

async function headOf({ client, owner, repo }: GitHub, pullRequest: number): Promise<string> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo,
    pull_number: pullRequest,
  });
  return data.head.sha;
}

/** Ours of this topic, the oldest first. */
async function commentsOf(github: GitHub, pullRequest: number, topic: string): Promise<Found[]> {
  const { client, owner, repo } = github;
  const [isOurs, all] = await Promise.all([
    ownAuthorship(github),
    client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: pullRequest,
      per_page: 100,
    }),
  ]);
  return all.flatMap(({ id, html_url: url, body = "", user }) => {
    const mark = readMark(body);
    return mark?.topic === topic && isOurs(user) ? [{ id, url, body, sha: mark.sha }] : [];
  });
}

/** @returns its address; undefined when somebody has deleted it meanwhile */
async function update(
  { client, owner, repo }: GitHub,
  { id }: Found,
  body: string,
): Promise<string | undefined> {
  try {
    const { data } = await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner,
      repo,
      comment_id: id,
      body,
    });
    return data.html_url;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function create({ client, owner, repo }: GitHub, pullRequest: number, body: string): Promise<string> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner,
    repo,
    issue_number: pullRequest,
    body,
  });
  return data.html_url;
}

async function removeAll({ client, owner, repo }: GitHub, comments: readonly Found[]): Promise<number> {
  for (const { id } of comments) {
    try {
      await client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        owner,
        repo,
        comment_id: id,
      });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return comments.length;
}

function isGone(error: unknown): boolean {
  return [404, 410].includes(statusOf(error) ?? 0);
}
