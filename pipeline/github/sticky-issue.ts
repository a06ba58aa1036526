import { ownAuthorship } from "./author";
import { explained, type GitHub, statusOf } from "./client";
import { markedBody, readMark } from "./marked";

/** An issue that opens, changes and closes by itself. */
export interface StickyIssue {
  /** What it is about; there is at most one open issue per topic: `drift dev-data`. */
  topic: string;
  title: string;
  /** Markdown. */
  body: string;
}

export interface IssueChange {
  topic: string;
  result: "opened" | "updated" | "unchanged" | "closed";
  number: number;
  url: string;
}

interface OpenIssue {
  number: number;
  url: string;
  title: string;
  body: string;
}

const permission = "issues: write";

/**
 * Brings the open issues in line with what is wrong now.
 *
 * @param label that all of them carry, and by which they are found
 * @param wanted what is wrong
 * @param settled topics that are in order again, and why: their issues are closed with these words
 * @throws RunFailed when GitHub refuses, and when issues are disabled
 */
export async function syncStickyIssues(
  github: GitHub,
  label: string,
  wanted: readonly StickyIssue[],
  settled: ReadonlyMap<string, string>,
): Promise<IssueChange[]> {
  try {
    const open = await openIssues(github, label);
    const changes: IssueChange[] = [];
    for (const issue of wanted) {
      const [first, ...others] = open.get(issue.topic) ?? [];
      changes.push(first ? await update(github, first, issue) : await create(github, label, issue));
      for (const other of others) {
        changes.push(await close(github, other, issue.topic, `The same as #${first?.number}.`));
      }
    }
    for (const [topic, words] of settled) {
      for (const issue of open.get(topic) ?? []) changes.push(await close(github, issue, topic, words));
    }
    return changes;
  } catch (error) {
    throw explained(error, `write issues with the label "${label}"`, permission);
  }
}

async function openIssues(github: GitHub, label: string): Promise<Map<string, OpenIssue[]>> {
  const { client, owner, repo } = github;
  const [isOurs, all] = await Promise.all([
    ownAuthorship(github),
    client.paginate("GET /repos/{owner}/{repo}/issues", {
      owner,
      repo,
      labels: label,
      state: "open",
      direction: "asc",
      per_page: 100,
    }),
  ]);
  const found = new Map<string, OpenIssue[]>();
  for (const { number, html_url: url, title, body, user, pull_request: pullRequest } of all) {
    const topic = readMark(body)?.topic;
    if (topic === undefined || pullRequest || !isOurs(user)) continue;
    found.set(topic, [...(found.get(topic) ?? []), { number, url, title, body: body ?? "" }]);
  }
  return found;
}

async function create(
  { client, owner, repo }: GitHub,
  label: string,
  { topic, title, body }: StickyIssue,
): Promise<IssueChange> {
  const { data } = await client.request("POST /repos/{owner}/{repo}/issues", {
    owner,
    repo,
    title,
    body: markedBody({ topic }, body),
    labels: [label],
  });
  return { topic, result: "opened", number: data.number, url: data.html_url };
}

async function update(
  { client, owner, repo }: GitHub,
  open: OpenIssue,
  { topic, title, body }: StickyIssue,
): Promise<IssueChange> {
  const { number, url } = open;
  const text = markedBody({ topic }, body);
  if (open.title === title && open.body === text) return { topic, result: "unchanged", number, url };
  await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number: number,
    title,
    body: text,
  });
  return { topic, result: "updated", number, url };
}

async function close(
  { client, owner, repo }: GitHub,
  { number, url }: OpenIssue,
  topic: string,
  words: string,
): Promise<IssueChange> {
  const where = { owner, repo, issue_number: number };
  try {
    await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...where,
      body: words,
    });
  } catch (error) {
    // A locked issue takes no comments, but can be closed.
    if (statusOf(error) !== 403) throw error;
  }
  await client.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    ...where,
    state: "closed",
    state_reason: "completed",
  });
  return { topic, result: "closed", number, url };
}
