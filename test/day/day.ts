import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireSandbox } from "@groundwork/sandbox/process/client";
import type { SandboxLease } from "@groundwork/sandbox/process/contract";
import { StorageBucket } from "../../pipeline/bucket/storage-bucket";
import { transportOf } from "../../pipeline/bucket/transport";
import { GitHubServer } from "../../pipeline/github/testing/github-server";
import { Clone, type Ended } from "../clone";
import { workflow } from "../workflow-files";
import { type Merge, Repository } from "./repository";
import { RunnerMachine } from "./runner-machine";
import { secrets } from "./secrets";
import { type RunEnd, runWorkflow } from "./workflow/run-workflow";

/** Who works here, and in which team they are; the author of a change in none. */
const teams = {
  "platform-team": ["ben"],
  "data-team": ["cleo"],
  "security-team": ["dora"],
  "on-call": ["eli"],
};
export type Person = "ann" | "ben" | "cleo" | "dora" | "eli";

/** A pull request, as far as the day knows it. */
export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly branch: string;
  /** Full hash. */
  head: string;
  /** The newest run of `pull-request.yml`; none while it conflicts with main, for GitHub starts none then. */
  checks: RunEnd | undefined;
}

/** What was merged, and how its deployment went. */
export interface Deployment {
  readonly pull: PullRequest;
  /** Full hash on main. */
  readonly commit: string;
  /** What main was before. */
  readonly before: string;
  /** The newest attempt. */
  run: RunEnd;
}

/** Everything is of one author, who is in no team. */
const author: Person = "ann";
/** These jobs are about applications and tests; a day is about what is beneath them. */
const elsewhere = ["test", "service"];

/** The platform, its repository, GitHub, and the sandbox that stands in for the cloud. */
export class Day {
  readonly clone = new Clone();
  readonly server = new GitHubServer();
  readonly deployments: Deployment[] = [];
  /** Everything that commands printed, by whoever ran them, and every report of a workflow's. */
  readonly said: string[] = [];
  /** What reviewers could read, while they could: the one comment of a pull request is changed in place. */
  readonly shown: { pull: number; text: string }[] = [];
  readonly repository: Repository;
  private readonly machine: RunnerMachine;
  private lease: SandboxLease | undefined;
  private pulls = 0;

  private constructor(readonly environments: readonly string[]) {
    this.clone.reduceTo(...environments);
    // Production's window is open, whenever the day is played.
    const rules = join(this.clone.root, "environments", "delivery.ts");
    writeFileSync(rules, readFileSync(rules, "utf8").replace(windows, "$1: []"));
    // What a pull request of the day makes larger is as small as can be, whatever it is today.
    this.clone.differ("dev", "atlas.tier", '"M10"');
    this.repository = new Repository(this.clone.root);
    this.machine = new RunnerMachine(this.clone.root, this.repository, this.server.repository);
  }

  /** Everything is there, as before the first pull request. */
  static async begin(...environments: string[]): Promise<Day> {
    const day = new Day(environments);
    try {
      day.machine.address = await day.server.start();
      for (const [team, people] of Object.entries(teams)) day.server.teams.set(team, people);
      await day.command("up");
      day.lease = await acquireSandbox({ root: day.clone.root });
      return day;
    } catch (error) {
      await day.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.lease?.release();
    await this.server.stop().catch(() => {});
    await this.clone.remove();
    this.repository.remove();
    this.machine.remove();
  }

  /** Opens a pull request; its workflow runs to the end. */
  async open(branch: string, title: string, edit: () => unknown): Promise<PullRequest> {
    const number = ++this.pulls;
    const head = await this.repository.commitOn(branch, author, title, edit);
    this.server.addPull(number, head, {
      title,
      head: { sha: head, ref: branch, repo: this.server.repository },
      user: { login: author, type: "User" },
      commits: [{ author, committer: author }],
    });
    const pull: PullRequest = { number, title, branch, head, checks: undefined };
    await this.pushed(pull, "opened");
    return pull;
  }

  /** One more commit; its workflow runs to the end. */
  async push(pull: PullRequest, message: string, edit: () => unknown): Promise<void> {
    pull.head = await this.repository.commitOn(pull.branch, author, message, edit);
    await this.pushed(pull, "synchronize");
  }

  /** Rebases on main, which it conflicts with; its workflow runs to the end. */
  async rebase(pull: PullRequest, resolve: () => void): Promise<void> {
    pull.head = this.repository.rebase(pull.branch, author, resolve);
    await this.pushed(pull, "synchronize");
  }

  /** Somebody sets a label. */
  label(pull: PullRequest, label: string, by: Person): void {
    const resource = this.resource(pull);
    resource.labels.push(label);
    resource.events.push({ event: "labeled", actor: by, label, created_at: now() });
  }

  /** Somebody approves. */
  approve(pull: PullRequest, by: Person): void {
    this.resource(pull).reviews.push({ user: by, state: "APPROVED", submitted_at: now() });
  }

  /** The author writes into the pull request's text. */
  describe(pull: PullRequest, body: string): void {
    this.resource(pull).body = body;
  }

  /** The one comment on a pull request. */
  comment(pull: PullRequest): string {
    const { comments } = this.resource(pull);
    if (comments.length !== 1) throw new Error(`#${pull.number} has ${comments.length} comments`);
    return comments[0]?.body ?? "";
  }

  /** What reviewers of a pull request can read. */
  show({ number }: PullRequest, ...texts: readonly string[]): void {
    this.shown.push(...texts.map((text) => ({ pull: number, text })));
  }

  /** As the branch's rule allows: only with the check "Required". Then main is deployed. */
  async merge(pull: PullRequest, how: Merge = "squash"): Promise<Deployment> {
    if (!isGreen(pull)) throw new Error(`#${pull.number} may not be merged: ${failures(pull.checks)}`);
    const before = this.repository.main;
    const commit = this.repository.merge(pull.head, how, `${pull.title} (#${pull.number})`);
    Object.assign(this.resource(pull), { state: "closed", mergedAs: commit });
    const run = await this.deploy({ commit, before });
    const deployment = { pull, commit, before, run };
    this.deployments.push(deployment);
    return deployment;
  }

  /** "Re-run failed jobs". */
  async rerun(deployment: Deployment): Promise<void> {
    deployment.run = await this.deploy(deployment, deployment.run);
  }

  /** The nightly look for drift. */
  async lookForDrift(): Promise<RunEnd> {
    const { main } = this.repository;
    return this.run("drift", { event_name: "schedule", sha: main, ref: "refs/heads/main", event: {} }, main);
  }

  /** `groundwork …` on somebody's machine, for whom the sandbox is the cloud as well. */
  async command(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.tried(...args);
    if (code !== 0) throw new Error(`groundwork ${args.join(" ")} ended with ${code}: ${stdout}${stderr}`);
    return stdout;
  }

  /** As `command`, whatever becomes of it. */
  async tried(...args: string[]): Promise<Ended> {
    const ended = await this.clone.run(...args);
    this.said.push(ended.stdout, ended.stderr);
    return ended;
  }

  /** The bucket of an environment's states. */
  bucket(environment: string): StorageBucket {
    const env = { ...this.lease?.env };
    return new StorageBucket(`hazelwick-${environment}-tfstate`, {
      transport: (request) => transportOf(env)(request),
    });
  }

  private async pushed(pull: PullRequest, action: "opened" | "synchronize"): Promise<void> {
    const { number, head, branch } = pull;
    Object.assign(this.resource(pull).head, { sha: head });
    this.server.pushes.unshift({ ref: `refs/heads/${branch}`, after: head, timestamp: now() });
    const merged = this.repository.mergeOf(head);
    const { repository } = this.server;
    const payload = {
      number,
      head: { sha: head, repo: { full_name: repository } },
      base: { sha: this.repository.main },
    };
    const event = {
      event_name: "pull_request",
      sha: merged ?? "",
      ref: `refs/pull/${number}/merge`,
      event: { action, number, pull_request: payload },
    };
    pull.checks = merged ? await this.run("pull-request", event, merged) : undefined;
    this.show(pull, ...this.resource(pull).comments.map(({ body }) => body));
  }

  private deploy(
    { commit, before }: Pick<Deployment, "commit" | "before">,
    earlier?: RunEnd,
  ): Promise<RunEnd> {
    const event = {
      event_name: "push",
      sha: commit,
      ref: "refs/heads/main",
      ref_type: "branch",
      event: { before },
    };
    return this.run("deploy", event, commit, earlier);
  }

  private async run(
    name: string,
    event: Parameters<RunnerMachine["githubOf"]>[0],
    commit: string,
    before?: RunEnd,
  ): Promise<RunEnd> {
    const place = this.machine.workplace(event, commit, author);
    const github = this.machine.githubOf(event, author);
    try {
      const run = await runWorkflow(workflow(name), {
        // To expressions this is a repository with a cloud; what the commands reach is the sandbox.
        event: { github, vars: { GROUNDWORK_TARGET: "cloud", GOOGLE_PROJECT: "hazelwick" }, secrets },
        place,
        elsewhere,
        ...(before ? { before } : {}),
      });
      this.said.push(...[...run.jobs.values()].flat().map(({ said }) => said));
      this.keepReports(place.artifacts);
      return run;
    } finally {
      rmSync(place.artifacts, { recursive: true });
    }
  }

  /** Artifacts with reports, every file of them: whoever reads the repository can fetch them. */
  private keepReports(artifacts: string): void {
    for (const name of readdirSync(artifacts).filter((one) => one.startsWith("report-"))) {
      const folder = join(artifacts, name);
      for (const file of readdirSync(folder)) this.said.push(file, readFileSync(join(folder, file), "utf8"));
    }
  }

  private resource({ number }: Pick<PullRequest, "number">) {
    const pull = this.server.pulls.get(number);
    if (!pull) throw new Error(`there is no pull request ${number}`);
    return pull;
  }
}

/** Every window and every freeze, with its brackets. */
const windows = /\b(allow|freezes): \[(?:[^[\]]|\[[^[\]]*\])*\]/g;

/** Whether the branch's rule lets it be merged. */
export function isGreen({ checks }: PullRequest): boolean {
  return checks?.jobs.get("required")?.[0]?.result === "success";
}

/** What failed in a run, with what it said. */
export function failures(run: RunEnd | undefined): string {
  if (!run) return "it conflicts with main";
  const failed = [...run.jobs.values()].flat().filter(({ result }) => result === "failure");
  return failed.map(({ name, said }) => `${name}: ${said}`).join("\n");
}

/** What the jobs of an id said, together. */
export function saidBy(run: RunEnd | undefined, id: string): string {
  return (run?.jobs.get(id) ?? []).map(({ said }) => said).join("\n");
}

function now(): string {
  return new Date().toISOString();
}
