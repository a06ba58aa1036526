import { previewEnd } from "../../environments/preview-rules";
import type { GitHubServer } from "../../pipeline/github/testing/github-server";

/** A pull request as its author knows it. */
export interface SimulatedPullRequest {
  number: number;
  open: boolean;
  head: string;
  labels: string[];
  /** ISO 8601; the last push, opening or reopening. */
  activeAt: string;
  /** ISO 8601; when something last happened to it. */
  touchedAt: string;
  /** ISO 8601; while it is closed. */
  closedAt?: string;
  /** Whether the last `up` that should have come to its end did. */
  isSettled: boolean;
  /** Whether the last `up` was told that there is no room. */
  isRefused: boolean;
  /** ISO 8601; when something of it may have been made after its end: somebody ran its old workflow again. */
  madeAgainAt?: string;
}

/** Pull requests at a GitHub that this process serves, changed as people change them. */
export class PullRequests {
  readonly all = new Map<number, SimulatedPullRequest>();
  private pushes = 0;

  constructor(private readonly server: GitHubServer) {}

  open(number: number, at: string): SimulatedPullRequest {
    const head = this.newHead(number);
    const ref = `change-${number}`;
    this.server.addPull(number, head, {
      createdAt: at,
      updatedAt: at,
      head: { sha: head, ref, repo: this.server.repository },
    });
    this.recordPush(ref, head, at);
    const one: SimulatedPullRequest = {
      ...{ number, open: true, head, labels: [], activeAt: at, touchedAt: at },
      ...{ isSettled: false, isRefused: false },
    };
    this.all.set(number, one);
    return one;
  }

  push(one: SimulatedPullRequest, at: string): void {
    one.head = this.newHead(one.number);
    this.pull(one).head.sha = one.head;
    this.recordPush(`change-${one.number}`, one.head, at);
    this.touch(one, at);
    one.activeAt = at;
    one.isSettled = false;
  }

  label(one: SimulatedPullRequest, labels: string[], at: string): void {
    one.labels = labels;
    this.pull(one).labels = labels;
    this.touch(one, at);
    one.isSettled = false;
  }

  close(one: SimulatedPullRequest, at: string, end: "closed" | "merged" = "closed"): void {
    if (end === "merged") {
      this.pull(one).mergedAs = one.head;
      this.event(one, "merged", at);
    }
    one.open = false;
    one.closedAt = at;
    this.pull(one).state = "closed";
    this.event(one, "closed", at);
  }

  reopen(one: SimulatedPullRequest, at: string): void {
    one.open = true;
    delete one.closedAt;
    this.pull(one).state = "open";
    this.event(one, "reopened", at);
    one.activeAt = at;
    one.isSettled = false;
  }

  /** A merged one stays closed for ever. */
  isMerged(one: SimulatedPullRequest): boolean {
    return this.pull(one).mergedAs !== undefined;
  }

  /** ISO 8601; since when nothing of it should be there. */
  endOf({ open, closedAt, activeAt, labels, madeAgainAt = "" }: SimulatedPullRequest): string {
    const end = previewEnd(activeAt, labels);
    const over = !open && closedAt !== undefined && closedAt < end ? closedAt : end;
    return over > madeAgainAt ? over : madeAgainAt;
  }

  /** What people read there about its preview. */
  comments({ number }: SimulatedPullRequest): string[] {
    const bodies = this.server.pulls.get(number)?.comments.map(({ body }) => body) ?? [];
    return bodies.filter((body) => body.startsWith("<!-- groundwork:preview "));
  }

  /** Open, and its time is not over. */
  lives({ open, activeAt, labels }: SimulatedPullRequest, now: string): boolean {
    return open && previewEnd(activeAt, labels) > now;
  }

  private event(one: SimulatedPullRequest, event: string, at: string): void {
    this.pull(one).events.push({ event, actor: "ann", created_at: at });
    this.touch(one, at);
  }

  private touch(one: SimulatedPullRequest, at: string): void {
    one.touchedAt = at;
    this.pull(one).updatedAt = at;
  }

  private pull({ number }: SimulatedPullRequest) {
    const found = this.server.pulls.get(number);
    if (!found) throw new Error(`there is no pull request ${number}`);
    return found;
  }

  private recordPush(ref: string, after: string, timestamp: string): void {
    this.server.pushes.unshift({ ref: `refs/heads/${ref}`, after, timestamp });
  }

  private newHead(number: number): string {
    return `${number.toString(16)}${(++this.pushes).toString(16)}`
      .padStart(7, "0")
      .padEnd(40, "0")
      .slice(0, 40);
  }
}
