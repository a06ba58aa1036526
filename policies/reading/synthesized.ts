import type { PackName } from "../packs";
import type { Judgement, Violation } from "../rule";
import { blocksOf, isObject, type Json, type JsonObject, valueAt } from "./json";

/** One synthesized stack: what synthesis knows of it, and its `cdk.tf.json`. */
export interface StackInput {
  /** `prod-data`. */
  readonly name: string;
  readonly environment: string;
  /** `data`. */
  readonly kind: string;
  /** Google Cloud project. */
  readonly project: string;
  /** The synthesized Terraform configuration. */
  readonly configuration: Json;
}

/** What tells a violation beside the place. */
export type Complaint = Pick<Violation, "attribute" | "found" | "todo">;

/** One resource as it was synthesized. */
export class Resource {
  readonly address: string;

  constructor(
    readonly stack: StackInput,
    readonly type: string,
    readonly name: string,
    readonly values: JsonObject,
  ) {
    this.address = `${type}.${name}`;
  }

  /** Where it stands in the code: `prod-data/configuration/bucket`. */
  get path(): string {
    const path = valueAt(this.values["//"], "metadata.path");
    return typeof path === "string" ? path : `${this.stack.name}/${this.name}`;
  }

  get createsBeforeDestroying(): boolean {
    return valueAt(this.values, "lifecycle.create_before_destroy") === true;
  }

  get isProtected(): boolean {
    return valueAt(this.values, "lifecycle.prevent_destroy") === true;
  }

  /** @param attribute what it is about; `undefined` for the resource as a whole */
  violation(attribute: string | undefined, found: string, todo: string): Violation {
    const { stack, address } = this;
    return { stack: stack.name, address, ...(attribute === undefined ? {} : { attribute }), found, todo };
  }
}

/** One environment as it was synthesized: all of its stacks, because some rules hold between them. */
export class SynthesizedEnvironment {
  readonly resources: readonly Resource[];
  readonly data: readonly Resource[];

  /** @param strangers projects and state buckets of other environments, by environment */
  constructor(
    readonly name: string,
    readonly pack: PackName,
    readonly stacks: readonly StackInput[],
    readonly strangers: Readonly<Record<string, readonly string[]>> = {},
  ) {
    this.resources = stacks.flatMap((stack) => resourcesOf(stack, "resource"));
    this.data = stacks.flatMap((stack) => resourcesOf(stack, "data"));
  }

  all(...types: readonly string[]): Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resource or data source that a text refers to: `${google_service_account.run.email}`. */
  referred(from: StackInput, text: string): Resource | undefined {
    const [, data, type, name] = /\$\{\s*(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z0-9_-]+)/.exec(text) ?? [];
    return (data ? this.data : this.resources).find(
      (one) => one.stack.name === from.name && one.type === type && one.name === name,
    );
  }

  /** A violation of the environment as a whole, told at the stack where the missing thing belongs. */
  missing(kind: string, found: string, todo: string): Violation {
    const stack = this.stacks.find((one) => one.kind === kind) ?? this.stacks[0];
    return { stack: stack?.name ?? `${this.name}-${kind}`, found, todo };
  }
}

/** Judges every resource of some types by itself; not applicable when there are none. */
export function judgeEach(
  resources: readonly Resource[],
  judge: (resource: Resource) => readonly Violation[],
): Judgement {
  return resources.length === 0 ? "not applicable" : resources.flatMap(judge);
}

function resourcesOf(stack: StackInput, section: "resource" | "data"): Resource[] {
  const byType = valueAt(stack.configuration, section);
  if (!isObject(byType)) return [];
  return Object.entries(byType).flatMap(([type, byName]) =>
    isObject(byName)
      ? Object.entries(byName).flatMap(([name, values]) =>
          blocksOf(values).map((block) => new Resource(stack, type, name, block)),
        )
      : [],
  );
}
