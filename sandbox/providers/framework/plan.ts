import type { Diagnostic } from "../../values/diagnostic";
import {
  equalValues,
  isObject,
  isUnknown,
  type ObjectValue,
  UNKNOWN,
  type Value,
  type ValuePath,
} from "../../values/value";
import type { PlanOutcome, PlanRequest } from "../contract";
import { planModifiers } from "../hooks/framework-hooks";
import { type FrameworkAttribute, type FrameworkFields, frameworkFields } from "./framework-schema";
import type { ModifierRequest } from "./modifier-types";

/**
 * Plans a resource of a type built on the plugin framework (`PlanResourceChange` in
 * internal/fwserver/server_planresourcechange.go of terraform-plugin-framework).
 */
export function planFrameworkResource(request: PlanRequest): PlanOutcome {
  const { type, prior, proposed, config } = request;
  const fields = frameworkFields(type);
  let planned = withDefaults(fields, proposed, config);
  if (!prior || !equalValues(planned, prior)) planned = unknownWhereUndecided(fields, planned, config);
  const run = new ModifierRun(request);
  planned = run.fields(fields, planned, prior, config, [], "") as ObjectValue;
  return { planned, requiresReplace: run.requiresReplace, diagnostics: run.diagnostics };
}

type Change = (attribute: FrameworkAttribute, value: Value, config: Value) => Value;

/** Rebuilds a value, the innermost attributes first. */
function rebuild(fields: FrameworkFields, value: ObjectValue, config: Value, change: Change): ObjectValue {
  const result: ObjectValue = { ...value };
  for (const [name, attribute] of fields) {
    const own = isObject(config) ? (config[name] ?? null) : config;
    const inner = rebuildNested(attribute, value[name] ?? null, own, change);
    result[name] = attribute.block ? inner : change(attribute, inner, own);
  }
  return result;
}

function rebuildNested(attribute: FrameworkAttribute, value: Value, config: Value, change: Change): Value {
  const inside = (item: Value, own: Value) =>
    isObject(item) ? rebuild(attribute.fields, item, own, change) : item;
  if (attribute.shape === "leaf" || value === null || isUnknown(value)) return value;
  if (attribute.shape === "single") return inside(value, config);
  if (Array.isArray(value))
    return value.map((item, index) => inside(item, configuredItem(attribute, config, item, index)));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      inside(item, isObject(config) ? (config[key] ?? UNKNOWN) : config),
    ]),
  );
}

/**
 * What is configured for an element of a list or set. An element of a set is found by its value; one that isn't
 * there counts as configured, so that nothing in it becomes unknown.
 */
function configuredItem(attribute: FrameworkAttribute, config: Value, item: Value, index: number): Value {
  if (!Array.isArray(config)) return config;
  const own = attribute.shape === "set" ? config.find((one) => equalValues(one, item)) : config[index];
  return own ?? UNKNOWN;
}

function withDefaults(fields: FrameworkFields, proposed: ObjectValue, config: ObjectValue): ObjectValue {
  return rebuild(fields, proposed, config, (attribute, value, own) => {
    if (attribute.facts.writeOnly) return null;
    return own === null && attribute.defaultValue !== undefined ? attribute.defaultValue : value;
  });
}

/** When anything changes, all that the configuration leaves to the provider may change too. */
function unknownWhereUndecided(
  fields: FrameworkFields,
  planned: ObjectValue,
  config: ObjectValue,
): ObjectValue {
  return rebuild(fields, planned, config, (attribute, value, own) =>
    own === null && attribute.facts.computed && attribute.defaultValue === undefined ? UNKNOWN : value,
  );
}

/** Runs the plan modifiers of all attributes. */
class ModifierRun {
  readonly requiresReplace: ValuePath[] = [];
  readonly diagnostics: Diagnostic[] = [];

  constructor(readonly request: PlanRequest) {}

  fields(
    fields: FrameworkFields,
    planned: Value,
    state: Value | undefined,
    config: Value | undefined,
    path: ValuePath,
    key: string,
  ): Value {
    if (!isObject(planned)) return planned;
    const result: ObjectValue = { ...planned };
    for (const [name, attribute] of fields) {
      result[name] = this.#attribute(
        attribute,
        planned[name] ?? null,
        memberOf(state, name),
        memberOf(config, name),
        [...path, name],
        key + name,
      );
    }
    return result;
  }

  #attribute(
    attribute: FrameworkAttribute,
    planned: Value,
    state: Value,
    config: Value,
    path: ValuePath,
    key: string,
  ): Value {
    const { facts } = attribute;
    let value = planned;
    const exists = this.request.prior !== null;
    if (facts.useStateForUnknown && exists && isUnknown(value) && !isUnknown(config)) value = state;
    if (facts.forceNew && exists && !equalValues(value, state)) this.requiresReplace.push(path);
    const request: ModifierRequest = { planned: value, state, config, path, prior: this.request.prior };
    for (const modify of planModifiers(this.request.type, key)) {
      const outcome = modify({ ...request, planned: value });
      if (outcome.planned !== undefined) value = outcome.planned;
      if (outcome.replace) this.requiresReplace.push(path);
      if (outcome.error) this.diagnostics.push({ severity: "error", ...outcome.error, path });
    }
    return this.#nested(attribute, value, state, config, path, key);
  }

  #nested(
    attribute: FrameworkAttribute,
    planned: Value,
    state: Value,
    config: Value,
    path: ValuePath,
    key: string,
  ): Value {
    if (attribute.shape === "leaf" || planned === null || isUnknown(planned)) return planned;
    const inside = (item: Value, before: Value, own: Value, step: ValuePath) =>
      this.fields(attribute.fields, item, before, own, [...path, ...step], `${key}.`);
    if (attribute.shape === "single") return inside(planned, state, config, []);
    if (Array.isArray(planned)) {
      return planned.map((item, index) => inside(item, itemOf(state, index), itemOf(config, index), [index]));
    }
    if (!isObject(planned)) return planned;
    return Object.fromEntries(
      Object.entries(planned).map(([step, item]) => [
        step,
        inside(item, memberOf(state, step), memberOf(config, step), [step]),
      ]),
    );
  }
}

function memberOf(value: Value | undefined, name: string): Value {
  return (isObject(value) ? value[name] : null) ?? null;
}

function itemOf(value: Value, index: number): Value {
  return (Array.isArray(value) ? value[index] : null) ?? null;
}
