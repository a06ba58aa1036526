import type { AttributeDiff, Differences } from "./diff";
import { type Address, type FieldRead, type FieldReader, NOTHING, objectFrom, placeOf } from "./field-reader";
import { isLegacyObject, type LegacyObject, LegacySet, type LegacyValue } from "./legacy-values";
import type { SdkAttribute, SdkFields } from "./sdk-schema";

/** Reads values with differences applied to what they were computed from. */
export class DiffReader implements FieldReader {
  readonly #reads = new Map<string, FieldRead>();

  constructor(
    readonly fields: SdkFields,
    readonly differences: Differences,
    readonly source: FieldReader,
  ) {}

  read(address: Address): FieldRead {
    const key = address.join("\n");
    let read = this.#reads.get(key);
    if (!read) {
      read = this.#find(address);
      this.#reads.set(key, read);
    }
    return read;
  }

  #find(address: Address): FieldRead {
    const place = placeOf(this.fields, address);
    if (!place) return NOTHING;
    if ("count" in place) return this.#primitive(address, "int");
    if ("fields" in place) return objectFrom(place.fields, ({ name }) => this.read([...address, name]));
    switch (place.attribute.kind) {
      case "list":
        return this.#list(address);
      case "set":
        return this.#set(address, place.attribute);
      case "map":
        return this.#map(address, place.attribute);
      default:
        return this.#primitive(address, place.attribute.kind);
    }
  }

  #primitive(address: Address, kind: SdkAttribute["kind"]): FieldRead {
    const source = this.source.read(address);
    const difference = this.differences.get(address.join("."));
    if (!difference) return source;
    if (difference.computed) return { value: parse("", kind), exists: true, computed: true };
    const planned = parse(difference.after, kind);
    if (difference.configured === undefined) return { value: planned, exists: true, computed: false };
    return {
      value: difference.configured,
      exists: true,
      computed: false,
      ...(planned === undefined ? {} : { processed: planned }),
    };
  }

  #list(address: Address): FieldRead {
    const count = this.read([...address, "#"]);
    const length = typeof count.value === "number" ? count.value : 0;
    if (count.computed || length === 0) return { value: [], exists: count.exists, computed: count.computed };
    const items: (LegacyValue | undefined)[] = [];
    for (let index = 0; index < length; index++) {
      const item = this.read([...address, String(index)]);
      items.push(item.exists ? item.value : undefined);
    }
    return { value: items as LegacyValue[], exists: true, computed: false };
  }

  #map(address: Address, attribute: SdkAttribute): FieldRead {
    const source = this.source.read(address);
    let exists = source.exists;
    const value: LegacyObject = isLegacyObject(source.value) ? { ...source.value } : {};
    for (const [key, difference] of this.#inside(address)) {
      if (key.startsWith("%")) continue;
      exists = true;
      if (difference.removed) delete value[key];
      else value[key] = parse(difference.after, attribute.element?.kind ?? "string");
    }
    return { value: exists ? value : undefined, exists, computed: false };
  }

  #set(address: Address, attribute: SdkAttribute): FieldRead {
    const set = new LegacySet(attribute);
    const codes = new Set<string>();
    for (const [key, difference] of this.#inside(address)) {
      if (difference.removed || key.endsWith("#")) continue;
      codes.add(key.split(".", 1)[0] as string);
    }
    for (const code of codes) set.add(this.read([...address, code]).value);
    const exists = set.size > 0 || this.differences.has(`${address.join(".")}.#`);
    if (!exists) {
      const source = this.source.read(address);
      if (source.exists) return source;
    }
    return { value: set, exists, computed: false };
  }

  *#inside(address: Address): Generator<[string, AttributeDiff]> {
    const prefix = `${address.join(".")}.`;
    for (const [key, difference] of this.differences) {
      if (key.startsWith(prefix)) yield [key.slice(prefix.length), difference];
    }
  }
}

/** A number from its text; the text itself where JavaScript's number would be another one. */
export function exactNumber(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : text;
}

/** A primitive from its text in a difference. */
export function parse(text: string, kind: SdkAttribute["kind"]): LegacyValue | undefined {
  switch (kind) {
    case "bool":
      return text === "true" || text === "1";
    case "int":
    case "float":
      return text === "" ? 0 : exactNumber(text);
    default:
      return text;
  }
}
