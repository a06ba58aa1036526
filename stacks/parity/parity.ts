import { isUserError } from "@groundwork/user-error";
import { differFrom, type EnvironmentDefinition, environment as inFull } from "../../environments/difference";
import type { EnvironmentIdentity } from "../../environments/environment";
import { type EnvironmentSource, validateEnvironments } from "../../environments/load";
import { environmentStacks } from "../environment-stacks";
import type { StackClass } from "../synthesis";
import { compared, type Effect } from "./effect";
import { type ResourcesByAddress, resourcesOf } from "./resources";

/** One declared difference. */
export interface DeclaredDifference {
  /** Dotted path of the field: `atlas.tier`. */
  readonly path: string;
  /** What stands there in the environment that it differs from; nothing where that has no such field. */
  readonly base?: unknown;
  readonly value: unknown;
  readonly reason: string;
  /**
   * Resources that it adds, removes and changes when it comes to those before it. Where it makes sense only with the
   * following ones, theirs tells it.
   *
   * @default - was not asked for
   */
  readonly effect?: Effect;
}

/** How an environment differs from another one. */
export interface EnvironmentParity {
  readonly environment: string;
  /** What it differs from. */
  readonly base: string;
  readonly differences: readonly DeclaredDifference[];
  /** Types of resources that only one of the two has. */
  readonly types: readonly { readonly type: string; readonly only: string }[];
  /** Number of resources, and of those that are alike in both. */
  readonly resources: { readonly base: number; readonly own: number; readonly alike: number };
  /** Addresses that differ although no declared difference accounts for it: there must be none. */
  readonly undeclared: readonly string[];
}

/** What is compared, and how closely. */
export interface ParityOptions {
  /** Also tell what each difference alone does: a synthesis for each, some seconds in all. */
  readonly effects: boolean;
  /** @default - those of the platform */
  readonly stacks?: readonly StackClass[];
}

/**
 * Compares every environment with the one that it differs from, in what is synthesized.
 *
 * The proof: the base's own fields under this environment's name, project and bucket give the base's own resources.
 * Nothing in the stacks, then, looks at which environment it is, and whatever is different comes of a declared
 * difference.
 *
 * @throws UserError when an environment can't be used
 */
export function parityOf(
  source: EnvironmentSource,
  { effects, stacks = environmentStacks }: ParityOptions,
): EnvironmentParity[] {
  return source.definitions.flatMap((definition) => {
    const { base } = definition;
    return base ? [new Comparison(source, definition, base, stacks).parity(effects)] : [];
  });
}

/** An environment and the one that it differs from. */
class Comparison {
  private readonly identity: EnvironmentIdentity;

  constructor(
    private readonly source: EnvironmentSource,
    private readonly definition: EnvironmentDefinition,
    private readonly base: EnvironmentDefinition,
    private readonly stacks: readonly StackClass[],
  ) {
    const { name, project, stateBucket } = definition.fields;
    this.identity = { name, project, stateBucket };
  }

  parity(effects: boolean): EnvironmentParity {
    const { definition, base, identity } = this;
    const ofBase = this.synthesized(inFull(base.fields));
    const renamed = this.differing(0);
    const own = this.differing(definition.differences.length);
    const difference = compared(ofBase, own);
    const undeclared = compared(ofBase, renamed);
    const told = effects ? this.effects(renamed) : [];
    return {
      environment: identity.name,
      base: base.fields.name,
      differences: definition.differences.map(({ path, value, reason }, index) => {
        const before = valueAt(base.fields, path);
        const effect = told[index];
        return {
          path,
          ...(before === undefined ? {} : { base: before }),
          value,
          reason,
          ...(effect ? { effect } : {}),
        };
      }),
      types: typesOfOne(ofBase, own, base.fields.name, identity.name),
      resources: {
        base: ofBase.size,
        own: own.size,
        alike: ofBase.size - difference.removed.length - difference.changed.length,
      },
      undeclared: [...undeclared.added, ...undeclared.removed, ...undeclared.changed].sort(),
    };
  }

  /** What each difference changes, in their order. */
  private effects(renamed: ResourcesByAddress): Effect[] {
    let before = renamed;
    return this.definition.differences.map((_, index) => {
      const after = sensible(() => this.differing(index + 1)) ?? before;
      const effect = compared(before, after);
      before = after;
      return effect;
    });
  }

  /** The base's fields under this environment's identity, with the first of its differences. */
  private differing(count: number): ResourcesByAddress {
    const { base, identity, definition } = this;
    return this.synthesized(differFrom(base, identity, definition.differences.slice(0, count)));
  }

  /** With the base's releases: what an environment runs is no difference of its own. */
  private synthesized(definition: EnvironmentDefinition): ResourcesByAddress {
    const { source, base } = this;
    const { name, project } = base.fields;
    const [loaded] = validateEnvironments({
      ...source,
      definitions: [definition],
      releaseText: () =>
        source.releaseText(name)?.replaceAll(`gs://${project}-`, `gs://${definition.fields.project}-`),
    });
    if (!loaded) {
      throw new Error(`${definition.fields.name} was not loaded`);
    }
    return resourcesOf(loaded, base.fields, this.stacks);
  }
}

/** Nothing while what is there so far can't stand alone: a cluster without private endpoints, but not yet reached otherwise. */
function sensible(resources: () => ResourcesByAddress): ResourcesByAddress | undefined {
  try {
    return resources();
  } catch (error) {
    if (isUserError(error)) {
      return undefined;
    }
    throw error;
  }
}

function valueAt(fields: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      fields,
    );
}

function typesOfOne(
  base: ResourcesByAddress,
  own: ResourcesByAddress,
  baseName: string,
  name: string,
): EnvironmentParity["types"] {
  const types = (resources: ResourcesByAddress) => new Set([...resources.keys()].map(typeOf));
  const [inBase, inOwn] = [types(base), types(own)];
  return [
    ...[...inBase].filter((type) => !inOwn.has(type)).map((type) => ({ type, only: baseName })),
    ...[...inOwn].filter((type) => !inBase.has(type)).map((type) => ({ type, only: name })),
  ].sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** `data: google_x.y` → `google_x`. */
function typeOf(address: string): string {
  return /: ([^.]+)\./.exec(address)?.[1] ?? address;
}
