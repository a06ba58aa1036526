import type { ResourceType } from "../../schemas/model";
import type { Diagnostic } from "../../values/diagnostic";
import { isObject, isUnknown, type ObjectValue, type Value, type ValuePath } from "../../values/value";
import { parseDuration } from "../go-values/duration";
import { attributeValidators } from "../hooks/framework-hooks";
import { ruleProblem } from "../validation/value-rules";
import {
  type FrameworkAttribute,
  type FrameworkFields,
  frameworkFields,
  objectsIn,
} from "./framework-schema";

/** Judges a configuration as a type built on the plugin framework does. */
export function validateFrameworkResource(type: ResourceType, config: ObjectValue): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  validateFields(type, frameworkFields(type), config, [], "", diagnostics);
  return diagnostics;
}

function validateFields(
  type: ResourceType,
  fields: FrameworkFields,
  parent: ObjectValue,
  path: ValuePath,
  prefix: string,
  diagnostics: Diagnostic[],
): void {
  for (const [name, attribute] of fields) {
    const value = parent[name] ?? null;
    const at = [...path, name];
    const key = prefix + name;
    const problem =
      readOnlyProblem(attribute, value) ??
      countProblem(attribute, value) ??
      conflict(attribute, value, parent) ??
      leafProblem(attribute, value);
    if (problem) diagnostics.push({ severity: "error", ...problem, path: at });
    if (prefix === "timeouts.") diagnostics.push(...durationProblem(value, at));
    for (const validate of attributeValidators(type, key)) {
      const found = validate(value);
      if (found) diagnostics.push({ severity: "error", ...found, path: at });
    }
    for (const [step, object] of objectsIn(attribute, value)) {
      if (!isObject(object)) continue;
      validateFields(
        type,
        attribute.fields,
        object,
        step === undefined ? at : [...at, step],
        `${key}.`,
        diagnostics,
      );
    }
  }
}

/** Timeouts are the framework's own: each is a length of time. */
function durationProblem(value: Value, path: ValuePath): Diagnostic[] {
  if (typeof value !== "string" || parseDuration(value) !== undefined) return [];
  const detail = `"${value}" must be a string containing a sequence of decimal numbers, each with optional fraction and a unit suffix, such as "300ms", "-1.5h" or "2h45m".`;
  return [{ severity: "error", summary: "Invalid Attribute Value Time Duration", detail, path }];
}

type Problem = { summary: string; detail: string } | undefined;

function readOnlyProblem({ name, block, facts }: FrameworkAttribute, value: Value): Problem {
  if (block || !facts.computed || facts.optional || facts.required || value === null) return undefined;
  return {
    summary: "Invalid Configuration for Read-Only Attribute",
    detail: `Cannot set value for "${name}" as the provider has marked it as read-only. Remove the configuration line setting the value.`,
  };
}

function countProblem(attribute: FrameworkAttribute, value: Value): Problem {
  const { required, minItems, maxItems } = attribute.facts;
  const count = Array.isArray(value) ? value.length : undefined;
  if (attribute.block && required && (count === 0 || value === null)) {
    return {
      summary: "Invalid Block",
      detail: `Block ${attribute.name} must have a configuration value as the provider has marked it as required`,
    };
  }
  if (count === undefined) return undefined;
  if (maxItems !== undefined && count > maxItems) {
    return {
      summary: "Invalid Attribute Value",
      detail: `${attribute.name} must contain at most ${maxItems} elements, got: ${count}`,
    };
  }
  if (minItems !== undefined && count < minItems && !attribute.block) {
    return {
      summary: "Invalid Attribute Value",
      detail: `${attribute.name} must contain at least ${minItems} elements, got: ${count}`,
    };
  }
  return undefined;
}

function conflict(attribute: FrameworkAttribute, value: Value, siblings: ObjectValue): Problem {
  if (value === null) return undefined;
  const other = attribute.facts.conflictsWith?.find((name) => {
    const sibling = siblings[name] ?? null;
    return name !== attribute.name && sibling !== null && !isUnknown(sibling);
  });
  return other === undefined
    ? undefined
    : {
        summary: "Invalid Attribute Combination",
        detail: `Attribute "${other}" cannot be specified when "${attribute.name}" is specified`,
      };
}

function leafProblem(attribute: FrameworkAttribute, value: Value): Problem {
  if (attribute.shape !== "leaf" || value === null || isUnknown(value)) return undefined;
  const found = ruleProblem(attribute.facts, value, attribute.name);
  return found === undefined ? undefined : { summary: "Invalid Attribute Value", detail: found };
}
