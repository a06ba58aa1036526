import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findTerraform } from "../../bootstrap/terraform/find.mjs";
import { StorageBucket } from "../bucket/storage-bucket";
import { transportOf } from "../bucket/transport";
import { applyCommit, type CommitWork } from "../commands/apply-commit";
import { planSession } from "../commands/plan";
import type { CommandContext, Session } from "../commands/session";
import { savePlans } from "../commit-plans/save-plans";
import { Console } from "../console/console";
import { digestKey } from "../digest/digest-key";
import { History } from "../history/history";
import { Interruption } from "../interruption";
import { SavedPlans } from "../plan/saved-plans";
import { CloudApi } from "../preview/clouds/cloud-api";
import { sandboxTransport } from "../preview/clouds/transport";
import type { Stack } from "../synthesis/stack-list";
import { terraformEnvironment } from "../terraform/environment";
import { Terraform } from "../terraform/terraform";

/** One stack of a platform that no synthesis makes. */
export interface SmallStack {
  /** `data`. */
  stack: string;
  /** Kinds of the stacks that come first. */
  after?: readonly string[];
  /** Everything but the backend, as `cdk.tf.json` has it. */
  configuration: Readonly<Record<string, unknown>>;
}

/** What a command said, and its exit code. */
export interface Said<T> {
  code: number;
  /** Its JSON. */
  answer: T;
  notes: string;
}

/** A few stacks of one environment, planned and applied by the pipeline as a user's are, without synthesis. */
export class SmallPlatform {
  readonly bucketName = "small-dev-tfstate";

  /**
   * @param root folder for configurations and data
   * @param env variables that lead Terraform and us to the states; read each time
   */
  constructor(
    readonly root: string,
    private readonly env: () => Readonly<Record<string, string>>,
    readonly environment = "dev",
  ) {}

  get bucket(): StorageBucket {
    return new StorageBucket(this.bucketName, { transport: (request) => transportOf(this.env())(request) });
  }

  get history(): History {
    return new History(this.environment, this.bucket);
  }

  /** Writes the code of a commit. */
  write(stacks: readonly SmallStack[]): Stack[] {
    return stacks.map(({ stack, after = [], configuration }) => {
      const name = `${this.environment}-${stack}`;
      const folder = join(this.root, "stacks", name);
      mkdirSync(folder, { recursive: true });
      const { terraform, ...rest } = configuration;
      const backend = { gcs: { bucket: this.bucketName, prefix: stack } };
      const whole = { terraform: { backend, ...(terraform as object | undefined) }, ...rest };
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(whole, null, 2));
      return {
        name,
        folder,
        environment: this.environment,
        stack,
        dependsOn: after.map((kind) => `${this.environment}-${kind}`),
        project: "small",
        providers: {},
        state: `gs://${this.bucketName}/${stack}`,
      };
    });
  }

  /** `groundwork plan --save`. */
  async plan(stacks: Stack[], commit: string): Promise<string[]> {
    const { context, session } = await this.open(stacks);
    const saved = SavedPlans.create(this.root, new Date());
    const planned = await planSession(context, session, saved);
    await savePlans(planned, saved, { ...session, commit, now: new Date() });
    saved.remove();
    return planned.map(({ result }) => result);
  }

  /** `groundwork apply --sha`. */
  async apply<T = Applied>(
    stacks: Stack[],
    commit: string,
    more: Partial<
      Pick<CommitWork, "reviewed" | "guard" | "plannedItself"> & Pick<Session, "orphanDecisions">
    > = {},
  ): Promise<Said<T>> {
    const { context, session, said } = await this.open(stacks);
    const saved = SavedPlans.create(this.root, new Date());
    const { orphanDecisions = [], ...rest } = more;
    try {
      const work: CommitWork = { commit, saved, guard: () => ({ approvals: [] }), ...rest };
      const code = await applyCommit(context, { ...session, orphanDecisions }, work);
      return { code, answer: JSON.parse(said.stdout || "{}") as T, notes: said.stderr };
    } finally {
      saved.remove();
    }
  }

  /** Terraform for these stacks, as a session has it. */
  async open(stacks: Stack[]): Promise<{
    context: CommandContext;
    session: Session;
    said: { stdout: string; stderr: string };
  }> {
    const { found: binary } = await findTerraform({ root: this.root });
    if (!binary) throw new Error("Terraform or OpenTofu must be on the PATH.");
    const said = { stdout: "", stderr: "" };
    const stream = (name: keyof typeof said) => ({ write: (text: string) => (said[name] += text) });
    const console = new Console({ stdout: stream("stdout"), stderr: stream("stderr"), json: true, env: {} });
    const interruption = new Interruption();
    const own = { PATH: process.env.PATH ?? "", HOME: this.root, GITHUB_ACTOR: "ann" };
    const terraform = new Terraform({
      binary,
      env: () => terraformEnvironment(own, this.env()),
      interruption,
      dataFolder: join(this.root, "data"),
    });
    const session: Session = {
      target: "sandbox",
      binary,
      terraform,
      stacks,
      code: stacks,
      orphanDecisions: [],
      atOnce: 3,
      secrets: new Set(),
      digestKey: digestKey(this.root, {}),
      bucket: () => this.bucket,
      googleApi: (host) => new CloudApi(host, { transport: sandboxTransport(this.env) }),
    };
    return { context: { root: this.root, console, interruption, env: own }, session, said };
  }
}

/** What an apply answers. */
export interface Applied {
  stacks: {
    name: string;
    result: string;
    blockedBy?: string;
    diagnostics: { summary: string; detail: string }[];
  }[];
  totals: { stacks: number; added: number; changed: number; destroyed: number };
  refused?: {
    stack: string;
    why: string;
    differences: { address: string; reviewed?: string; now?: string }[];
  }[];
}
