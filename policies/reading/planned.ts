import type { PackName } from "../packs";
import type { ApprovalNeeded, Violation } from "../rule";
import { isObject, type Json, type JsonObject, valueAt } from "./json";
import type { PlanJson, ResourceChangeJson } from "./plan-json";

/** One planned stack. */
export interface PlanInput {
  /** `prod-data`. */
  readonly name: string;
  readonly environment: string;
  /** `terraform show -json` of its plan. */
  readonly plan: PlanJson;
  /** The code no longer has it, and its plan destroys whatever it made. */
  readonly isGone?: boolean;
}

/** Whether it may be applied now, as the deployment windows have it. */
export interface WindowState {
  readonly open: boolean;
  /** Why it is closed: `freeze until …: inventory`. */
  readonly reason?: string;
  /** When it opens next, for people. */
  readonly opens?: string;
}

/** How a service's traffic may move, from the release manifest. */
export interface ServiceIntent {
  readonly strategy: "canary" | "blue-green" | "all-at-once";
  /** What a rollback goes back to. */
  readonly previousTraffic?: Readonly<Record<string, number>>;
}

/** What a plan can't tell. Each input may be absent; the rules that need it then say that they did not look. */
export interface Surroundings {
  /** The moment of judgement, ISO 8601. */
  readonly now?: string;
  readonly window?: WindowState;
  /** Deletions and replacements that one change may make. */
  readonly deletionLimit?: number;
  /** The shares that App Engine serves right now, by service and version. Terraform never reads them. */
  readonly liveTraffic?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** By service, from `releases/<env>.json`. */
  readonly release?: Readonly<Record<string, ServiceIntent>>;
  /** Digests by stack: what was reviewed, and what would be applied. */
  readonly digests?: Readonly<Record<string, { readonly reviewed: string; readonly actual: string }>>;
  /** Digests of the provider lock files by stack. */
  readonly lockFiles?: Readonly<Record<string, { readonly reviewed: string; readonly actual: string }>>;
  /** What whoever plans signs in with: a text that has one of these in it was put there by somebody. */
  readonly credentials?: readonly string[];
}

/** One change of one resource that is more than nothing. */
export class Change {
  readonly address: string;
  readonly type: string;

  constructor(
    readonly stack: string,
    readonly json: ResourceChangeJson,
  ) {
    this.address = json.address;
    this.type = json.type;
  }

  get before(): JsonObject {
    return objectOf(this.json.change.before);
  }

  get after(): JsonObject {
    return objectOf(this.json.change.after);
  }

  get creates(): boolean {
    return this.json.change.actions.includes("create");
  }

  get deletes(): boolean {
    return this.json.change.actions.includes("delete");
  }

  get replaces(): boolean {
    return this.creates && this.deletes;
  }

  get updates(): boolean {
    return this.json.change.actions.includes("update");
  }

  get isNothing(): boolean {
    return this.json.change.actions.every((action) => action === "no-op" || action === "read");
  }

  /** Whether the value at a path, or something it lies in, is known only after the apply. */
  isUnknown(path: string): boolean {
    let at: Json | undefined = this.json.change.after_unknown;
    for (const key of path.split(".")) {
      if (at === true) return true;
      at = valueAt(at, key);
    }
    return at === true || containsTrue(at);
  }

  /** @param approval who may allow it; nobody without */
  violation(
    attribute: string | undefined,
    found: string,
    todo: string,
    approval?: ApprovalNeeded,
  ): Violation {
    const { stack, address } = this;
    return {
      stack,
      address,
      ...(attribute === undefined ? {} : { attribute }),
      found,
      todo,
      ...(approval ? { approval } : {}),
    };
  }
}

/** What is planned for one environment. */
export class PlannedEnvironment {
  /** Everything that really changes. */
  readonly changes: readonly Change[];
  /** Everything that Terraform looked at, unchanged things too. */
  readonly objects: readonly Change[];

  constructor(
    readonly name: string,
    readonly pack: PackName,
    readonly stacks: readonly PlanInput[],
    readonly surroundings: Surroundings = {},
  ) {
    this.objects = stacks.flatMap(({ name: stack, plan }) =>
      (plan.resource_changes ?? [])
        .filter(({ mode }) => mode === "managed")
        .map((json) => new Change(stack, json)),
    );
    this.changes = this.objects.filter((change) => !change.isNothing);
  }

  of(...types: readonly string[]): Change[] {
    return this.changes.filter(({ type }) => types.includes(type));
  }
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function containsTrue(value: Json | undefined): boolean {
  if (value === true) return true;
  if (Array.isArray(value)) return value.some(containsTrue);
  return isObject(value) && Object.values(value).some(containsTrue);
}
