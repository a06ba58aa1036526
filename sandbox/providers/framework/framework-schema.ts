import type { AttributeFacts, ResourceType } from "../../schemas/model";
import type { ObjectValue, Value } from "../../values/value";

/** Shape of an attribute or block of the plugin framework. */
export type FrameworkShape = "leaf" | "single" | "list" | "set" | "map";

/** One attribute or block of a type built on the plugin framework. */
export interface FrameworkAttribute {
  name: string;
  shape: FrameworkShape;
  block: boolean;
  facts: AttributeFacts;
  /** Nested attributes; empty for leaves. */
  fields: FrameworkFields;
  defaultValue?: Value;
}

export type FrameworkFields = ReadonlyMap<string, FrameworkAttribute>;

const compiled = new WeakMap<ResourceType, FrameworkFields>();

export function frameworkFields(type: ResourceType): FrameworkFields {
  let fields = compiled.get(type);
  if (!fields) {
    fields = compileFields(type.facts.attrs);
    compiled.set(type, fields);
  }
  return fields;
}

function compileFields(attrs: { [name: string]: AttributeFacts }): FrameworkFields {
  return new Map(Object.entries(attrs).map(([name, facts]) => [name, compile(name, facts)]));
}

function compile(name: string, facts: AttributeFacts): FrameworkAttribute {
  const nested = /^(List|Set|Map|Single)Nested(Block|Attribute)$/.exec(facts.kind ?? "");
  const attribute: FrameworkAttribute = {
    name,
    shape: nested ? (nested[1]?.toLowerCase() as FrameworkShape) : "leaf",
    block: nested?.[2] === "Block",
    facts,
    fields: compileFields(nested ? (facts.attrs ?? {}) : {}),
  };
  if (facts.defaultText !== undefined) attribute.defaultValue = defaultOf(facts, facts.defaultText);
  return attribute;
}

function defaultOf({ kind }: AttributeFacts, text: string): Value {
  if (kind === "BoolAttribute") return text === "true";
  return kind === "StringAttribute" ? text : Number(text);
}

/** The objects in a nested value, each with its step; a single object has none. */
export function* objectsIn(
  attribute: FrameworkAttribute,
  value: Value,
): Generator<[step: string | number | undefined, ObjectValue]> {
  if (attribute.shape === "leaf" || value === null || typeof value !== "object") return;
  if (attribute.shape === "single") yield [undefined, value as ObjectValue];
  else
    for (const [step, item] of Object.entries(value))
      yield [attribute.shape === "map" ? step : Number(step), item as ObjectValue];
}
