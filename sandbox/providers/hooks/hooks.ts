import { basename, join } from "node:path";
import type { ProviderName, ResourceType } from "../../schemas/model";
import { PackedRecords } from "../../schemas/packed-records";
import { ruleSets } from "../rules/rules";
import type { CustomizeDiff, DiffSuppress, StateFunction, Validator } from "../sdk/hook-types";
import type { ElementCode } from "../sdk/legacy-values";
import type { HookArgument, RuleSet } from "./rule-set";

/** A provider's function: its name, or the name of what made it with the arguments. */
type Token = string | MadeToken;
interface MadeToken extends Array<Token | HookArgument> {
  0: string;
}

interface TypeHooks {
  plan?: Token[];
  attrs?: { [path: string]: { [hook in "suppress" | "state" | "set" | "validate"]?: Token } };
}

export interface AttributeHooks {
  suppress?: DiffSuppress;
  stateFunction?: StateFunction;
  elementCode?: ElementCode;
  validators?: Validator[];
  /** Letter case doesn't matter to the list of allowed values. */
  ignoreCase?: boolean;
}

const folder = basename(__dirname) === "dist" ? join(__dirname, "..", "providers", "hooks") : __dirname;
const open = (provider: ProviderName) => new PackedRecords<TypeHooks>(join(folder, `${provider}.jsonl.gz`));
const records: { [name in ProviderName]: PackedRecords<TypeHooks> } = {
  google: open("google"),
  "google-beta": open("google-beta"),
  mongodbatlas: open("mongodbatlas"),
};

/** The functions that the provider hangs on a type, as far as there are rules for them. */
export class HookSource {
  readonly #hooks: TypeHooks;

  constructor(readonly type: ResourceType) {
    this.#hooks = records[type.provider].get(type.name) ?? {};
  }

  /** @param path `a.b.c`; `*` for the element of a collection of simple values */
  attribute(path: string): AttributeHooks {
    const tokens = this.#hooks.attrs?.[path];
    if (!tokens) return {};
    const hooks: AttributeHooks = {};
    const suppress = tokens.suppress && made(tokens.suppress, "suppress", "suppressMakers");
    if (suppress) hooks.suppress = suppress;
    const state = typeof tokens.state === "string" ? find("state", tokens.state) : undefined;
    if (state) hooks.stateFunction = state;
    const code = typeof tokens.set === "string" ? find("codes", tokens.set) : undefined;
    if (code) hooks.elementCode = code;
    if (tokens.validate === "IgnoreCase") hooks.ignoreCase = true;
    else if (tokens.validate) hooks.validators = validators(tokens.validate);
    return hooks;
  }

  plan(): CustomizeDiff[] {
    return (this.#hooks.plan ?? [])
      .map((token) => planHook(this.type, token))
      .filter((hook) => hook !== undefined);
  }
}

function find<K extends keyof RuleSet>(kind: K, name: string): NonNullable<RuleSet[K]>[string] | undefined {
  for (const rules of ruleSets) {
    const found = (rules[kind] as { [name: string]: NonNullable<RuleSet[K]>[string] } | undefined)?.[name];
    if (found) return found;
  }
  return undefined;
}

function made<T extends "suppress" | "validate", M extends "suppressMakers" | "validateMakers">(
  token: Token,
  kind: T,
  makers: M,
): NonNullable<RuleSet[T]>[string] | undefined {
  if (typeof token === "string") return find(kind, token);
  const [name, ...args] = token;
  const make = find(makers, name) as
    | ((...args: HookArgument[]) => NonNullable<RuleSet[T]>[string])
    | undefined;
  return make?.(...(args as HookArgument[]));
}

function validators(token: Token): Validator[] {
  if (typeof token !== "string") {
    const [name, ...inner] = token;
    if (name === "All") return (inner as Token[]).flatMap(validators);
    // A rule that lets the empty string pass, besides what another one allows.
    if (name === "OrEmpty") {
      return (inner as Token[])
        .flatMap(validators)
        .map((judge) => (value, key) => (value === "" ? undefined : judge(value, key)));
    }
  }
  const found = made(token, "validate", "validateMakers");
  return found ? [found] : [];
}

function planHook(type: ResourceType, token: Token): CustomizeDiff | undefined {
  if (typeof token === "string") return find("plan", token);
  const [name, key, test] = token;
  if (typeof key !== "string") return undefined;
  if (name === "IfValueChange") return find("plan", `#${type.name} ${key}`);
  if (typeof test !== "string") return undefined;
  if (name === "ForceNewIfChange") {
    const isReplacing = find("changes", test);
    return (
      isReplacing &&
      ((diff) => {
        const { before, after } = diff.getChange(key);
        if (isReplacing(before, after)) diff.forceNew(key);
      })
    );
  }
  const holds = find("conditions", test);
  if (!holds) return undefined;
  if (name === "ForceNewIf") return (diff) => holds(diff) && diff.forceNew(key);
  if (name === "ComputedIf") return (diff) => holds(diff) && diff.setUnknown(key);
  return undefined;
}
