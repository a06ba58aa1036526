import type {
  AttributeFacts,
  AttributeSchema,
  BlockSchema,
  Nesting,
  ResourceFacts,
  TypeExpression,
} from "./model";

const PRIMITIVES: { [kind: string]: TypeExpression } = {
  StringAttribute: "string",
  BoolAttribute: "bool",
  Int64Attribute: "number",
  Float64Attribute: "number",
  NumberAttribute: "number",
};

/** Terraform's schema of a type built on the plugin framework. */
export function frameworkBlock(facts: ResourceFacts): BlockSchema {
  const block = blockOf(facts.attrs);
  if (facts.deprecated) block.deprecated = true;
  return block;
}

function blockOf(attrs: { [name: string]: AttributeFacts }): BlockSchema {
  const block: BlockSchema = { attributes: {}, blocks: {} };
  for (const [name, facts] of Object.entries(attrs)) {
    const nested = /^(List|Set|Single)NestedBlock$/.exec(facts.kind ?? "");
    if (nested) {
      block.blocks[name] = {
        nesting: nested[1]?.toLowerCase() as "list" | "set" | "single",
        minItems: 0, // the framework counts blocks in validators, which Terraform doesn't see
        maxItems: 0,
        block: blockOf(facts.attrs ?? {}),
      };
    } else {
      block.attributes[name] = attribute(facts);
    }
  }
  return block;
}

function attribute(facts: AttributeFacts): AttributeSchema {
  const schema: AttributeSchema = {};
  const nested = /^(List|Set|Map|Single)NestedAttribute$/.exec(facts.kind ?? "");
  if (nested) {
    const attributes: { [name: string]: AttributeSchema } = {};
    for (const [name, inner] of Object.entries(facts.attrs ?? {})) attributes[name] = attribute(inner);
    schema.nested = { nesting: nested[1]?.toLowerCase() as Nesting, attributes };
  } else {
    schema.type = typeOf(facts);
  }
  for (const flag of ["required", "optional", "computed", "sensitive", "writeOnly", "deprecated"] as const) {
    if (facts[flag]) schema[flag] = true;
  }
  return schema;
}

function typeOf(facts: AttributeFacts): TypeExpression {
  const collection = /^(List|Set|Map)Attribute$/.exec(facts.kind ?? "");
  if (!collection) return PRIMITIVES[facts.kind ?? ""] ?? "string";
  return [
    collection[1]?.toLowerCase() as "list" | "set" | "map",
    (facts.elementType ?? "string") as TypeExpression,
  ];
}
