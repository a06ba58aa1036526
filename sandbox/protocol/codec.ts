import { Decoder, Encoder, ExtData, type ExtensionCodecType } from "@msgpack/msgpack";
import type { AttributeSchema, BlockSchema, Nesting, TypeExpression } from "../schemas/model";
import { isUnknown, type ObjectValue, UNKNOWN, UnknownValue, type Value } from "../values/value";
import { fromBigInt, fromDecimal, isDecimal, parseExactJson, toWire } from "./exact-numbers";
import type { DynamicValue } from "./messages";
import { isOneMsgpackValue } from "./msgpack-shape";

/** What came over the wire, or is about to go, isn't a value of its schema. Names the place, never the value. */
export class CodecError extends Error {
  override readonly name = "CodecError";
}

/** Unknown values travel as extension 0; what Terraform knows of a refined unknown (12) is not needed here. */
const extensions: ExtensionCodecType<undefined> = {
  tryToEncode: (value) => (value instanceof UnknownValue ? new ExtData(0, new Uint8Array(1)) : null),
  decode: () => UNKNOWN,
};
const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true });
const encoder = new Encoder({ extensionCodec: extensions });

/**
 * Reads an object of a schema: every attribute and block is there, null or `[]` when unset.
 * @throws CodecError
 */
export function decodeObject(value: DynamicValue | null, block: BlockSchema): ObjectValue | null {
  const object = blockValue(parse(value), block, "", READ);
  if (isUnknown(object)) throw new CodecError("the whole value is unknown");
  return object as ObjectValue | null;
}

/** Reads a value of a type; @throws CodecError */
export function decodeTyped(value: DynamicValue | null, type: TypeExpression): Value {
  return typedValue(parse(value), type, "", READ);
}

/**
 * Writes an object: what is absent is written as null or `[]`, write-only attributes always as null.
 * @throws CodecError when a value is not of its schema
 */
export function encodeObject(value: ObjectValue | null, block: BlockSchema): { msgpack: Uint8Array } {
  return { msgpack: encoder.encode(blockValue(value, block, "", WRITE)) };
}

/** Writes a value of a type; @throws CodecError */
export function encodeTyped(value: Value, type: TypeExpression): { msgpack: Uint8Array } {
  return { msgpack: encoder.encode(typedValue(value, type, "", WRITE)) };
}

function parse(value: DynamicValue | null): unknown {
  try {
    if (!value) return null;
    if (value.msgpack.length > 0) {
      if (!isOneMsgpackValue(value.msgpack)) throw new Error("the msgpack is malformed");
      return decoder.decode(value.msgpack);
    }
    if (value.json.length > 0) return parseExactJson(Buffer.from(value.json).toString("utf8"));
    return null;
  } catch (error) {
    throw new CodecError(`not a value: ${error instanceof Error ? error.message : "garbage"}`);
  }
}

/** Numbers differ between the wire and our values; write-only values are read, never sent. */
interface Direction {
  number(raw: unknown): Value | undefined;
  writeOnly: boolean;
}

const READ: Direction = {
  number(raw) {
    if (typeof raw === "number") return raw;
    if (typeof raw === "bigint") return fromBigInt(raw);
    return typeof raw === "string" && isDecimal(raw) ? fromDecimal(raw) : undefined;
  },
  writeOnly: true,
};

const WRITE: Direction = {
  number(raw) {
    if (typeof raw === "number") return Number.isFinite(raw) ? toWire(raw) : undefined;
    return typeof raw === "string" && isDecimal(raw) ? raw : undefined;
  },
  writeOnly: false,
};

function wrong(path: string, expected: string): CodecError {
  return new CodecError(`${path || "the value"} is not ${expected}`);
}

function member(raw: unknown, path: string): { [key: string]: unknown } {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw wrong(path, "an object");
  return raw as { [key: string]: unknown };
}

function items(raw: unknown, path: string): unknown[] {
  if (!Array.isArray(raw)) throw wrong(path, "a list");
  return raw;
}

function blockValue(raw: unknown, block: BlockSchema, path: string, direction: Direction): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof UnknownValue) return raw;
  const given = member(raw, path);
  const object: ObjectValue = {};
  for (const [name, schema] of Object.entries(block.attributes)) {
    object[name] = attributeValue(own(given, name), schema, `${path}.${name}`, direction);
  }
  for (const [name, { nesting, block: inner }] of Object.entries(block.blocks)) {
    const value = own(given, name);
    const at = `${path}.${name}`;
    if (value instanceof UnknownValue) object[name] = value;
    else if (nesting === "single") object[name] = blockValue(value, inner, at, direction);
    else
      object[name] = items(value ?? [], at).map((item, index) =>
        blockValue(item, inner, `${at}.${index}`, direction),
      );
  }
  return object;
}

function attributeValue(raw: unknown, schema: AttributeSchema, path: string, direction: Direction): Value {
  if (raw === null || raw === undefined) return null;
  if (schema.writeOnly && !direction.writeOnly) return null;
  if (schema.nested)
    return nestedValue(raw, schema.nested.nesting, schema.nested.attributes, path, direction);
  return typedValue(raw, schema.type as TypeExpression, path, direction);
}

function nestedValue(
  raw: unknown,
  nesting: Nesting,
  attributes: BlockSchema["attributes"],
  path: string,
  direction: Direction,
): Value {
  if (raw instanceof UnknownValue) return raw;
  const one = (item: unknown, at: string) => blockValue(item, { attributes, blocks: {} }, at, direction);
  if (nesting === "single") return one(raw, path);
  if (nesting === "map") return entries(raw, path, one);
  return items(raw, path).map((item, index) => one(item, `${path}.${index}`));
}

function typedValue(raw: unknown, type: TypeExpression, path: string, direction: Direction): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof UnknownValue) return raw;
  if (!Array.isArray(type)) return primitive(raw, type, path, direction);
  const [kind, inner] = type;
  if (kind === "object") {
    const given = member(raw, path);
    const object: ObjectValue = {};
    for (const [name, of] of Object.entries(inner)) {
      object[name] = typedValue(own(given, name), of, `${path}.${name}`, direction);
    }
    return object;
  }
  const one = (item: unknown, at: string) => typedValue(item, inner, at, direction);
  if (kind === "map") return entries(raw, path, one);
  return items(raw, path).map((item, index) => one(item, `${path}.${index}`));
}

function primitive(raw: unknown, type: string, path: string, direction: Direction): Value {
  if (type === "string" && typeof raw === "string") return raw;
  if (type === "bool" && typeof raw === "boolean") return raw;
  const number = type === "number" ? direction.number(raw) : undefined;
  if (number === undefined) throw wrong(path, `of type ${type}`);
  return number;
}

function entries(raw: unknown, path: string, one: (item: unknown, at: string) => Value): ObjectValue {
  const map: ObjectValue = {};
  for (const [key, item] of Object.entries(member(raw, path))) {
    // Assigning to this name would change the object's prototype instead of adding a key.
    if (key === "__proto__") throw wrong(path, "a map with usable keys");
    map[key] = one(item, `${path}["${key}"]`);
  }
  return map;
}

function own(object: { [key: string]: unknown }, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
