import type { AttributeSchema, BlockSchema, Nesting } from "../schemas/model";
import {
  AttributeMessage5,
  AttributeMessage6,
  BlockMessage,
  NestedBlockMessage,
  SchemaEntryMessage,
  SchemaMessage,
} from "./messages";

export type ProtocolVersion = 5 | 6;

const NESTING: { [N in Nesting]: number } = { single: 1, list: 2, set: 3, map: 4 };

/** A schema as the protocol carries it. */
export function encodeSchema(block: BlockSchema, version: number, protocol: ProtocolVersion): Buffer {
  return SchemaMessage.encode({ version, block: encodeBlock(block, protocol) });
}

/** A schema with its name: one entry of the maps in the answer to `GetProviderSchema`. */
export function encodeSchemaEntry(
  name: string,
  block: BlockSchema,
  version: number,
  protocol: ProtocolVersion,
): Buffer {
  return SchemaEntryMessage.encode({ key: name, value: encodeSchema(block, version, protocol) });
}

function encodeBlock(block: BlockSchema, protocol: ProtocolVersion): Buffer {
  return BlockMessage.encode({
    deprecated: block.deprecated,
    attributes: encodeAttributes(block.attributes, protocol),
    block_types: Object.entries(block.blocks).map(([name, nested]) =>
      NestedBlockMessage.encode({
        type_name: name,
        block: encodeBlock(nested.block, protocol),
        nesting: NESTING[nested.nesting],
        min_items: nested.minItems,
        max_items: nested.maxItems,
      }),
    ),
  });
}

function encodeAttributes(attributes: BlockSchema["attributes"], protocol: ProtocolVersion): Buffer[] {
  return Object.entries(attributes).map(([name, schema]) => encodeAttribute(name, schema, protocol));
}

function encodeAttribute(name: string, schema: AttributeSchema, protocol: ProtocolVersion): Buffer {
  const common = {
    name,
    required: schema.required,
    optional: schema.optional,
    computed: schema.computed,
    sensitive: schema.sensitive,
    deprecated: schema.deprecated,
    write_only: schema.writeOnly,
    type: schema.type === undefined ? undefined : Buffer.from(JSON.stringify(schema.type)),
  };
  if (protocol === 5) {
    if (schema.nested) throw new Error(`protocol 5 has no nested attributes (${name})`);
    return AttributeMessage5.encode(common);
  }
  return AttributeMessage6.encode({
    ...common,
    nested_type: schema.nested && {
      nesting: NESTING[schema.nested.nesting],
      attributes: encodeAttributes(schema.nested.attributes, protocol),
    },
  });
}
