import type { z } from "zod";
import { checked } from "../../environments/problems";

/** One field of a schema. */
export interface Field {
  /** `services.*.scaling.maxInstances`: `*` stands for any key, `[]` for any entry. */
  readonly path: string;
  /** What may stand there, in the words of the message for a wrong value; nothing for a group of fields. */
  readonly allowed?: string;
}

/** As far as zod's schemas tell what they are made of. */
interface Shaped {
  readonly shape?: Record<string, z.ZodType>;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  unwrap?(): z.ZodType;
}

/** Every field of a schema, groups before what is in them, in the order of the schema. */
export function fieldsOf(schema: z.ZodType, path = ""): Field[] {
  const { shape, valueType, element, options } = schema as unknown as Shaped;
  if (shape) {
    return Object.entries(shape).flatMap(([key, inner]) =>
      field(inner, path === "" ? key : `${path}.${key}`),
    );
  }
  if (valueType) {
    return isGroup(valueType) ? fieldsOf(valueType, `${path}.*`) : [];
  }
  if (element) {
    return isGroup(element) ? fieldsOf(element, `${path}[]`) : [];
  }
  const ofOptions = (options ?? []).flatMap((option) => fieldsOf(option, path));
  return ofOptions.filter((one, index) => ofOptions.findIndex((other) => other.path === one.path) === index);
}

function field(written: z.ZodType, path: string): Field[] {
  const schema = required(written);
  const { shape, valueType, element } = schema as unknown as Shaped;
  const isLeaf = !shape && !valueType && !element;
  return [
    { path, ...(isLeaf ? { allowed: allowedBy(schema) } : groupOf(schema)) },
    ...fieldsOf(schema, path),
  ];
}

function groupOf(schema: z.ZodType): { allowed?: string } {
  const { keyType, valueType, element } = schema as unknown as Shaped;
  if (element && !isGroup(element)) {
    return { allowed: `a list; each ${allowedBy(element)}` };
  }
  if (keyType && valueType) {
    return {
      allowed: `any number of entries; each key ${allowedBy(keyType)}${isGroup(valueType) ? "" : `; each value ${allowedBy(valueType)}`}`,
    };
  }
  return element ? { allowed: "a list" } : {};
}

/** What an optional schema holds when it is there. An optional object is described where it is mandatory. */
function required(schema: z.ZodType): z.ZodType {
  const { unwrap, shape, element } = schema as unknown as Shaped;
  const inner = unwrap && !shape && !element ? unwrap.call(schema) : schema;
  return (inner as unknown as Shaped).shape ? schema : inner;
}

function isGroup(schema: z.ZodType): boolean {
  const { shape, valueType, element } = schema as unknown as Shaped;
  return Boolean(shape ?? valueType ?? element);
}

/** What the user is told when something else stands there. */
function allowedBy(schema: z.ZodType): string {
  return checked(schema, Symbol.iterator, "").problems[0]?.expected ?? "";
}
