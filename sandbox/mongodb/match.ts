import { BSONRegExp, type Document, EJSON } from "bson";
import { MongoError } from "./mongo-error";

/** What stands for a value in comparisons: numbers of every width as one, other types as their extended JSON. */
export function comparable(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.getTime();
  const plain = (value as { _bsontype?: string; valueOf(): unknown })._bsontype;
  if (plain === "Int32" || plain === "Double") return Number(value);
  if (plain === "Long") return Number(value);
  return EJSON.stringify(value, { relaxed: true });
}

/** Under what a document is kept. */
export function idText(document: Document): string {
  const id = comparable(document._id);
  return typeof id === "string" && typeof document._id === "string" ? `s:${id}` : `v:${id}`;
}

/** The values at a dotted path; several where the path leads through arrays. */
export function valuesAt(value: unknown, path: string): unknown[] {
  const [step = "", ...rest] = path.split(".");
  if (Array.isArray(value)) {
    const at = /^\d+$/.test(step) ? [value[Number(step)]] : [];
    const below = at.flatMap((one) => (rest.length === 0 ? [one] : valuesAt(one, rest.join("."))));
    return [...below, ...value.flatMap((one) => (isDocument(one) ? valuesAt(one, path) : []))];
  }
  if (!isDocument(value)) return [];
  return rest.length === 0 ? [value[step]] : valuesAt(value[step], rest.join("."));
}

export function isDocument(value: unknown): value is Document {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !("_bsontype" in value) &&
    !(value instanceof Date)
  );
}

/**
 * Whether a filter fits a document: equality and the comparisons that are here.
 *
 * @throws {MongoError} for what the sandbox can't compare
 */
export function matches(document: Document, filter: Document): boolean {
  return Object.entries(filter).every(([field, condition]) => {
    if (field === "$and") return (condition as Document[]).every((one) => matches(document, one));
    if (field === "$or") return (condition as Document[]).some((one) => matches(document, one));
    if (field === "$nor") return !(condition as Document[]).some((one) => matches(document, one));
    if (field.startsWith("$")) throw notHere(field);
    return fits(valuesAt(document, field), condition);
  });
}

function fits(values: unknown[], condition: unknown): boolean {
  const all = values.flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]));
  const present = all.length === 0 ? [undefined] : all;
  if (condition instanceof BSONRegExp || condition instanceof RegExp)
    return present.some((value) => isMatch(value, condition));
  if (!isDocument(condition) || !Object.keys(condition).some((key) => key.startsWith("$"))) {
    return present.some((value) => comparable(value) === comparable(condition));
  }
  return Object.entries(condition).every(([operator, operand]) =>
    compare(operator, operand, present, condition),
  );
}

function compare(operator: string, operand: unknown, values: unknown[], condition: Document): boolean {
  const some = (test: (value: unknown) => boolean): boolean => values.some(test);
  const isIn = (value: unknown): boolean =>
    (operand as unknown[]).some((one) => comparable(one) === comparable(value));
  const ordered = (test: (left: string | number, right: string | number) => boolean): boolean =>
    some((value) => {
      const [left, right] = [comparable(value), comparable(operand)];
      return (
        typeof left === typeof right &&
        left !== null &&
        right !== null &&
        test(left as number, right as number)
      );
    });
  switch (operator) {
    case "$eq":
      return some((value) => comparable(value) === comparable(operand));
    case "$ne":
      return !some((value) => comparable(value) === comparable(operand));
    case "$in":
      return some(isIn);
    case "$nin":
      return !some(isIn);
    case "$gt":
      return ordered((left, right) => left > right);
    case "$gte":
      return ordered((left, right) => left >= right);
    case "$lt":
      return ordered((left, right) => left < right);
    case "$lte":
      return ordered((left, right) => left <= right);
    case "$exists":
      return some((value) => value !== undefined) === Boolean(comparable(operand));
    case "$not":
      return !fits(values, operand);
    case "$regex":
      return some((value) => isMatch(value, operand, String(condition.$options ?? "")));
    case "$options":
      return true;
    default:
      throw notHere(operator);
  }
}

function isMatch(value: unknown, pattern: unknown, options = ""): boolean {
  if (typeof value !== "string") return false;
  if (pattern instanceof RegExp)
    return new RegExp(pattern.source, pattern.flags.replace("g", "")).test(value);
  if (pattern instanceof BSONRegExp)
    return new RegExp(pattern.pattern, known(pattern.options + options)).test(value);
  return new RegExp(String(pattern), known(options)).test(value);
}

/** MongoDB's `x` and `u` have no counterpart, or need none. */
const known = (options: string): string =>
  [...new Set(options)].filter((one) => "ims".includes(one)).join("");

const notHere = (what: string): MongoError =>
  new MongoError(2, "BadValue", `The Groundwork sandbox's database knows no ${what}.`);
