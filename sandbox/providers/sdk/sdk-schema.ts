import type { AttributeFacts, ResourceType } from "../../schemas/model";
import { HookSource } from "../hooks/hooks";
import type { CustomizeDiff, DiffSuppress, StateFunction, Validator } from "./hook-types";
import type { ElementCode } from "./legacy-values";

/** One attribute or block of a type built on the plugin SDK v2, compiled from facts and hooks. */
export interface SdkAttribute {
  name: string;
  kind: "string" | "bool" | "int" | "float" | "list" | "set" | "map";
  required: boolean;
  optional: boolean;
  computed: boolean;
  forceNew: boolean;
  sensitive: boolean;
  /** Declared as a block in Terraform's schema. */
  block: boolean;
  defaultValue?: string | number | boolean;
  /** Element of a list, set or map of simple values. */
  element?: SdkAttribute;
  /** Fields of the objects of a list or set. */
  elementFields?: SdkFields;
  elementCode?: ElementCode;
  suppress?: DiffSuppress;
  stateFunction?: StateFunction;
  validators: Validator[];
  /** Letter case doesn't matter to the list of allowed values. */
  ignoreCase?: boolean;
  facts: AttributeFacts;
}

export type SdkFields = ReadonlyMap<string, SdkAttribute>;

export interface SdkResource {
  name: string;
  fields: SdkFields;
  customizeDiff: CustomizeDiff[];
}

const compiled = new WeakMap<ResourceType, SdkResource>();

/** The compiled form of a type; made once per type. */
export function sdkResource(type: ResourceType): SdkResource {
  let resource = compiled.get(type);
  if (!resource) {
    const hooks = new HookSource(type);
    resource = {
      name: type.name,
      fields: compileFields(hooks, type.facts.attrs, "", true),
      customizeDiff: hooks.plan(),
    };
    compiled.set(type, resource);
  }
  return resource;
}

function compileFields(
  hooks: HookSource,
  attrs: { [name: string]: AttributeFacts },
  prefix: string,
  blocksAllowed: boolean,
): SdkFields {
  const fields = new Map<string, SdkAttribute>();
  for (const [name, facts] of Object.entries(attrs)) {
    fields.set(name, compileAttribute(hooks, name, facts, prefix + name, blocksAllowed));
  }
  return fields;
}

function compileAttribute(
  hooks: HookSource,
  name: string,
  facts: AttributeFacts,
  path: string,
  blocksAllowed: boolean,
): SdkAttribute {
  const kind = facts.type ?? "string";
  const collection = kind === "list" || kind === "set";
  const block =
    blocksAllowed &&
    collection &&
    !!facts.attrs &&
    facts.configMode !== "attr" &&
    (!facts.computed || !!facts.optional);
  const attribute: SdkAttribute = {
    name,
    kind,
    required: !!facts.required,
    optional: !!facts.optional,
    computed: !!facts.computed,
    forceNew: !!facts.forceNew,
    sensitive: !!facts.sensitive,
    block,
    validators: [],
    facts,
    ...hooks.attribute(path),
  };
  if (facts.default !== undefined) attribute.defaultValue = facts.default;
  if (collection && facts.attrs) {
    attribute.elementFields = compileFields(hooks, facts.attrs, `${path}.`, block);
  } else if (collection || kind === "map") {
    attribute.element = compileAttribute(hooks, name, facts.elem ?? { type: "string" }, `${path}.*`, false);
  }
  return attribute;
}
