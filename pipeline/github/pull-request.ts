import { explained, type GitHub, statusOf } from "./client";

/** Somebody who said something, and when. */
interface Said {
  /** Login. */
  by: string;
  /** Slugs of those of the asked-for teams that they belong to. */
  teams: string[];
  /** ISO 8601, by GitHub's clock. */
  at: string;
}

/** What people said about a pull request, as guards judge it. */
export interface SaidOfPullRequest {
  /** Logins of whoever wrote a part of it. */
  authors: string[];
  /** ISO 8601, by GitHub's clock; when its head was last pushed. */
  pushedAt: string;
  /** Labels that are on it now, and who put each there. */
  labels: (Said & { label: string })[];
  /** Approving reviews that were not taken back. */
  reviews: Said[];
  /** What its text says behind "Emergency:". */
  emergency?: { reason: string };
}

/** A pull request, as far as the pipeline must know it. */
export interface PullRequest {
  number: number;
  url: string;
  /** Full hash. */
  head: string;
  /** Branch that it is to be merged into. */
  base: string;
  /** Whether its head lies in another repository. */
  fromFork: boolean;
  /** The commit of the base branch that it became. */
  mergedAs?: string;
  said: SaidOfPullRequest;
}

/**
 * Reads who wrote and who approved a pull request. Nothing in it is told by whoever asks for the approval: labels are
 * from GitHub's events, the time of the last push from its record of pushes, and not from the commits, whose dates and
 * authors anybody can write.
 *
 * @param teams slugs of teams of the repository's organisation
 * @throws RunFailed when GitHub refuses
 */
export async function readPullRequest(
  github: GitHub,
  number: number,
  teams: readonly string[],
): Promise<PullRequest> {
  try {
    return await read(github, number, teams);
  } catch (error) {
    throw explained(error, `tell of pull request ${number}`, "pull-requests: read, members: read");
  }
}

async function read(github: GitHub, number: number, teams: readonly string[]): Promise<PullRequest> {
  const { client, owner, repo } = github;
  const issue = { owner, repo, issue_number: number, per_page: 100 };
  const pull = { owner, repo, pull_number: number, per_page: 100 };
  const [{ data }, events, reviews, commits] = await Promise.all([
    client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", pull),
    client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/events", issue),
    client.paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", pull),
    client.paginate("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", pull),
  ]);
  const labels = labelsOf(
    events as LabelEvent[],
    data.labels.map(({ name }) => name),
  );
  const approving = approvingOf(reviews);
  const teamsOf = await membershipsOf(
    github,
    [...labels, ...approving].map(({ by }) => by),
    teams,
  );
  const reason = /^emergency:[ \t]*(\S.*)$/im.exec(data.body ?? "")?.[1]?.trim();
  return {
    number,
    url: data.html_url,
    head: data.head.sha,
    base: data.base.ref,
    fromFork: data.head.repo?.full_name !== data.base.repo.full_name,
    ...(data.merged && data.merge_commit_sha ? { mergedAs: data.merge_commit_sha } : {}),
    said: {
      authors: [
        ...new Set([data.user.login, ...(await everyCommit(github, data, commits)).flatMap(authorsOf)]),
      ],
      pushedAt: (await pushedAt(github, data)) ?? data.updated_at,
      labels: labels.map((one) => ({ ...one, teams: teamsOf.get(one.by) ?? [] })),
      reviews: approving.map((one) => ({ ...one, teams: teamsOf.get(one.by) ?? [] })),
      ...(reason === undefined ? {} : { emergency: { reason } }),
    },
  };
}

interface Commit {
  author?: { login?: string } | null;
  committer?: { login?: string } | null;
}

/**
 * A pull request's own list ends after 250 commits, and who wrote the others could approve their own change. The
 * comparison of its head with its base has them all, a page at a time.
 *
 * @see https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request
 */
async function everyCommit(
  { client, owner, repo }: GitHub,
  { commits: count, base, head }: { commits: number; base: { sha: string }; head: { sha: string } },
  listed: readonly Commit[],
): Promise<readonly Commit[]> {
  if (listed.length >= count) return listed;
  const found: Commit[] = [];
  for (let page = 1; ; page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      owner,
      repo,
      basehead: `${base.sha}...${head.sha}`,
      per_page: 100,
      page,
    });
    found.push(...data.commits);
    if (data.commits.length < 100) return found;
  }
}

/** A merge by GitHub's button is committed by `web-flow`, which is nobody. */
function authorsOf({ author, committer }: Commit): string[] {
  return [author?.login, committer?.login].filter(
    (login): login is string => login !== undefined && login !== "web-flow",
  );
}

/** Where a pull request's head is. */
export interface Head {
  head: { sha: string; ref: string; repo: { name: string; owner: { login: string } } | null };
}

/**
 * When the head was pushed, by GitHub's own record. Undefined where that doesn't reach: then only what is said after
 * the last thing that happened to the pull request counts.
 */
async function pushedAt(github: GitHub, resource: Head): Promise<string | undefined> {
  try {
    return await recordedPush(github, resource);
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return undefined;
  }
}

/**
 * When the head was pushed, by GitHub's own record.
 *
 * @returns undefined when there is no record of it, or no repository any more
 * @throws what GitHub answers; the token needs the permission "contents: read"
 */
export async function recordedPush({ client }: GitHub, { head }: Head): Promise<string | undefined> {
  if (!head.repo) return undefined;
  const { data } = await client.request("GET /repos/{owner}/{repo}/activity", {
    owner: head.repo.owner.login,
    repo: head.repo.name,
    ref: `refs/heads/${head.ref}`,
    per_page: 100,
  });
  return data.find(({ after }) => after === head.sha)?.timestamp;
}

type Given = Pick<Said, "by" | "at">;

interface LabelEvent {
  event: string;
  actor?: { login: string } | null;
  label?: { name?: string };
  created_at: string;
}

function labelsOf(events: readonly LabelEvent[], present: readonly string[]): (Given & { label: string })[] {
  return present.flatMap((label) => {
    const last = events.findLast((event) => event.event === "labeled" && event.label?.name === label);
    const by = last?.actor?.login;
    return last && by ? [{ label, by, at: last.created_at }] : [];
  });
}

interface Review {
  user: { login: string } | null;
  state: string;
  submitted_at?: string;
}

/** A later review takes an earlier one back; a mere comment doesn't. */
function approvingOf(reviews: readonly Review[]): Given[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    const decides = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(review.state);
    if (decides && review.user) last.set(review.user.login, review);
  }
  return [...last].flatMap(([by, { state, submitted_at: at }]) =>
    state === "APPROVED" && at !== undefined ? [{ by, at }] : [],
  );
}

async function membershipsOf(
  github: GitHub,
  logins: readonly string[],
  teams: readonly string[],
): Promise<Map<string, string[]>> {
  const pairs = [...new Set(logins)].map(async (login): Promise<[string, string[]]> => {
    const own = await Promise.all(
      teams.map(async (team) => ((await isMember(github, team, login)) ? [team] : [])),
    );
    return [login, own.flat()];
  });
  return new Map(await Promise.all(pairs));
}

async function isMember({ client, owner }: GitHub, team: string, login: string): Promise<boolean> {
  try {
    const { data } = await client.request("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
      org: owner,
      team_slug: team,
      username: login,
    });
    return data.state === "active";
  } catch (error) {
    // So GitHub says that somebody is no member; also that the token may not see the team, and then nobody counts.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/**
 * The pull request that a commit of main came from, so that the plans which were reviewed there are found although the
 * merge made another commit.
 *
 * @returns undefined for a commit that was pushed without one
 * @throws RunFailed when GitHub refuses
 */
export async function pullRequestOf(
  github: GitHub,
  commit: string,
): Promise<{ number: number; head: string } | undefined> {
  const { client, owner, repo } = github;
  try {
    const all = await client.paginate("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
      owner,
      repo,
      commit_sha: commit,
      per_page: 100,
    });
    const merged = all.find((one) => one.merged_at && one.merge_commit_sha === commit);
    return merged && { number: merged.number, head: merged.head.sha };
  } catch (error) {
    throw explained(error, `tell which pull request commit ${commit} came from`, "pull-requests: read");
  }
}
