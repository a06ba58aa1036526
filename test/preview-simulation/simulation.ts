import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { acquireSandbox } from "@groundwork/sandbox/process/client";
import type { SandboxLease } from "@groundwork/sandbox/process/contract";
import { Random } from "@groundwork/sandbox/torture/random";
import { PreviewNames } from "../../environments/preview-names";
import { previewLabels } from "../../environments/preview-rules";
import { StorageBucket } from "../../pipeline/bucket/storage-bucket";
import { transportOf } from "../../pipeline/bucket/transport";
import { GitHubServer } from "../../pipeline/github/testing/github-server";
import { previewSides } from "../../pipeline/preview/beyond-terraform";
import type {
  PreviewDatabase,
  PreviewPlace,
  PreviewRemnant,
  PreviewSide,
} from "../../pipeline/preview/contract";
import { cloudSides } from "../../pipeline/preview/remnants/cloud-sides";
import { ChannelSide, DatabaseSide } from "../../pipeline/preview/remnants/content-sides";
import { readSides } from "../../pipeline/preview/remnants/read-sides";
import type { Side } from "../../pipeline/preview/remnants/side";
import type { SweepReport } from "../../pipeline/preview/sweep/report";
import { previewEnvironment } from "../../pipeline/preview/workshop";
import { Clone } from "../clone";
import { PullRequests, type SimulatedPullRequest } from "./pull-requests";

export interface SimulationOptions {
  rounds: number;
  seed: number;
  /** Pull requests that there are at most. @default 30 */
  pullRequests?: number;
  /** How many things happen in a round, at most. @default 4 */
  events?: number;
  /** Told of each round when it is over. @default - nobody is */
  report?: (line: string) => void;
}

const hour = 3_600_000;
/** Share of the requests to GitHub, Google and Atlas that are answered with 5xx. */
const troubled = 0.03;
/** A sweep that couldn't do everything is run again so often in a round. */
const mostSweeps = 8;

interface Ended {
  code: number | null;
  said: string;
}

/**
 * Lets pull requests be opened, pushed to, labelled, closed, reopened and merged, some with conflicts, so that closing them
 * starts nothing; kills what runs, and lets GitHub, Google and Atlas fail. After each round it looks whether a pull request
 * to which nothing happened is as it was, and after each sweep whether nothing is left of those that are closed or whose
 * time is over: so the oldest orphan lived for its time and until the next sweep. In the end exactly what lives is there.
 *
 * @throws Error when it isn't
 */
export async function simulatePreviews(options: SimulationOptions): Promise<void> {
  const simulation = new Simulation(options);
  try {
    await simulation.run();
  } finally {
    await simulation.close();
  }
}

class Simulation {
  private readonly random: Random;
  private readonly clone = new Clone();
  private readonly server = new GitHubServer();
  private readonly requests = new PullRequests(this.server);
  private lease: SandboxLease | undefined;
  private sides: readonly Side[] = [];
  private database: PreviewDatabase | undefined;
  private address = "";
  /** Simulated; goes on with every event. */
  private now = Date.now();
  /** Milliseconds that a command took when it came to its end. */
  private took = 4_000;
  private kills = 0;
  private troubles = 0;
  private sweeps = 0;

  constructor(private readonly options: SimulationOptions) {
    this.random = new Random(options.seed);
  }

  async run(): Promise<void> {
    const { rounds, report = () => {} } = this.options;
    this.clone.reduceTo("preview", "dev");
    mkdirSync(join(this.clone.root, "orders"));
    writeFileSync(join(this.clone.root, "orders", "package.json"), "{}");
    mkdirSync(join(this.clone.root, "site"));
    writeFileSync(join(this.clone.root, "site", "index.html"), "<h1>Hazelwick</h1>\n");
    mkdirSync(join(this.clone.root, "fixtures"));
    writeFileSync(join(this.clone.root, "fixtures", "orders.json"), '[{ "_id": 1, "item": "spade" }]\n');
    this.address = await this.server.start();
    await this.must("up", "preview");
    this.lease = await acquireSandbox({ root: this.clone.root });
    this.sides = this.openSides();
    for (let round = 1; round <= rounds; round++) {
      await this.disturb(round);
      const happened = await this.round();
      await this.calm();
      report(`round ${round}: ${happened.join(", ")}`);
    }
    await this.settle();
    await this.verifyAll();
    const living = [...this.requests.all.values()].filter((one) => this.lives(one)).length;
    report(
      `${rounds} rounds, ${this.requests.all.size} pull requests, ${living} living; ${this.kills} kills, ${this.troubles} troubles of GitHub's, ${this.sweeps} sweeps`,
    );
  }

  async close(): Promise<void> {
    await this.database?.close();
    await this.lease?.release();
    await this.server.stop().catch(() => {});
    await this.clone.remove();
  }

  /** Some things at the same time, and a sweep; what they are not about stays as it is. */
  private async round(): Promise<string[]> {
    const before = await this.present();
    const chosen = this.choose();
    const work = chosen.map((number) => this.happen(number));
    await Promise.all(work.map(({ done }) => done));
    const after = await this.present();
    for (const [pr, things] of before) {
      if (chosen.includes(pr)) continue;
      sameThings(pr, things, after.get(pr) ?? []);
    }
    this.now += (2 + Math.floor(this.random.next() * 10)) * hour;
    await this.sweep();
    return work.map(({ what }) => what);
  }

  /** Different pull requests: the events of one come one after the other. */
  private choose(): number[] {
    const { pullRequests = 30, events = 4 } = this.options;
    const chosen = new Set<number>();
    const count = 1 + Math.floor(this.random.next() * events);
    while (chosen.size < Math.min(count, pullRequests)) {
      chosen.add(1 + Math.floor(this.random.next() * pullRequests));
    }
    return [...chosen];
  }

  private happen(number: number): { what: string; done: Promise<void> } {
    this.now += 60_000;
    const at = new Date(this.now).toISOString();
    const one = this.requests.all.get(number);
    if (!one) {
      const opened = this.requests.open(number, at);
      return { what: `#${number} opened`, done: this.up(opened) };
    }
    if (!one.open) {
      if (this.random.next() < 0.3) {
        // Somebody runs an old workflow again, after the merge.
        return { what: `#${number} deployed again`, done: this.up(one) };
      }
      this.requests.reopen(one, at);
      return { what: `#${number} reopened`, done: this.up(one) };
    }
    const dice = this.random.next();
    if (dice < 0.35) {
      this.requests.push(one, at);
      return { what: `#${number} pushed`, done: this.up(one) };
    }
    if (dice < 0.55) {
      const labels = this.random.pick([[], ["preview:keep-9d"], [previewLabels.ownSecret], ["bug"]]);
      this.requests.label(one, labels, at);
      return { what: `#${number} labelled ${labels.join(" ") || "nothing"}`, done: this.up(one) };
    }
    this.requests.close(one, at);
    if (dice < 0.75) return { what: `#${number} closed with conflicts`, done: Promise.resolve() };
    return { what: `#${number} closed`, done: this.down(one) };
  }

  private async up(one: SimulatedPullRequest): Promise<void> {
    const ended = await this.disturbed(upOf(one));
    one.isSettled = ended?.code === 0;
  }

  private async down({ number, touchedAt }: SimulatedPullRequest): Promise<void> {
    await this.disturbed(["preview", "down", "--pr", String(number), "--at", touchedAt]);
  }

  /** Every command has a chance to be killed, with everything that it started; @returns undefined when it was */
  private async disturbed(args: readonly string[]): Promise<Ended | undefined> {
    const kill = this.random.next() < 0.25 ? this.random.next() * this.took : undefined;
    const startedAt = Date.now();
    const { ended, killAll } = this.start(args);
    if (kill === undefined) {
      const outcome = await ended;
      if (outcome.code === 0) this.took = Date.now() - startedAt;
      return outcome;
    }
    const outcome = await Promise.race([ended, wait(kill).then(() => undefined)]);
    if (outcome) return outcome;
    this.kills++;
    killAll();
    await ended;
    return undefined;
  }

  /** Until it could do everything; then nothing is left of what is closed or over. */
  private async sweep(): Promise<void> {
    const at = new Date(this.now).toISOString();
    for (let attempt = 1; ; attempt++) {
      this.sweeps++;
      const ended = await this.disturbed(["preview", "sweep", "--json", "--at", at]);
      if (ended?.code === 0) break;
      if (attempt === mostSweeps) throw new Error(`the sweep fails again and again: ${ended?.said}`);
      if (attempt === mostSweeps - 2) await this.calm();
    }
    for (const [pr, things] of await this.present()) {
      const one = this.requests.all.get(pr);
      if (!one || !this.lives(one)) throw new Error(`something of #${pr} is left: ${things.join(", ")}`);
    }
  }

  /** What failed or was killed, its author runs again. */
  private async settle(): Promise<void> {
    for (const one of this.requests.all.values()) {
      if (one.isSettled || !this.lives(one)) continue;
      const { code, said } = await this.start(upOf(one)).ended;
      if (code !== 0) throw new Error(`#${one.number} can't be brought up: ${said}`);
    }
    this.sweeps++;
    const at = new Date(this.now).toISOString();
    const last = await this.start(["preview", "sweep", "--json", "--at", at]).ended;
    if (last.code !== 0) throw new Error(`the last sweep failed: ${last.said}`);
    const { unread, previews } = JSON.parse(last.said) as SweepReport;
    if (unread.length + previews.length > 0) throw new Error(`the last sweep found something: ${last.said}`);
  }

  /** Exactly the living ones, on every side. */
  private async verifyAll(): Promise<void> {
    const present = await this.present(({ side, within, name }) => [side, within, name].join(" "));
    const living = [...this.requests.all.values()].filter((one) => this.lives(one));
    for (const one of living) {
      sameThings(one.number, expectedOf(one), present.get(one.number) ?? []);
      present.delete(one.number);
    }
    if (present.size > 0) throw new Error(`something is left: ${JSON.stringify([...present])}`);
  }

  /** What there is of each pull request, told by the clouds. */
  private async present(text: (one: PreviewRemnant) => string = told): Promise<Map<number, string[]>> {
    const sides = this.sides;
    for (let attempt = 1; ; attempt++) {
      const { remnants, unread } = await readSides(sides, async () => []);
      if (unread.length > 0 && attempt < mostSweeps) continue;
      if (unread.length > 0) throw new Error(`not read: ${JSON.stringify(unread)}`);
      const found = new Map<number, string[]>();
      // A lease is who works there, and comes and goes.
      for (const one of remnants.filter(({ side }) => side !== "lease")) {
        found.set(one.pr, [...(found.get(one.pr) ?? []), text(one)].sort());
      }
      return found;
    }
  }

  /** As the sweep's, in this process. */
  private openSides(): Side[] {
    const loaded = previewEnvironment();
    const env = () => this.lease?.env ?? {};
    const place: PreviewPlace = {
      target: "sandbox",
      loaded,
      get env() {
        return env();
      },
      bucket: (name) => new StorageBucket(name, { transport: (request) => transportOf(env())(request) }),
      root: this.clone.root,
      stop: new AbortController().signal,
      note: () => {},
    };
    const { content, database } = previewSides(place);
    this.database = database;
    const siteIds = Object.keys(loaded.environment.sites).map((site) => loaded.names.site(site));
    return [
      ...cloudSides(place),
      ...(content ? [new ChannelSide(content, siteIds)] : []),
      ...(database ? [new DatabaseSide(database)] : []),
    ];
  }

  private lives(one: SimulatedPullRequest): boolean {
    return this.requests.lives(one, new Date(this.now).toISOString());
  }

  /** Google and Atlas fail now and then, and so does GitHub. */
  private async disturb(round: number): Promise<void> {
    const seed = String(this.options.seed * 1_000 + round);
    const rate = String(troubled);
    await this.must("sandbox", "fault", "add", "error", "--status", "503", "--rate", rate, "--seed", seed);
    await this.must("sandbox", "fault", "add", "answer-lost", "--rate", rate, "--seed", seed);
    for (const status of [500, 502, 503]) {
      const times = Math.floor(this.random.next() * 3);
      this.troubles += times;
      if (times > 0) this.server.trouble({ status, message: "Server Error", times });
    }
  }

  private async calm(): Promise<void> {
    await this.must("sandbox", "fault", "clear");
  }

  private async must(...args: string[]): Promise<void> {
    const { code, said } = await this.start(args).ended;
    if (code !== 0) throw new Error(`groundwork ${args.join(" ")} ended with ${code}: ${said}`);
  }

  private start(args: readonly string[]): { ended: Promise<Ended>; killAll: () => void } {
    const child = spawn(process.execPath, ["pipeline/bin/groundwork.mjs", ...args], {
      cwd: this.clone.root,
      env: { ...process.env, NO_COLOR: "1", ...this.server.env(this.address) },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, to be killed whole, as a runner that goes away.
      detached: true,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk));
    const ended = new Promise<Ended>((resolve) => {
      child.once("close", (code) => resolve({ code, said: stdout || stderr }));
    });
    const killAll = () => {
      try {
        process.kill(-(child.pid ?? 0), "SIGKILL");
      } catch {
        // It has ended.
      }
    };
    return { ended, killAll };
  }
}

function upOf({ number, head, labels, touchedAt }: SimulatedPullRequest): string[] {
  return [
    ...["preview", "up", "--pr", String(number), "--sha", head, "--at", touchedAt],
    ...["--labels", labels.join(","), "--title", `Change ${number}`, "--owner", "ann"],
    ...["--service", "orders=orders", "--site", "storefront=site", "--fixtures", "fixtures"],
  ];
}

function expectedOf({ number, head, labels }: SimulatedPullRequest): string[] {
  const names = new PreviewNames(number);
  const { account, artifactPrefix, record, role, secret, state } = names;
  const things: [PreviewSide, string, string][] = [
    ["account", "", account],
    ["artifact", "", artifactPrefix],
    ["channel", previewEnvironment().names.site("storefront"), names.channel],
    ["database", "", names.database],
    ["record", "", record],
    ["role", "", role],
    ["state", "", state],
    ["version", "orders", names.version(head)],
    ...(labels.includes(previewLabels.ownSecret)
      ? [["secret", "", secret] as [PreviewSide, string, string]]
      : []),
  ];
  return things.map((thing) => thing.join(" ")).sort();
}

function told({ side, within, name, createdAt }: PreviewRemnant): string {
  return [side, within, name, createdAt].join(" ");
}

function sameThings(pr: number, expected: readonly string[], found: readonly string[]): void {
  // A user's name is its account's number at Google.
  const compared = (things: readonly string[]) =>
    JSON.stringify(things.filter((one) => !one.startsWith("user ")));
  const users = found.filter((one) => one.startsWith("user ")).length;
  if (compared(expected) === compared(found) && users <= 1) return;
  throw new Error(`#${pr}: expected ${expected.join(", ")}; found ${found.join(", ")}`);
}
