import type {
  AttributeFacts,
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  ResourceFacts,
  TypeExpression,
} from "./model";

const PRIMITIVES = { string: "string", bool: "bool", int: "number", float: "number" } as const;

/** Terraform's schema of a type built on the plugin SDK v2 (rules of its `CoreConfigSchema`). */
export function sdkBlock(facts: ResourceFacts): BlockSchema {
  const block = blockOf(facts.attrs);
  if (facts.deprecated) block.deprecated = true;
  block.attributes.id ??= { type: "string", optional: true, computed: true };
  if (facts.timeouts && !block.attributes.timeouts && !block.blocks.timeouts) {
    const attributes: BlockSchema["attributes"] = {};
    for (const operation of facts.timeouts) attributes[operation] = { type: "string", optional: true };
    block.blocks.timeouts = {
      nesting: "single",
      minItems: 0,
      maxItems: 0,
      block: { attributes, blocks: {} },
    };
  }
  return block;
}

function blockOf(attrs: { [name: string]: AttributeFacts }): BlockSchema {
  const block: BlockSchema = { attributes: {}, blocks: {} };
  for (const [name, facts] of Object.entries(attrs)) {
    if (isNestedBlock(facts)) block.blocks[name] = nestedBlock(facts);
    else block.attributes[name] = attribute(facts);
  }
  return block;
}

/** A list or set of resources is a block, unless only the provider can fill it. */
function isNestedBlock(facts: AttributeFacts): boolean {
  if (!facts.attrs || facts.type === "map" || facts.configMode === "attr") return false;
  return !(facts.computed && !facts.optional);
}

function nestedBlock(facts: AttributeFacts): NestedBlockSchema {
  const declared = facts.minItems ?? 0;
  const block = blockOf(facts.attrs ?? {});
  if (facts.deprecated) block.deprecated = true;
  return {
    nesting: facts.type === "set" ? "set" : "list",
    minItems: facts.required ? Math.max(declared, 1) : 0, // the SDK ignores the minimum of optional blocks
    maxItems: facts.maxItems ?? 0,
    block,
  };
}

function attribute(facts: AttributeFacts): AttributeSchema {
  const schema: AttributeSchema = { type: typeOf(facts) };
  for (const flag of ["required", "optional", "computed", "sensitive", "writeOnly", "deprecated"] as const) {
    if (facts[flag]) schema[flag] = true;
  }
  return schema;
}

/** The type of a value, as Terraform sees it. */
function typeOf(facts: AttributeFacts): TypeExpression {
  const { type = "string" } = facts;
  if (type !== "list" && type !== "set" && type !== "map") return PRIMITIVES[type];
  if (facts.attrs && type !== "map") return [type, objectType(facts.attrs)];
  return [type, facts.elem ? typeOf(facts.elem) : "string"];
}

function objectType(attrs: { [name: string]: AttributeFacts }): TypeExpression {
  const members: { [name: string]: TypeExpression } = {};
  for (const [name, facts] of Object.entries(attrs)) members[name] = typeOf(facts);
  return ["object", members];
}
