import { Field, MapField, Root, Type } from "protobufjs/light";

/**
 * Typed protobuf messages: the fields of a message are written down once and give both the encoding and the
 * TypeScript types. Field numbers are facts of the protocol (terraform-plugin-go v0.28.0, tfplugin5 and tfplugin6).
 */
interface FieldOf<Read, Write> {
  id: number;
  type: string;
  shape: "one" | "many" | "map";
  /** Types only, never set. */
  read?: Read;
  write?: Write;
}

type Fields = { [name: string]: FieldOf<unknown, unknown> };

/** A message as it was received: every field is there, absent ones with their default (null for a message). */
type ReadOf<F extends Fields> = { [K in keyof F]: NonNullable<F[K]["read"]> | Extract<F[K]["read"], null> };
/** A message to be sent: absent fields are left out. */
type WriteOf<F extends Fields> = { [K in keyof F]?: F[K]["write"] | undefined };

export interface Message<Read, Write> {
  name: string;
  /** @throws Error when the bytes are not such a message */
  decode(bytes: Uint8Array): Read;
  encode(message: Write): Buffer;
}

export type Received<M> = M extends Message<infer Read, infer _> ? Read : never;
export type Sent<M> = M extends Message<infer _, infer Write> ? Write : never;

const root = new Root();

/** Defines a message; messages may refer to later ones, and to themselves, by name. */
export function message<F extends Fields>(name: string, fields: F): Message<ReadOf<F>, WriteOf<F>> {
  const type = new Type(name);
  for (const [field, { id, type: kind, shape }] of Object.entries(fields)) {
    if (shape === "map") type.add(new MapField(field, id, "string", kind));
    else type.add(new Field(field, id, kind, shape === "many" ? "repeated" : undefined));
  }
  root.add(type);
  return {
    name,
    decode: (bytes) => type.decode(bytes) as unknown as ReadOf<F>,
    // The bytes come from a pool that others share: copied once, here.
    encode: (value) => Buffer.from(type.encode(value as { [key: string]: unknown }).finish()),
  };
}

export const string = (id: number): FieldOf<string, string> => ({ id, type: "string", shape: "one" });
export const bytes = (id: number): FieldOf<Uint8Array, Uint8Array> => ({ id, type: "bytes", shape: "one" });
export const bool = (id: number): FieldOf<boolean, boolean> => ({ id, type: "bool", shape: "one" });
/** int64 and enums too: on the wire they are the same as int32 for every number that the protocol uses them for. */
export const int = (id: number): FieldOf<number, number> => ({ id, type: "int32", shape: "one" });

/** Fields that are messages; `of` is the message, or its name where it is defined later. */
export function one<R, W>(id: number, of: Message<R, W>): FieldOf<R | null, W> {
  return { id, type: of.name, shape: "one" };
}
export function many<R, W>(id: number, of: Message<R, W>): FieldOf<R[], W[]> {
  return { id, type: of.name, shape: "many" };
}
export function map<R, W>(
  id: number,
  of: Message<R, W>,
): FieldOf<{ [key: string]: R }, { [key: string]: W }> {
  return { id, type: of.name, shape: "map" };
}
/** Messages that were encoded before, or entries of a map: the same on the wire. */
export const manyEncoded = (id: number): FieldOf<Uint8Array[], Uint8Array[]> => ({
  id,
  type: "bytes",
  shape: "many",
});
