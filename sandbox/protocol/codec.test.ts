import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import type { AttributeSchema, BlockSchema, TypeExpression } from "../schemas/model";
import { type ObjectValue, UNKNOWN, type Value } from "../values/value";
import { CodecError, decodeObject, encodeObject } from "./codec";
import { parseExactJson } from "./exact-numbers";
import type { DynamicValue } from "./messages";
import { isOneMsgpackValue } from "./msgpack-shape";

const attribute = (type: TypeExpression): AttributeSchema => ({ type, optional: true });
const nothing = new Uint8Array();
const msgpack = (bytes: Uint8Array): DynamicValue => ({ msgpack: bytes, json: nothing });
const packed = (value: unknown) => msgpack(encode(value, { useBigInt64: true }));
const json = (text: string): DynamicValue => ({ msgpack: nothing, json: Buffer.from(text) });
const hex = (text: string) => msgpack(Buffer.from(text.replaceAll(" ", ""), "hex"));

const inner: BlockSchema = { attributes: { name: attribute("string") }, blocks: {} };
const block: BlockSchema = {
  attributes: {
    text: attribute("string"),
    number: attribute("number"),
    flag: attribute("bool"),
    labels: attribute(["map", "string"]),
    tags: attribute(["set", "string"]),
    objects: attribute(["list", ["object", { size: "number", names: ["list", "string"] }]]),
    secret: { type: "string", optional: true, writeOnly: true },
    nested: { nested: { nesting: "map", attributes: { port: attribute("number") } }, optional: true },
  },
  blocks: {
    many: { nesting: "list", minItems: 0, maxItems: 0, block: inner },
    some: { nesting: "set", minItems: 0, maxItems: 0, block: inner },
    timeouts: { nesting: "single", minItems: 0, maxItems: 0, block: inner },
  },
};
const EMPTY: ObjectValue = {
  text: null,
  number: null,
  flag: null,
  labels: null,
  tags: null,
  objects: null,
  secret: null,
  nested: null,
  many: [],
  some: [],
  timeouts: null,
};

const roundTrip = (value: ObjectValue) => decodeObject(msgpack(encodeObject(value, block).msgpack), block);

/** Values of the schema above. */
const text = fc.string({ unit: "grapheme" });
const key = text.filter((name) => name !== "__proto__");
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null | typeof UNKNOWN> =>
  fc.oneof({ weight: 4, arbitrary: of }, fc.constant(null), fc.constant(UNKNOWN));
const innerValue = fc.record<ObjectValue>({ name: maybe(text) });
const values: fc.Arbitrary<ObjectValue> = fc.record<ObjectValue>({
  text: maybe(text),
  number: maybe(number.map((n) => (Object.is(n, -0) ? 0 : n))),
  flag: maybe(fc.boolean()),
  labels: maybe(fc.dictionary(key, maybe(text), { noNullPrototype: true })),
  tags: maybe(fc.array(maybe(text))),
  objects: maybe(
    fc.array(fc.record<ObjectValue>({ size: maybe(fc.integer()), names: maybe(fc.array(text)) })),
  ),
  secret: fc.constant(null),
  nested: maybe(
    fc.dictionary(key, fc.record<ObjectValue>({ port: maybe(fc.integer()) }), { noNullPrototype: true }),
  ),
  many: fc.oneof(fc.array(innerValue), fc.constant(UNKNOWN)),
  some: fc.array(innerValue),
  timeouts: fc.oneof(innerValue, fc.constant(null)),
});

describe("values on the wire", () => {
  test("GIVEN any value of a schema WHEN sent and read again THEN it is the same", () => {
    fc.assert(fc.property(values, (value) => expect(roundTrip(value)).toEqual(value)));
  });

  test("GIVEN an object that lacks attributes and blocks WHEN sent THEN all of them are there", () => {
    expect(roundTrip({})).toEqual(EMPTY);
    expect(decodeObject(packed({}), block)).toEqual(EMPTY);
  });

  test("GIVEN nothing, null and an absent message THEN there is no object", () => {
    expect(decodeObject(null, block)).toBeNull();
    expect(decodeObject(packed(null), block)).toBeNull();
    expect(decodeObject(msgpack(encodeObject(null, block).msgpack), block)).toBeNull();
  });

  test("GIVEN the bytes of an unknown, refined or not THEN it is the one unknown; sent, it is d4 00 00", () => {
    const plain = hex("81 a4 74657874 d4 00 00");
    const refined = hex("81 a4 74657874 c7 03 0c 81 01 c2");
    expect(decodeObject(plain, block)?.text).toBe(UNKNOWN);
    expect(decodeObject(refined, block)?.text).toBe(UNKNOWN);
    const one: BlockSchema = { attributes: { text: attribute("string") }, blocks: {} };
    expect(Buffer.from(encodeObject({ text: UNKNOWN }, one).msgpack).toString("hex")).toBe(
      "81a474657874d40000",
    );
  });

  test("GIVEN a write-only attribute THEN it is read from the configuration and never sent back", () => {
    expect(decodeObject(packed({ secret: "s3cret" }), block)?.secret).toBe("s3cret");
    expect(roundTrip({ secret: "s3cret" })?.secret).toBeNull();
  });
});

describe("numbers", () => {
  const one: BlockSchema = { attributes: { number: attribute("number") }, blocks: {} };
  const sent = (value: Value) => Buffer.from(encodeObject({ number: value }, one).msgpack).toString("latin1");
  const read = (value: unknown) => decodeObject(packed({ number: value }), one)?.number;

  test("GIVEN a fraction, which Terraform sends as text, THEN it is a number here and a text there again", () => {
    expect(read("0.1")).toBe(0.1);
    expect(read(0.5)).toBe(0.5);
    expect(sent(0.1)).toContain("0.1");
  });

  test("GIVEN more than JavaScript's numbers hold THEN not a digit is lost", () => {
    const huge = "123456789012345678901234567890";
    expect(read(2n ** 53n + 1n)).toBe("9007199254740993");
    expect(read(2n ** 40n)).toBe(2 ** 40);
    expect(read(huge)).toBe(huge);
    expect(sent(huge)).toContain(huge);
    expect(parseExactJson('{"a": 9007199254740993, "b": "x 9007199254740993", "c": 12}')).toEqual({
      a: "9007199254740993",
      b: "x 9007199254740993",
      c: 12,
    });
    expect(decodeObject(json('{"number": 9007199254740993}'), one)?.number).toBe("9007199254740993");
  });

  test("GIVEN what is no number THEN it is refused, both ways", () => {
    for (const wrong of ["", "0x10", "ten", true, [1]]) expect(() => read(wrong)).toThrow(CodecError);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, "ten"])
      expect(() => sent(wrong)).toThrow(CodecError);
  });
});

describe("what is not a value", () => {
  test("GIVEN any bytes THEN they are read, or refused by a CodecError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const value of [msgpack(bytes), { msgpack: nothing, json: bytes }]) survives(value);
      }),
      { numRuns: 2000 },
    );
  });

  test("GIVEN a good value with bytes changed or cut off THEN it is read, or refused by a CodecError", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(255), fc.nat(), (value, at, byte, length) => {
        const bytes = encodeObject(value, block).msgpack.slice();
        bytes[at % bytes.length] = byte;
        survives(msgpack(bytes));
        survives(msgpack(bytes.slice(0, length % bytes.length)));
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, unknown]>([
    ["an object where a list belongs", { tags: {} }],
    ["a list where an object belongs", { labels: [] }],
    ["a number where a text belongs", { text: 1 }],
    ["a text where a block belongs", { many: ["x"] }],
    ["a list of everything", []],
  ])("GIVEN %s THEN it is refused, with the place and without the value", (_, value) => {
    expect(() => decodeObject(packed(value), block)).toThrow(
      /^(\.\w+(\.0)?|the value) is not (a list|an object|of type \w+)$/,
    );
  });

  test("GIVEN a map key that would change an object's prototype THEN it is refused", () => {
    expect(() => decodeObject(json('{"labels": {"__proto__": "x"}}'), block)).toThrow(CodecError);
    expect(() => decodeObject(hex("81 a6 6c6162656c73 81 a9 5f5f70726f746f5f5f a1 78"), block)).toThrow(
      CodecError,
    );
  });

  test("GIVEN headers that claim millions of items THEN no memory is taken for them", () => {
    const claim = Buffer.from("dd00f42400", "hex");
    const before = process.memoryUsage().rss;
    survives(msgpack(Buffer.concat(new Array(5000).fill(claim))));
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  test("GIVEN any msgpack value THEN it is seen to be one, and nothing shorter or longer is", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: false, withTypedArray: true }), fc.nat(), (value, cut) => {
        let bytes: Uint8Array;
        try {
          bytes = encode(value);
        } catch {
          return; // symbols and the like
        }
        expect(isOneMsgpackValue(bytes)).toBe(true);
        expect(isOneMsgpackValue(bytes.slice(0, cut % bytes.length))).toBe(false);
        expect(isOneMsgpackValue(Buffer.concat([bytes, Buffer.from([0xc0])]))).toBe(false);
      }),
    );
  });

  test("GIVEN very deep nesting THEN the process lives", () => {
    survives(msgpack(new Uint8Array(200_000).fill(0x91)));
    survives(json("[".repeat(200_000)));
  });
});

function survives(value: DynamicValue): void {
  try {
    decodeObject(value, block);
  } catch (error) {
    expect(error).toBeInstanceOf(CodecError);
  }
}
