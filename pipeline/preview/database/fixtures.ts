import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Problem, UserError } from "@groundwork/user-error";

/** Documents of one collection. */
export interface Fixture {
  collection: string;
  /** Each has an `_id`, by which it is recognised when it is seeded again. */
  documents: readonly Readonly<Record<string, unknown>>[];
}

/** Bytes; a fixture is an example, no dump. */
const largestFile = 8 * 1024 * 1024;
/** Without `$` and `system.`, which MongoDB keeps for itself. */
const collectionName = /^(?!system\.)[A-Za-z_][\w.-]{0,99}$/;

/**
 * Reads a folder of fixtures: `<collection>.json`, each an array of documents in MongoDB's Extended JSON.
 *
 * @param parse reads Extended JSON
 * @throws UserError with everything that is wrong in the folder
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/
 */
export async function readFixtures(
  folder: string,
  parse: (text: string) => unknown,
): Promise<readonly Fixture[]> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) {
    throw new UserError("There are no fixtures.", [
      { field: folder, found: "no folder", expected: "a folder with <collection>.json" },
    ]);
  }
  const files = names.filter((name) => name.endsWith(".json")).sort();
  const read = await Promise.all(
    files.map((name) => readFixture(join(folder, name), name.slice(0, -5), parse)),
  );
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) throw new UserError("These fixtures can't be seeded.", problems);
  return read.map(({ fixture }) => fixture);
}

async function readFixture(
  file: string,
  collection: string,
  parse: (text: string) => unknown,
): Promise<{ fixture: Fixture; problems: Problem[] }> {
  const wrong = (found: string, expected: string) => ({
    fixture: { collection, documents: [] },
    problems: [{ field: file, found, expected }],
  });
  if (!collectionName.test(collection)) {
    return wrong(`the collection ${collection}`, "letters, digits, -, _ and dots, not system.…");
  }
  const bytes = await readFile(file);
  if (bytes.length > largestFile)
    return wrong(`${bytes.length} bytes`, "at most 8 MB; fixtures are examples");
  let documents: unknown;
  try {
    documents = parse(bytes.toString("utf8"));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error), "MongoDB's Extended JSON");
  }
  if (!Array.isArray(documents)) return wrong("something else", "an array of documents");
  const problems = documents.flatMap((document: unknown, index) =>
    typeof document === "object" && document !== null && "_id" in document
      ? []
      : [{ field: `${file}[${index}]`, found: "no _id", expected: "one, so that it isn't added twice" }],
  );
  return { fixture: { collection, documents }, problems };
}
