import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { acquireSandbox, sandboxStatus } from "@groundwork/sandbox/process/client";
import type { SandboxLease } from "@groundwork/sandbox/process/contract";
import { Random } from "@groundwork/sandbox/torture/random";
import { previewLabels, previewLimits } from "../../environments/preview-rules";
import { GitHubServer } from "../../pipeline/github/testing/github-server";
import type { SweepReport } from "../../pipeline/preview/sweep/report";
import { Clone } from "../clone";
import { DisturbedCommands, type Ended } from "./disturbed-commands";
import { expectedOf, nameOf, sameThings, service, site, thingOf } from "./expected";
import { Presence } from "./presence";
import { PullRequests, type SimulatedPullRequest } from "./pull-requests";

export interface SimulationOptions {
  rounds: number;
  seed: number;
  /** Pull requests that there are at most; each round opens one until they are there. @default 30 */
  pullRequests?: number;
  /** How many things happen in a round, at most. @default 4 */
  events?: number;
  /** Told of each round when it is over. @default - nobody is */
  report?: (line: string) => void;
}

const minute = 60_000;
const hour = 60 * minute;
/** A sweep that couldn't do everything is run again so often in a round. */
const mostSweeps = 8;
/** What a pull request can be labelled with. */
const labellings: readonly [string[], ...string[][]] = [
  [],
  ["bug"],
  ["preview:keep-9d"],
  [previewLabels.ownSecret],
  [previewLabels.ownGateway],
  [previewLabels.ownService],
  [previewLabels.ownCluster, "preview:keep-30d"],
];

/**
 * Lets pull requests be opened, pushed to (also twice at once), labelled, closed, merged, both also with conflicts, so that
 * it starts nothing, reopened, and old workflows be run again; kills what runs, and lets GitHub, Google and Atlas fail.
 *
 * - After each round a pull request to which nothing happened is as it was, and so is after each sweep each that lives.
 * - After each sweep nothing is left of what is closed or over: nothing outlives its end by more than one sweep.
 * - In the end exactly what lives is there, on every side, and told in one comment; when all are closed, the cloud is as it
 *   was before the first.
 *
 * @throws Error when one of these doesn't hold
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
  private presence: Presence | undefined;
  private commands: DisturbedCommands | undefined;
  /** Simulated; goes on with every event. */
  private now = Date.now();
  /** ISO 8601 */
  private sweptAt = "";
  private sweeps = 0;
  /** Milliseconds by which something outlived its end. */
  private oldestOrphan = 0;
  /** Pull requests that couldn't be told of something. */
  private readonly untold = new Set<number>();

  constructor(private readonly options: SimulationOptions) {
    this.random = new Random(options.seed);
  }

  async run(): Promise<void> {
    const { rounds, seed, report = () => {} } = this.options;
    const commands = await this.prepare();
    const { objects: shared } = await sandboxStatus({ root: this.clone.root });
    for (let round = 1; round <= rounds; round++) {
      const startedAt = Date.now();
      await commands.disturb(seed * 1_000 + round);
      const happened = await this.round(round);
      await commands.calm();
      report(`round ${round} (${((Date.now() - startedAt) / 1_000).toFixed(1)} s): ${happened.join(", ")}`);
    }
    await this.settle();
    const living = await this.verifyAll();
    await this.closeAll();
    const { objects: left } = await sandboxStatus({ root: this.clone.root });
    sameThings("what was there before the first preview", countsOf(shared), countsOf(left));
    const { kills, google, atlas, github } = commands.disturbances;
    report(
      [
        `${rounds} rounds, ${this.requests.all.size} pull requests, ${living} living in the end`,
        `${kills} kills; troubles: ${google} of Google's, ${atlas} of Atlas's, ${github} of GitHub's`,
        `${this.sweeps} sweeps; the oldest orphan was found ${(this.oldestOrphan / hour).toFixed(1)} h after its end, by the next sweep`,
      ].join("; "),
    );
  }

  async close(): Promise<void> {
    await this.presence?.close();
    await this.lease?.release();
    await this.server.stop().catch(() => {});
    await this.clone.remove();
  }

  private async prepare(): Promise<DisturbedCommands> {
    const { root } = this.clone;
    this.clone.reduceTo("preview", "dev");
    for (const [file, text] of Object.entries({
      "orders/package.json": "{}",
      "site/index.html": "<h1>Hazelwick</h1>\n",
      "fixtures/orders.json": '[{ "_id": 1, "item": "spade" }]\n',
    })) {
      mkdirSync(join(root, file, ".."), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const commands = new DisturbedCommands(root, this.server, await this.server.start(), this.random);
    this.commands = commands;
    await commands.must("up", "preview");
    this.lease = await acquireSandbox({ root });
    this.presence = new Presence(root, this.lease);
    return commands;
  }

  /** Some things at the same time, and a sweep; what they are not about stays as it is. */
  private async round(round: number): Promise<string[]> {
    const before = await this.things();
    const chosen = this.choose();
    const work = chosen.map((number) => this.happen(number, round));
    await Promise.all(work.map(({ done }) => done));
    const after = await this.things();
    for (const number of new Set([...before.keys(), ...after.keys()])) {
      if (!chosen.includes(number)) sameThings(`#${number}`, before.get(number), after.get(number));
    }
    // Now and then no sweep runs for days.
    const pause = this.random.next() < 0.1 ? 3 * 24 : 1 + this.random.next() * (previewLimits.sweepHours - 1);
    this.now += pause * hour;
    await this.sweep(after);
    return work.map(({ what }) => what);
  }

  /** Different pull requests: the events of one come one after the other. */
  private choose(): number[] {
    const { pullRequests = 30, events = 4 } = this.options;
    const chosen = new Set<number>();
    const next = this.requests.all.size + 1;
    if (next <= pullRequests) chosen.add(next);
    const count = Math.min(1 + Math.floor(this.random.next() * events), pullRequests, next);
    while (chosen.size < count) chosen.add(1 + Math.floor(this.random.next() * Math.min(next, pullRequests)));
    return [...chosen];
  }

  private happen(number: number, round: number): { what: string; done: Promise<void> } {
    const at = this.tick();
    const one = this.requests.all.get(number);
    if (!one) return { what: `#${number} opened`, done: this.up(this.requests.open(number, at)) };
    if (!one.open) return this.happenToClosed(one, at);
    const dice = this.random.next();
    if (dice < 0.2) {
      this.requests.push(one, at);
      return { what: `#${number} pushed`, done: this.up(one) };
    }
    if (dice < 0.35) return { what: `#${number} pushed twice`, done: this.pushTwice(one, at) };
    if (dice < 0.4) {
      return { what: `#${number} run again`, done: this.again(one) };
    }
    // There are weeks in which hardly anything is closed, until there is no room.
    if (dice < 0.6 || (round % 20 > 10 && dice < 0.92)) {
      const labels = this.random.pick(labellings);
      this.requests.label(one, labels, at);
      return { what: `#${number} labelled ${labels.join(" ") || "nothing"}`, done: this.up(one) };
    }
    const end = this.random.next() < 0.4 ? "merged" : "closed";
    this.requests.close(one, at, end);
    if (this.random.next() < 0.4)
      return { what: `#${number} ${end} with conflicts`, done: Promise.resolve() };
    return { what: `#${number} ${end}`, done: this.down(one) };
  }

  private happenToClosed(one: SimulatedPullRequest, at: string): { what: string; done: Promise<void> } {
    if (this.requests.isMerged(one) || this.random.next() < 0.3) {
      return { what: `#${one.number} deployed again after its end`, done: this.upAfterEnd(one) };
    }
    this.requests.reopen(one, at);
    return { what: `#${one.number} reopened`, done: this.up(one) };
  }

  private async up(one: SimulatedPullRequest): Promise<void> {
    if (!this.lives(one)) one.madeAgainAt = new Date(this.now).toISOString();
    this.take(one, await this.commands?.run(upOf(one)));
  }

  /** Somebody runs its old workflow again. */
  private async upAfterEnd(one: SimulatedPullRequest): Promise<void> {
    const ended = await this.commands?.run(upOf(one));
    if (ended && !ended.stdout.includes('"result": "unwanted"')) {
      throw new Error(`#${one.number} is closed, and came up: ${ended.stdout}${ended.stderr}`);
    }
  }

  /** Both workflows run at the same time; whatever becomes of the first, the second wins. */
  private async pushTwice(one: SimulatedPullRequest, at: string): Promise<void> {
    this.requests.push(one, at);
    const first = this.commands?.run(upOf(one));
    await wait(this.random.next() * 2_000);
    this.requests.push(one, this.tick());
    await Promise.all([first, this.up(one)]);
  }

  /** The workflow of the push before; it comes too late. */
  private async again(one: SimulatedPullRequest): Promise<void> {
    const touchedAt = new Date(Date.parse(one.touchedAt) - minute).toISOString();
    // Its event is an old one, and of the time that passes here the command knows nothing else.
    if (!this.lives(one)) one.madeAgainAt = new Date(this.now).toISOString();
    await this.commands?.run(upOf({ ...one, head: "0".repeat(40), touchedAt }));
    // Where no newer one ever came to its end, it is there now, until its author runs the newest again.
    one.isSettled = false;
  }

  private async down({ number, touchedAt }: SimulatedPullRequest): Promise<void> {
    const ended = await this.commands?.run(["preview", "down", "--pr", String(number), "--at", touchedAt]);
    this.hear(number, ended);
  }

  private take(one: SimulatedPullRequest, ended: Ended | undefined): void {
    this.hear(one.number, ended);
    const result = ended && /"result": "(\w+)"/.exec(ended.stdout)?.[1];
    one.isSettled = ended?.code === 0 && result === "up";
    one.isRefused = result === "refused";
  }

  private hear(number: number, ended: Ended | undefined): void {
    if (ended?.stderr.includes("was not told")) this.untold.add(number);
  }

  /** Until it could do everything; then nothing is left of what is closed or over. */
  private async sweep(before: ReadonlyMap<number, string[]>): Promise<void> {
    const at = new Date(this.now).toISOString();
    for (const [number] of before) this.measureOrphan(number, at);
    for (let attempt = 1; ; attempt++) {
      this.sweeps++;
      const ended = await this.commands?.run(["preview", "sweep", "--json", "--at", at]);
      if (ended?.stdout.startsWith("{")) this.hearSweep(ended);
      if (ended?.code === 0) break;
      if (attempt === mostSweeps) throw new Error(`the sweep fails again and again: ${ended?.stdout}`);
      if (attempt === mostSweeps - 2) await this.commands?.calm();
    }
    this.sweptAt = at;
    const after = await this.things();
    for (const number of new Set([...before.keys(), ...after.keys()])) {
      const one = this.requests.all.get(number);
      const lives = one !== undefined && this.lives(one);
      sameThings(`#${number}, after a sweep`, lives ? before.get(number) : [], after.get(number));
    }
  }

  /** What should be gone was there: then it ended after the last sweep, or that one forgot it. */
  private measureOrphan(number: number, at: string): void {
    const one = this.requests.all.get(number);
    if (!one) throw new Error(`something of #${number} is there, which never was`);
    const end = this.requests.endOf(one);
    if (end > at) return;
    if (end <= this.sweptAt)
      throw new Error(`#${number} ended ${end}, and outlived the sweep of ${this.sweptAt}`);
    this.oldestOrphan = Math.max(this.oldestOrphan, Date.parse(at) - Date.parse(end));
  }

  private hearSweep({ stdout }: Ended): void {
    const { untold } = JSON.parse(stdout) as SweepReport;
    for (const { pr } of untold) this.untold.add(pr);
  }

  /** What failed or was killed, its author runs again; what found no room stays away. */
  private async settle(): Promise<void> {
    for (const one of this.requests.all.values()) {
      if (one.isSettled || !this.lives(one)) continue;
      const ended = await this.commands?.start(upOf(one)).ended;
      this.take(one, ended);
      this.untold.delete(one.number);
      if (!one.isSettled && !one.isRefused) {
        throw new Error(`#${one.number} can't be brought up: ${ended?.stdout}${ended?.stderr}`);
      }
    }
    const at = new Date(this.now).toISOString();
    this.sweeps++;
    const last = await this.commands?.must("preview", "sweep", "--json", "--at", at);
    const { unread, previews } = JSON.parse(last?.stdout ?? "") as SweepReport;
    if (unread.length + previews.length > 0)
      throw new Error(`the last sweep found something: ${last?.stdout}`);
  }

  /** Exactly the living ones, on every side. @returns how many */
  private async verifyAll(): Promise<number> {
    const present = await this.presence?.read(nameOf);
    const all = [...this.requests.all.values()];
    const living = all.filter((one) => this.lives(one));
    const refused = living.filter(({ isRefused }) => isRefused);
    if (refused.length > 0 && living.length - refused.length < previewLimits.previews) {
      throw new Error(
        `${refused.map(({ number }) => `#${number}`).join(", ")} found no room where there was some`,
      );
    }
    for (const one of all) {
      const isThere = living.includes(one) && !one.isRefused;
      sameThings(`#${one.number}`, isThere ? expectedOf(one) : [], present?.get(one.number));
      present?.delete(one.number);
      this.verifyComment(one, isThere);
    }
    if (present && present.size > 0) throw new Error(`something is left: ${JSON.stringify([...present])}`);
    return living.length;
  }

  private verifyComment(one: SimulatedPullRequest, isThere: boolean): void {
    if (this.untold.has(one.number)) return;
    const comments = this.requests.comments(one);
    const expected = isThere ? `### Preview of \`${one.head.slice(0, 7)}\`` : "";
    const isTrue = isThere ? comments[0]?.includes(expected) : !comments[0]?.includes("### Preview of");
    if (comments.length <= 1 && isTrue) return;
    throw new Error(
      `#${one.number}: expected one comment, ${expected || "of no preview"}; found ${comments.join("\n")}`,
    );
  }

  /** When the last one is closed, nothing is left. */
  private async closeAll(): Promise<void> {
    for (const one of this.requests.all.values()) if (one.open) this.requests.close(one, this.tick());
    this.now += hour;
    this.sweeps++;
    await this.commands?.must("preview", "sweep", "--at", new Date(this.now).toISOString());
    for (const [number, things] of await this.things()) sameThings(`#${number}, in the end`, [], things);
  }

  private async things(): Promise<Map<number, string[]>> {
    return (await this.presence?.read(thingOf)) ?? new Map();
  }

  private tick(): string {
    this.now += minute;
    return new Date(this.now).toISOString();
  }

  private lives(one: SimulatedPullRequest): boolean {
    return this.requests.lives(one, new Date(this.now).toISOString());
  }
}

function upOf({ number, head, labels, touchedAt }: SimulatedPullRequest): string[] {
  return [
    ...["preview", "up", "--json", "--pr", String(number), "--sha", head, "--at", touchedAt],
    ...["--labels", labels.join(","), "--title", `Change ${number}`, "--owner", "ann"],
    ...["--service", `${service}=orders`, "--site", `${site}=site`, "--fixtures", "fixtures"],
  ];
}

function countsOf(objects: Readonly<Record<string, number>> = {}): string[] {
  return Object.entries(objects).map(([type, count]) => `${type} ${count}`);
}
