import type { Bucket } from "../bucket/bucket";
import { History } from "../history/history";
import type { Actor, Ended, RecordedApproval, StateVersion } from "../history/record";
import { currentVersion, stateAddress } from "../state/state-object";
import type { Stack } from "../synthesis/stack-list";
import { firstError } from "../terraform/render-diagnostics";
import type { TerraformBinary } from "../terraform/terraform";
import type { AppliedStack, ApplyObserver, StackToApply } from "./apply-stacks";

export interface RecordOptions {
  /** Full hash of the commit that is applied. */
  commit: string;
  /** The commit whose plans were reviewed; undefined: nobody reviewed them. */
  reviewed: string | undefined;
  by: Actor;
  approvals: readonly RecordedApproval[];
  /** Reason of an emergency. */
  override?: string;
  binary: TerraformBinary;
  /** Digest of the reviewed plan and the run that is resumed, by stack. */
  plans: ReadonlyMap<string, { digest: string; resumes?: number }>;
  version: (stack: string) => Promise<StateVersion>;
}

/**
 * Writes down every apply: that it begins, before Terraform is started, and how it ended. A kill between the two leaves
 * the first without the second, for everybody to see; the next run finishes it.
 */
export class RecordingObserver implements ApplyObserver {
  private readonly open = new Map<string, number>();
  /** Number of the record with which the apply of each stack began, by stack. */
  readonly records = new Map<string, number>();

  constructor(
    private readonly history: History,
    private readonly options: RecordOptions,
  ) {}

  async begins({ stack }: Pick<StackToApply, "stack">): Promise<void> {
    const { commit, reviewed, by, approvals, override, binary, plans, version } = this.options;
    const { digest = "", resumes } = plans.get(stack.name) ?? {};
    const { number } = await this.history.append({
      kind: "began",
      stack: stack.name,
      commit,
      ...(reviewed === undefined ? { unreviewed: true as const } : {}),
      ...(reviewed === undefined || reviewed === commit ? {} : { reviewed }),
      digest,
      by,
      approvals: [...approvals],
      ...(override === undefined ? {} : { override }),
      ...(resumes === undefined ? {} : { resumes }),
      terraform: { product: binary.product, version: binary.version },
      before: await version(stack.name),
    });
    this.open.set(stack.name, number);
    this.records.set(stack.name, number);
  }

  async ended(applied: AppliedStack, result: Ended["result"]): Promise<void> {
    const { name } = applied.stack;
    const began = this.open.get(name);
    if (began === undefined) return;
    this.open.delete(name);
    const { added, changed, destroyed, seconds, diagnostics } = applied;
    await this.history.append({
      kind: "ended",
      stack: name,
      commit: this.options.commit,
      began,
      result,
      counts: { added, changed, destroyed },
      seconds,
      ...(result === "failed" ? { error: firstError(diagnostics) } : {}),
      after: await this.options.version(name),
    });
  }
}

/**
 * Writes down what is applied without a review, each stack in its environment's history.
 *
 * @param digests of the plans, by stack
 */
export function unreviewedObserver(
  stacks: readonly Stack[],
  options: Pick<RecordOptions, "commit" | "by" | "binary"> & {
    bucket: (name: string) => Bucket;
    digests: ReadonlyMap<string, string>;
  },
): ApplyObserver {
  const { bucket, digests, ...common } = options;
  const observers = new Map<string, RecordingObserver>();
  const observerOf = ({ environment, state = "" }: Stack): RecordingObserver => {
    const known = observers.get(environment);
    if (known) return known;
    const own = bucket(stateAddress(state).bucket);
    const made = new RecordingObserver(new History(environment, own), {
      ...common,
      reviewed: undefined,
      approvals: [],
      plans: new Map([...digests].map(([name, digest]) => [name, { digest }])),
      version: (name) => {
        const stack = stacks.find((one) => one.name === name);
        return currentVersion(own, stateAddress(stack?.state ?? ""));
      },
    });
    observers.set(environment, made);
    return made;
  };
  return {
    begins: (item) => observerOf(item.stack).begins(item),
    ended: (applied, result) => observerOf(applied.stack).ended(applied, result),
  };
}
