import { BSON, type Document, Double, Int32, Long } from "bson";
import type { Documents } from "../store/documents";
import { comparable, idText, isDocument, matches, valuesAt } from "./match";
import { MongoError } from "./mongo-error";
import { newDocument, updated } from "./update";
import { LARGEST_MESSAGE } from "./wire";

/** What a command works on. */
interface Scene {
  documents: Documents;
  /** Name of the database. */
  database: string;
  command: Document;
  /** Name of the collection, where the command has one. */
  collection: string;
}

type Command = (scene: Scene) => Document | Promise<Document>;

/** MongoDB 8.0. https://github.com/mongodb/specifications/blob/master/source/wireversion-featurelist/wireversion-featurelist.md */
const WIRE_VERSION = 25;
const VERSION = "8.0.0";
const LARGEST_DOCUMENT = 16 * 1024 * 1024;
const MOST_WRITES = 100_000;
/** https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions */
const DATABASE_NAME = /^[^/\\. "$\0]{1,63}$/;

const hello: Command = () => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: LARGEST_DOCUMENT,
  maxMessageSizeBytes: LARGEST_MESSAGE,
  maxWriteBatchSize: MOST_WRITES,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
});

/** Answered to whoever asks; drivers greet before they sign in. */
export const openCommands: { readonly [name: string]: Command } = {
  hello,
  ismaster: hello,
  isMaster: hello,
  ping: () => ({}),
  buildInfo: () => ({
    version: VERSION,
    versionArray: VERSION.split(".").map(Number),
    gitVersion: "groundwork-sandbox",
  }),
};

/** Answered to whoever has signed in. */
export const commands: { readonly [name: string]: Command } = {
  endSessions: () => ({}),
  killCursors: () => ({ cursorsKilled: [], cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] }),
  create: async ({ documents, database, collection }) => {
    await documents.transact(() => documents.create(database, collection));
    return {};
  },
  insert: insertDocuments,
  update: updateDocuments,
  delete: deleteDocuments,
  find({ documents, database, collection, command }) {
    const found = all({ documents, database, collection }, asDocument(command.filter));
    sortBy(found, asDocument(command.sort));
    const skipped = found.slice(Number(command.skip ?? 0));
    const limit = Math.abs(Number(command.limit ?? 0));
    const limited = limit === 0 ? skipped : skipped.slice(0, limit);
    const projection = asDocument(command.projection);
    return cursor(
      `${database}.${collection}`,
      limited.map((document) => projected(document, projection)),
    );
  },
  count: ({ documents, database, collection, command }) => ({
    n: all({ documents, database, collection }, asDocument(command.query)).length,
  }),
  distinct({ documents, database, collection, command }) {
    const values = all({ documents, database, collection }, asDocument(command.query))
      .flatMap((document) => valuesAt(document, String(command.key)))
      .flat()
      .filter((value) => value !== undefined);
    return { values: [...new Map(values.map((value) => [comparable(value), value])).values()] };
  },
  aggregate,
  listCollections({ documents, database, command }) {
    const found = documents
      .collections(database)
      .map((name) => ({ name, type: "collection", options: {}, info: { readOnly: false } }))
      .filter((one) => matches(one, asDocument(command.filter)));
    return cursor(`${database}.$cmd.listCollections`, found);
  },
  listDatabases({ documents, command }) {
    const found = documents.databases().map((name) => {
      const bytes = documents
        .collections(name)
        .flatMap((collection) => documents.list(name, collection))
        .reduce((sum, document) => sum + document.length, 0);
      return { name, sizeOnDisk: new Double(bytes), empty: false };
    });
    const fitting = found.filter((one) => matches(one, asDocument(command.filter)));
    return {
      databases: fitting.map((one) => (command.nameOnly ? { name: one.name } : one)),
      totalSize: new Double(fitting.reduce((sum, { sizeOnDisk }) => sum + Number(sizeOnDisk), 0)),
    };
  },
  drop: async ({ documents, database, collection }) => {
    const was = await documents.transact(() => documents.drop(database, collection));
    if (!was) throw new MongoError(26, "NamespaceNotFound", "ns not found");
    return { ns: `${database}.${collection}` };
  },
  dropDatabase: async ({ documents, database }) => {
    await documents.transact(() => {
      for (const name of documents.collections(database)) documents.drop(database, name);
    });
    return { dropped: database };
  },
};

/**
 * Answers a command.
 *
 * @throws {MongoError} when it is refused
 */
export async function answerCommand(
  documents: Documents,
  command: Document,
  known: { readonly [name: string]: Command },
): Promise<Document> {
  const [name = ""] = Object.keys(command);
  const work = Object.hasOwn(known, name) ? known[name] : undefined;
  const database = String(command.$db);
  if (work === undefined) {
    throw new MongoError(
      59,
      "CommandNotFound",
      `no such command: '${name}'. The Groundwork sandbox's database knows few.`,
    );
  }
  if (!DATABASE_NAME.test(database)) {
    throw new MongoError(73, "InvalidNamespace", `Invalid database name: '${database}'`);
  }
  const collection = typeof command[name] === "string" ? command[name] : "";
  return work({ documents, database, command, collection });
}

type Place = Pick<Scene, "documents" | "database" | "collection">;

function all({ documents, database, collection }: Place, filter: Document): Document[] {
  return documents
    .list(database, collection)
    .map((bytes) => BSON.deserialize(bytes, { promoteValues: false, promoteBuffers: false }))
    .filter((document) => matches(document, filter));
}

async function insertDocuments({ documents, database, collection, command }: Scene): Promise<Document> {
  const given = (command.documents ?? []) as Document[];
  return documents.transact(() => {
    let n = 0;
    const writeErrors: Document[] = [];
    for (const [index, document] of given.entries()) {
      const complete = newDocument(document);
      const id = idText(complete);
      if (!documents.has(database, collection, id)) {
        documents.put(database, collection, id, Buffer.from(BSON.serialize(complete)));
        n++;
        continue;
      }
      const key = { _id: complete._id };
      const errmsg = `E11000 duplicate key error collection: ${database}.${collection} index: _id_ dup key: ${JSON.stringify(key)}`;
      writeErrors.push({ index, code: 11000, keyPattern: { _id: 1 }, keyValue: key, errmsg });
      if (command.ordered !== false) break;
    }
    return { n: new Int32(n), ...(writeErrors.length > 0 ? { writeErrors } : {}) };
  });
}

async function updateDocuments({ documents, database, collection, command }: Scene): Promise<Document> {
  const place = { documents, database, collection };
  return documents.transact(() => {
    let [n, nModified] = [0, 0];
    const upserted: Document[] = [];
    for (const [index, { q, u, multi, upsert }] of ((command.updates ?? []) as Document[]).entries()) {
      const found = all(place, asDocument(q)).slice(0, multi ? undefined : 1);
      for (const document of found) {
        const changed = updated(document, u, false);
        const [before, after] = [document, changed].map((one) => Buffer.from(BSON.serialize(one)));
        if (before && after && !before.equals(after)) {
          documents.put(database, collection, idText(changed), after);
          nModified++;
        }
      }
      n += found.length;
      if (found.length > 0 || !upsert) continue;
      const made = newDocument(updated(equalities(asDocument(q)), u, true));
      documents.put(database, collection, idText(made), Buffer.from(BSON.serialize(made)));
      upserted.push({ index, _id: made._id });
      n++;
    }
    return { n: new Int32(n), nModified: new Int32(nModified), ...(upserted.length > 0 ? { upserted } : {}) };
  });
}

async function deleteDocuments({ documents, database, collection, command }: Scene): Promise<Document> {
  return documents.transact(() => {
    let n = 0;
    for (const { q, limit } of (command.deletes ?? []) as Document[]) {
      const found = all({ documents, database, collection }, asDocument(q));
      for (const document of Number(limit) === 1 ? found.slice(0, 1) : found) {
        documents.remove(database, collection, idText(document));
        n++;
      }
    }
    return { n: new Int32(n) };
  });
}

/** As much as drivers need to count. */
function aggregate({ documents, database, collection, command }: Scene): Document {
  let found: Document[] = all({ documents, database, collection }, {});
  for (const stage of (command.pipeline ?? []) as Document[]) {
    const [name = "", given] = Object.entries(stage)[0] ?? [];
    if (name === "$match") found = found.filter((document) => matches(document, asDocument(given)));
    else if (name === "$skip") found = found.slice(Number(given));
    else if (name === "$limit") found = found.slice(0, Number(given));
    else if (name === "$sort") sortBy(found, asDocument(given));
    else if (name === "$count")
      found = found.length === 0 ? [] : [{ [String(given)]: new Int32(found.length) }];
    else if (name === "$group" && isCounting(asDocument(given))) {
      found = found.length === 0 ? [] : [{ _id: given._id, n: new Int32(found.length) }];
    } else
      throw new MongoError(
        40324,
        "Location40324",
        `The Groundwork sandbox's database knows no stage ${name} like this.`,
      );
  }
  return cursor(`${database}.${collection}`, found);
}

/** `{ _id: 1, n: { $sum: 1 } }`, of countDocuments. */
function isCounting({ _id, n, ...others }: Document): boolean {
  return (
    !isDocument(_id) && typeof _id !== "string" && Number(n?.$sum) === 1 && Object.keys(others).length === 0
  );
}

/** Everything in the first batch. */
function cursor(ns: string, firstBatch: Document[]): Document {
  return { cursor: { id: Long.ZERO, ns, firstBatch } };
}

function sortBy(documents: Document[], order: Document): void {
  const rules = Object.entries(order).map(([path, direction]) => ({ path, direction: Number(direction) }));
  documents.sort((a, b) => {
    for (const { path, direction } of rules) {
      const [left, right] = [a, b].map((document) => comparable(valuesAt(document, path)[0]) ?? "");
      if (left !== undefined && right !== undefined && left !== right)
        return left < right ? -direction : direction;
    }
    return 0;
  });
}

function projected(document: Document, projection: Document): Document {
  const rules = Object.entries(projection);
  if (rules.length === 0) return document;
  const wanted = rules.filter(([, value]) => Boolean(comparable(value))).map(([name]) => name);
  const unwanted = new Set(rules.filter(([, value]) => !comparable(value)).map(([name]) => name));
  const isKept = (name: string): boolean =>
    wanted.length > 0 && !(wanted.length === 1 && wanted[0] === "_id" && unwanted.size > 0)
      ? wanted.includes(name) || (name === "_id" && !unwanted.has("_id"))
      : !unwanted.has(name);
  return Object.fromEntries(Object.entries(document).filter(([name]) => isKept(name)));
}

/** What an upsert takes over from its filter. */
function equalities(filter: Document): Document {
  return Object.fromEntries(
    Object.entries(filter).filter(([field, value]) => !/[.$]/.test(field) && !isDocument(value)),
  );
}

const asDocument = (value: unknown): Document => (isDocument(value) ? value : {});
