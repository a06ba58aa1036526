import { type Document, Double, Int32, ObjectId } from "bson";
import { isDocument } from "./match";
import { MongoError } from "./mongo-error";

/** With an `_id`, which stands first. */
export function newDocument(document: Document): Document {
  const { _id = new ObjectId(), ...rest } = document;
  return { _id, ...rest };
}

/**
 * A document after an update: another one in its place, or some fields changed.
 *
 * @param isNew whether an upsert makes it
 * @throws {MongoError} for what the sandbox can't change
 */
export function updated(document: Document, update: unknown, isNew: boolean): Document {
  if (!isDocument(update)) throw notHere("updates by a pipeline");
  const operators = Object.keys(update).filter((key) => key.startsWith("$"));
  if (operators.length === 0) return { ...("_id" in document ? { _id: document._id } : {}), ...update };
  const changed = structuredCopy(document);
  for (const operator of operators) {
    for (const [path, value] of Object.entries(update[operator] as Document)) {
      if (operator === "$set" || (operator === "$setOnInsert" && isNew)) setAt(changed, path, () => value);
      else if (operator === "$inc") setAt(changed, path, (old) => sum(old, value));
      else if (operator === "$unset") setAt(changed, path, () => undefined);
      else if (operator !== "$setOnInsert") throw notHere(operator);
    }
  }
  return changed;
}

/** Documents anew, values as they are. */
function structuredCopy(document: Document): Document {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      isDocument(value) ? structuredCopy(value) : value,
    ]),
  );
}

function setAt(document: Document, path: string, next: (old: unknown) => unknown): void {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let place = document;
  for (const step of steps) {
    if (!isDocument(place[step])) place[step] = {};
    place = place[step];
  }
  const value = next(place[last]);
  if (value === undefined) delete place[last];
  else place[last] = value;
}

function sum(old: unknown, added: unknown): unknown {
  const total = Number(old ?? 0) + Number(added);
  return Number.isInteger(total) && Math.abs(total) < 2 ** 31 ? new Int32(total) : new Double(total);
}

const notHere = (what: string): MongoError =>
  new MongoError(9, "FailedToParse", `The Groundwork sandbox's database knows no ${what}.`);
