import { crc32 } from "node:zlib";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/**
 * Values as code built on the plugin SDK v2 sees them: no null inside a value (a missing string reads as `""`), lists
 * are arrays, objects and maps are plain objects, sets know their elements by a code. `undefined` is "no value".
 */
export type LegacyValue = string | number | boolean | LegacyValue[] | LegacyObject | LegacySet;
export type LegacyObject = { [key: string]: LegacyValue | undefined };

/** What stands in the place of a string that is not known yet; rules of attributes get to see it, too. */
export const UNKNOWN_TEXT = "74D93920-ED26-11E3-AC10-0800200C9A66";

/** Computes the code of a set's element; the SDK's own way is {@link elementCode}. */
export type ElementCode = (element: LegacyValue | undefined, attribute: SdkAttribute) => string;

/** Elements by code. The code of an element with unknown parts starts with `~`. */
export class LegacySet {
  readonly elements = new Map<string, LegacyValue | undefined>();

  constructor(readonly attribute: SdkAttribute) {}

  /** Adds an element and answers its code. */
  add(element: LegacyValue | undefined, withUnknowns = false): string {
    let code = (this.attribute.elementCode ?? elementCode)(element, this.attribute);
    if (withUnknowns) {
      const base = `~${code}`;
      code = base;
      for (let count = 1; this.elements.has(code); count++) code = `${base}${count}`;
    }
    if (!this.elements.has(code)) this.elements.set(code, element);
    return code;
  }

  get size(): number {
    return this.elements.size;
  }

  codes(): string[] {
    return [...this.elements.keys()].sort();
  }

  list(): (LegacyValue | undefined)[] {
    return this.codes().map((code) => this.elements.get(code));
  }

  /** Whether both sets have elements of the same codes. */
  hasSameCodes(other: LegacySet): boolean {
    return this.size === other.size && [...this.elements.keys()].every((code) => other.elements.has(code));
  }
}

export function isLegacyObject(value: LegacyValue | undefined): value is LegacyObject {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof LegacySet);
}

/** The value that stands for "not set" of an attribute. */
export function zeroOf(attribute: SdkAttribute): LegacyValue {
  switch (attribute.kind) {
    case "string":
      return "";
    case "bool":
      return false;
    case "int":
    case "float":
      return 0;
    case "list":
      return [];
    case "set":
      return new LegacySet(attribute);
    case "map":
      return {};
  }
}

export function isZero(value: LegacyValue | undefined): boolean {
  if (value === undefined || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof LegacySet) return value.size === 0;
  return isLegacyObject(value) && Object.keys(value).length === 0;
}

export function equalLegacy(a: LegacyValue | undefined, b: LegacyValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => equalLegacy(item, b[index]));
  }
  if (a instanceof LegacySet) {
    if (!(b instanceof LegacySet) || a.size !== b.size) return false;
    return [...a.elements].every(
      ([code, item]) => b.elements.has(code) && equalLegacy(item, b.elements.get(code)),
    );
  }
  if (isLegacyObject(a) && isLegacyObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equalLegacy(a[key], b[key]))
    );
  }
  return false;
}

/** A primitive as the SDK's differences hold it; `""` for no value. */
export function textOf(value: LegacyValue | undefined): string {
  return value === undefined ? "" : String(value);
}

/** The SDK's code of a set element: a checksum over what a user can configure of it. */
export const elementCode: ElementCode = (element, attribute) => {
  const text = attribute.elementFields
    ? serializeFields(element, attribute.elementFields)
    : serialize(element, attribute.element as SdkAttribute);
  return codeOfText(text);
};

/** The code that the SDK derives from a text. */
export function codeOfText(text: string): string {
  return String(crc32(text));
}

function serialize(value: LegacyValue | undefined, attribute: SdkAttribute): string {
  if (value === undefined) return ";";
  if (typeof value === "boolean") return value ? "1;" : "0;";
  if (Array.isArray(value)) return `(${value.map((item) => serializeMember(item, attribute)).join("")});`;
  if (value instanceof LegacySet) {
    return `{${value
      .list()
      .map((item) => serializeMember(item, attribute))
      .join("")}};`;
  }
  if (isLegacyObject(value)) {
    const entries = Object.keys(value).sort();
    return `[${entries.map((key) => `${key}:${textOf(value[key])};`).join("")}];`;
  }
  return `${value};`;
}

function serializeMember(value: LegacyValue | undefined, attribute: SdkAttribute): string {
  if (attribute.elementFields) return `<${serializeFields(value, attribute.elementFields)}>;`;
  return serialize(value, attribute.element as SdkAttribute);
}

function serializeFields(value: LegacyValue | undefined, fields: SdkFields): string {
  if (!isLegacyObject(value)) return "";
  const all = [...fields.values()];
  const configurable = all.filter((field) => field.required || field.optional);
  const counted = configurable.length > 0 ? configurable : all;
  return counted
    .map((field) => field.name)
    .sort()
    .map((name) => `${name}:${serialize(value[name], fields.get(name) as SdkAttribute)}`)
    .join("");
}
