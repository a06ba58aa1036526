import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface User {
  login: string;
  type: "User" | "Bot";
}

interface Comment {
  id: number;
  body: string;
  user: User;
  html_url: string;
}

interface Issue {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  labels: string[];
  user: User;
  comments: Comment[];
  locked?: boolean;
}

interface Pull {
  number: number;
  title: string;
  state: "open" | "closed";
  body: string;
  user: User;
  head: { sha: string; ref: string; repo: string | null };
  labels: string[];
  mergedAs?: string;
  createdAt: string;
  updatedAt: string;
  comments: Comment[];
  events: { event: string; actor: string; label?: string; created_at: string }[];
  reviews: { user: string; state: string; submitted_at: string }[];
  commits: { author: string | null; committer: string | null }[];
}

/** What a request is answered with before it gets to work. */
export interface Trouble {
  status: number;
  message: string;
  headers?: Record<string, string>;
  /** Only requests of this method. @default - any */
  method?: string;
  /** Only paths that match. @default - any */
  path?: RegExp;
  /** How many requests. @default 1 */
  times?: number;
}

/** How many of a pull request's commits GitHub lists. */
const mostListedCommits = 250;

type Json = Record<string, unknown>;

/**
 * GitHub's REST API as far as the pipeline uses it, in this process: pages with `Link`, refusals in its shape, limits
 * with `retry-after`. https://docs.github.com/en/rest
 */
export class GitHubServer {
  readonly repository = "hazelwick/shop";
  /** Whose token it is; a workflow's has no name. */
  viewer: User = { login: "github-actions[bot]", type: "Bot" };
  readonly pulls = new Map<number, Pull>();
  readonly issues = new Map<number, Issue>();
  /** Logins of members, by team. */
  readonly teams = new Map<string, string[]>();
  readonly pushes: { ref: string; after: string; timestamp: string }[] = [];
  readonly requests: string[] = [];
  issuesDisabled = false;
  private troubles: Trouble[] = [];
  private nextId = 100;
  private server: Server | undefined;

  /** @returns its address */
  async start(): Promise<string> {
    this.server = createServer((message, response) => void this.respond(message, response));
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server?.close(() => resolve()));
    this.server?.closeAllConnections();
    await closed;
  }

  /** The variables that a workflow would have. */
  env(address: string): NodeJS.ProcessEnv {
    return { GITHUB_REPOSITORY: this.repository, GITHUB_TOKEN: "ghs_token", GITHUB_API_URL: address };
  }

  trouble(trouble: Trouble): void {
    this.troubles.push({ times: 1, ...trouble });
  }

  addPull(number: number, sha: string, more: Partial<Pull> = {}): Pull {
    const pull: Pull = {
      number,
      title: `Change ${number}`,
      state: "open",
      body: "",
      user: { login: "ann", type: "User" },
      head: { sha, ref: "change", repo: this.repository },
      labels: [],
      createdAt: "2026-11-21T12:00:00Z",
      updatedAt: "2026-11-21T12:00:00Z",
      comments: [],
      events: [],
      reviews: [],
      commits: [],
      ...more,
    };
    this.pulls.set(number, pull);
    return pull;
  }

  addComment(to: { comments: Comment[] }, body: string, user: User = this.viewer): Comment {
    const id = this.nextId++;
    const comment = { id, body, user, html_url: `https://github.com/${this.repository}/comment-${id}` };
    to.comments.push(comment);
    return comment;
  }

  addIssue(issue: Partial<Issue> & Pick<Issue, "title" | "body">): Issue {
    const number = this.nextId++;
    const full: Issue = { number, state: "open", labels: [], user: this.viewer, comments: [], ...issue };
    this.issues.set(number, full);
    return full;
  }

  private async respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const url = new URL(message.url ?? "", `http://${message.headers.host}`);
    const method = message.method ?? "GET";
    this.requests.push(`${method} ${url.pathname}`);
    const send = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const refuse = (status: number, reason: string, headers = {}) =>
      send(status, { message: reason, documentation_url: "https://docs.github.com/rest" }, headers);
    const trouble = this.troubles.find(
      (one) =>
        (one.times ?? 0) > 0 && (one.method ?? method) === method && (one.path?.test(url.pathname) ?? true),
    );
    if (trouble) {
      trouble.times = (trouble.times ?? 1) - 1;
      return refuse(trouble.status, trouble.message, trouble.headers);
    }
    if (!/^(bearer|token) ghs_token$/i.test(message.headers.authorization ?? "")) {
      return refuse(401, "Bad credentials");
    }
    const body = text === "" ? {} : (JSON.parse(text) as Json);
    if (typeof body.body === "string" && body.body.length > 65_536) {
      return refuse(422, "body is too long (maximum is 65536 characters)");
    }
    const answer = this.answer(method, url, body);
    if (answer === undefined) return refuse(404, "Not Found");
    if ("refused" in answer) return refuse(answer.refused, answer.message);
    if (answer.value === undefined) return send(204);
    if (!Array.isArray(answer.value)) return send(method === "POST" ? 201 : 200, answer.value);
    const { page, headers } = pageOf(answer.value, url);
    send(200, page, headers);
  }

  private answer(
    method: string,
    url: URL,
    body: Json,
  ): { value: unknown } | { refused: number; message: string } | undefined {
    const path = url.pathname;
    if (path === "/user") {
      return this.viewer.type === "Bot"
        ? { refused: 403, message: "Resource not accessible by integration" }
        : { value: this.viewer };
    }
    const [, team = "", login = ""] =
      /^\/orgs\/hazelwick\/teams\/([^/]+)\/memberships\/(.+)$/.exec(path) ?? [];
    if (team) return this.teams.get(team)?.includes(login) ? { value: { state: "active" } } : undefined;
    const [, rest] = /^\/repos\/hazelwick\/shop(\/.*)$/.exec(path) ?? [];
    if (rest === undefined) return undefined;
    const [, kind = "", id = "", part = ""] = /^\/(\w+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(rest) ?? [];
    if (kind === "activity") {
      const ref = url.searchParams.get("ref");
      return { value: this.pushes.filter((push) => push.ref === ref) };
    }
    if (kind === "commits" && part === "pulls") {
      const merged = [...this.pulls.values()].filter(({ mergedAs }) => mergedAs === id);
      return { value: merged.map((pull) => this.pullResource(pull)) };
    }
    if (kind === "compare") {
      const [, head] = id.split("...");
      const compared = [...this.pulls.values()].find((pull) => pull.head.sha === head);
      return compared && { value: { commits: pageOf(commitsOf(compared), url).page } };
    }
    if (kind === "pulls" && id === "") {
      const state = url.searchParams.get("state") ?? "open";
      const found = [...this.pulls.values()].filter((pull) => state === "all" || pull.state === state);
      return { value: found.map((pull) => this.pullResource(pull)) };
    }
    if (kind === "pulls") return this.answerPull(Number(id), part);
    if (kind === "issues" && id === "comments") return this.answerComment(method, Number(part), body);
    if (kind === "issues") return this.answerIssue(method, url, { number: Number(id), part }, body);
    return undefined;
  }

  private answerPull(number: number, part: string) {
    const pull = this.pulls.get(number);
    if (!pull) return undefined;
    if (part === "") return { value: this.pullResource(pull) };
    if (part === "reviews") {
      return { value: pull.reviews.map((review) => ({ ...review, user: { login: review.user } })) };
    }
    if (part === "commits") return { value: commitsOf(pull).slice(0, mostListedCommits) };
    return undefined;
  }

  private answerComment(method: string, id: number, body: Json) {
    for (const holder of [...this.pulls.values(), ...this.issues.values()]) {
      const index = holder.comments.findIndex((one) => one.id === id);
      const comment = holder.comments[index];
      if (!comment) continue;
      if (method === "DELETE") {
        holder.comments.splice(index, 1);
        return { value: undefined };
      }
      comment.body = String(body.body);
      return { value: comment };
    }
    return undefined;
  }

  private answerIssue(
    method: string,
    url: URL,
    { number, part }: { number: number; part: string },
    body: Json,
  ) {
    const holder = this.pulls.get(number) ?? this.issues.get(number);
    if (part === "comments" && holder) {
      if (method === "GET") return { value: holder.comments };
      if ("locked" in holder && holder.locked)
        return { refused: 403, message: "Unable to create comment because issue is locked." };
      return { value: this.addComment(holder, String(body.body)) };
    }
    if (part === "events") {
      const events = this.pulls.get(number)?.events ?? [];
      return {
        value: events.map(({ actor, label, ...event }) => ({
          ...event,
          actor: { login: actor },
          ...(label === undefined ? {} : { label: { name: label } }),
        })),
      };
    }
    if (this.issuesDisabled) return { refused: 410, message: "Issues are disabled for this repo" };
    if (method === "POST") {
      const { title, body: text, labels } = body as { title: string; body: string; labels: string[] };
      return { value: this.issueResource(this.addIssue({ title, body: text, labels })) };
    }
    if (Number.isNaN(number) || number === 0) {
      const label = url.searchParams.get("labels") ?? "";
      const open = [...this.issues.values()].filter(
        (issue) => issue.state === "open" && issue.labels.includes(label),
      );
      return { value: open.map((issue) => this.issueResource(issue)) };
    }
    const issue = this.issues.get(number);
    if (!issue) return undefined;
    Object.assign(issue, body);
    return { value: this.issueResource(issue) };
  }

  private issueResource({ comments: _, ...issue }: Issue) {
    return { ...issue, html_url: `https://github.com/${this.repository}/issues/${issue.number}` };
  }

  private pullResource(pull: Pull) {
    const { number, title, state, body, user, head, labels, mergedAs, createdAt, updatedAt } = pull;
    const [owner = "", name = ""] = (head.repo ?? "").split("/");
    return {
      number,
      title,
      state,
      html_url: `https://github.com/${this.repository}/pull/${number}`,
      body,
      user,
      labels: labels.map((label) => ({ name: label })),
      head: {
        sha: head.sha,
        ref: head.ref,
        repo: head.repo === null ? null : { full_name: head.repo, name, owner: { login: owner } },
      },
      commits: pull.commits.length,
      base: { ref: "main", sha: "0".repeat(40), repo: { full_name: this.repository } },
      merged: mergedAs !== undefined,
      merged_at: mergedAs === undefined ? null : updatedAt,
      merge_commit_sha: mergedAs ?? null,
      created_at: createdAt,
      updated_at: updatedAt,
    };
  }
}

function commitsOf({ commits }: Pull) {
  const person = (login: string | null) => (login === null ? null : { login });
  return commits.map(({ author, committer }) => ({ author: person(author), committer: person(committer) }));
}

/** One page and where the next one is, as GitHub says it. */
function pageOf(all: readonly unknown[], url: URL): { page: unknown[]; headers: Record<string, string> } {
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 30), 100);
  const number = Number(url.searchParams.get("page") ?? 1);
  const page = all.slice((number - 1) * size, number * size);
  if (number * size >= all.length) return { page, headers: {} };
  const next = new URL(url);
  next.searchParams.set("page", String(number + 1));
  return { page, headers: { link: `<${next}>; rel="next"` } };
}
