/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list whatever was written: Terraform takes one block as an object, several as a list of objects. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Json];
}

/** The blocks of one kind. */
export function blocksOf(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

/** The strings of a list. */
export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((one): one is string => typeof one === "string");
}

/**
 * The value at a path; where a block is repeated, its first one.
 *
 * @param path `automatic_scaling.standard_scheduler_settings.max_instances`
 */
export function valueAt(values: Json | undefined, path: string): Json | undefined {
  return path
    .split(".")
    .reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : blocksOf(at)[0]?.[key]), values);
}

/** The text at a path; nothing when it is no text. */
export function textAt(values: Json | undefined, path: string): string | undefined {
  const value = valueAt(values, path);
  return typeof value === "string" ? value : undefined;
}

/** The number at a path; Terraform takes numbers as text too. */
export function numberAt(values: Json | undefined, path: string): number | undefined {
  const value = valueAt(values, path);
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Whether the value at a path is literally true. What is only known later is not. */
export function isTrue(values: Json | undefined, path: string): boolean {
  const value = valueAt(values, path);
  return value === true || value === "true";
}

/** Whether the value at a path is literally false. */
export function isFalse(values: Json | undefined, path: string): boolean {
  const value = valueAt(values, path);
  return value === false || value === "false";
}

/** Whether a text takes its value from elsewhere: `${google_service_account.run.email}`. */
export function isReference(value: Json | undefined): boolean {
  return typeof value === "string" && value.includes("${");
}

/** Every text inside a value, with the path that leads to it. */
export function textsWithin(value: Json | undefined, path = ""): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsWithin(one, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    textsWithin(one, path === "" ? key : `${path}.${key}`),
  );
}
