import type { Diagnostic } from "../../values/diagnostic";
import { hasUnknown, isObject, isUnknown, type ObjectValue, type Value } from "../../values/value";
import { placeOf } from "./field-reader";
import type { LegacyValue } from "./legacy-values";
import type { SdkAttribute, SdkFields, SdkResource } from "./sdk-schema";
import { groupProblem } from "./validate-groups";
import { valueProblem } from "./validate-value";

type Path = (string | number)[];

/** Judges a configuration as a type built on the plugin SDK v2 does (`schemaMap.validate` in helper/schema/schema.go). */
export function validateSdkResource(resource: SdkResource, config: ObjectValue): Diagnostic[] {
  return new Validation(resource, config).run();
}

class Validation {
  readonly #diagnostics: Diagnostic[] = [];

  constructor(
    readonly resource: SdkResource,
    readonly config: ObjectValue,
  ) {}

  run(): Diagnostic[] {
    this.#fields(this.resource.fields, this.config, "", []);
    return this.#diagnostics;
  }

  #fields(fields: SdkFields, parent: Value | undefined, prefix: string, path: Path): void {
    for (const [name, attribute] of fields) {
      this.#attribute(attribute, configured(attribute, parent), prefix + name, [...path, name]);
    }
  }

  #attribute(attribute: SdkAttribute, raw: Value | undefined, key: string, path: Path): void {
    const problem = groupProblem(attribute, key, raw !== undefined, (other) => this.#lookup(other));
    if (problem) {
      this.#error(path, problem.summary, problem.detail);
      return;
    }
    if (raw === undefined) {
      if (attribute.required) {
        this.#error(
          path,
          "Missing required argument",
          `The argument "${key}" is required, but no definition was found.`,
        );
      }
      return;
    }
    if (!attribute.required && !attribute.optional) {
      const detail = `Can't configure a value for "${key}": its value will be decided automatically based on the result of applying this configuration.`;
      this.#error(path, "Value for unconfigurable attribute", detail);
      return;
    }
    // A value with unknown parts is judged when everything is known.
    if (hasUnknown(raw)) return;
    this.#value(attribute, raw, key, path);
  }

  #value(attribute: SdkAttribute, raw: Value, key: string, path: Path): void {
    if (attribute.kind === "list" || attribute.kind === "set") {
      this.#collection(attribute, Array.isArray(raw) ? raw : [], key, path);
      return;
    }
    const problem = valueProblem(attribute, raw as LegacyValue, key);
    if (problem) this.#error(path, problem);
  }

  #collection(attribute: SdkAttribute, items: Value[], key: string, path: Path): void {
    const { maxItems = 0, minItems = 0 } = attribute.facts;
    if (maxItems > 0 && items.length > maxItems) {
      const detail = `Attribute ${key} supports ${maxItems} item maximum, but config has ${items.length} declared.`;
      this.#error(path, "Too many list items", detail);
      return;
    }
    if (items.length < minItems) {
      const detail = `Attribute ${key} requires ${minItems} item minimum, but config has only ${items.length} declared.`;
      this.#error(path, "Not enough list items", detail);
      return;
    }
    const start = this.#diagnostics.length;
    items.forEach((item, index) => {
      const inside = `${key}.${index}`;
      if (attribute.elementFields)
        this.#fields(attribute.elementFields, item, `${inside}.`, [...path, index]);
      else if (item !== null) this.#value(attribute.element as SdkAttribute, item, inside, [...path, index]);
    });
    // Nothing inside a set can be pointed at: the set itself is named.
    if (attribute.kind === "set") {
      for (const diagnostic of this.#diagnostics.slice(start)) diagnostic.path = path;
    }
  }

  /** The configured value at a flat path; undefined when nothing is set there. */
  #lookup(key: string): Value | undefined {
    const steps = key.split(".");
    let value: Value | undefined = this.config;
    for (let depth = 0; depth < steps.length; depth++) {
      const step = steps[depth] as string;
      if (Array.isArray(value)) {
        value = value[Number(step)];
        continue;
      }
      const place = placeOf(this.resource.fields, steps.slice(0, depth + 1));
      if (!place || !("attribute" in place)) return undefined;
      value = configured(place.attribute, value);
      if (value === undefined || isUnknown(value)) return depth === steps.length - 1 ? value : undefined;
    }
    return value ?? undefined;
  }

  #error(path: Path, summary: string, detail?: string): void {
    this.#diagnostics.push({ severity: "error", summary, path, ...(detail === undefined ? {} : { detail }) });
  }
}

/** What is set for a field; an empty collection of blocks is nothing. */
function configured(attribute: SdkAttribute, parent: Value | undefined): Value | undefined {
  const raw = isObject(parent) ? parent[attribute.name] : undefined;
  if (raw === null || raw === undefined) return undefined;
  return attribute.block && Array.isArray(raw) && raw.length === 0 ? undefined : raw;
}
