import type { ChangeJson, Json } from "../terraform/plan-json";

/** One side of a change, divided into what everybody may see and what nobody may. */
export interface Side {
  /** The value; unknown and sensitive parts are marked in their places and show nothing more. */
  open: Json;
  /** The sensitive parts, by where they stand. */
  sealed: { [place: string]: Json };
}

/** A value before a change. */
export function sideBefore({ before, before_sensitive: marks }: ChangeJson): Side {
  return divide(before ?? null, false, marks ?? false);
}

/** A value after a change. */
export function sideAfter({ after, after_unknown: unknown, after_sensitive: marks }: ChangeJson): Side {
  return divide(after ?? null, unknown ?? false, marks ?? false);
}

function divide(value: Json, unknown: Json, marks: Json): Side {
  const sealed: Side["sealed"] = {};
  return { open: open(value, unknown, marks, [], sealed), sealed };
}

/** Marks are objects that no value can be: values are wrapped where they could look like one. */
const unknownMark: Json = { mark: "unknown" };
const sensitiveMark: Json = { mark: "sensitive" };
const unknownSensitiveMark: Json = { mark: "unknown and sensitive" };

function open(
  value: Json,
  unknown: Json,
  marks: Json,
  place: readonly (string | number)[],
  sealed: Side["sealed"],
): Json {
  if (unknown === true) return marks === true ? unknownSensitiveMark : unknownMark;
  // Nothing is no secret.
  if (marks === true && value !== null) {
    sealed[JSON.stringify(place)] = [value, unknown];
    return sensitiveMark;
  }
  if (value === null && !holdsTrue(unknown)) return null;
  const inside = (key: string | number, of: Json): Json => {
    if (Array.isArray(of)) return typeof key === "number" ? (of[key] ?? null) : null;
    if (typeof of !== "object" || of === null) return null;
    return Object.hasOwn(of, key) ? (of[key] ?? null) : null;
  };
  if (Array.isArray(value) || (value === null && Array.isArray(unknown))) {
    const length = Math.max(value?.length ?? 0, Array.isArray(unknown) ? unknown.length : 0);
    return Array.from({ length }, (_, i) =>
      open(inside(i, value), inside(i, unknown), inside(i, marks), [...place, i], sealed),
    );
  }
  const isObject = typeof value === "object" && value !== null;
  if (!isObject && (typeof unknown !== "object" || unknown === null)) return value;
  // Unknown keys are missing in the value, or there is no value at all.
  const keys = new Set(
    [value, unknown].flatMap((of) => (typeof of === "object" && of ? Object.keys(of) : [])),
  );
  const entries = [...keys].map((key): [string, Json] => [
    key,
    open(inside(key, value), inside(key, unknown), inside(key, marks), [...place, key], sealed),
  ]);
  return { object: Object.fromEntries(entries) };
}

function holdsTrue(marks: Json): boolean {
  return (
    marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(holdsTrue))
  );
}
