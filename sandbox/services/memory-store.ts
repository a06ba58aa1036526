import type { CloudStore, CloudTransaction, StoredObject } from "../store/contract";
import type { ObjectValue } from "../values/value";

/** A store in memory, for tests of the services: transactions roll back, nothing is durable. */
export function memoryStore(clock: () => string = () => new Date().toISOString()): CloudStore {
  let objects = new Map<string, StoredObject>();
  let facts = new Map<string, ObjectValue>();
  let counters = new Map<string, number>();
  const keyOf = (type: string, id: string): string => `${type} ${id}`;
  const begin = (): CloudTransaction => {
    const now = clock();
    return {
      now,
      get: (type, id) => objects.get(keyOf(type, id)),
      list: (type) => [...objects.values()].filter((object) => object.type === type),
      put({ type, id, attributes }) {
        const createdAt = objects.get(keyOf(type, id))?.createdAt ?? now;
        const stored = { type, id, attributes: structuredClone(attributes), createdAt, updatedAt: now };
        objects.set(keyOf(type, id), stored);
        return stored;
      },
      delete: (type, id) => void objects.delete(keyOf(type, id)),
      next(counter) {
        const value = (counters.get(counter) ?? 0) + 1;
        counters.set(counter, value);
        return value;
      },
      getFact: (key) => facts.get(key),
      putFact: (key, value) => void (value === undefined ? facts.delete(key) : facts.set(key, value)),
      listFacts: (prefix) =>
        [...facts].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => ({ key, value })),
    };
  };
  return {
    async transact(work) {
      const before = { objects: new Map(objects), facts: new Map(facts), counters: new Map(counters) };
      try {
        return work(begin());
      } catch (error) {
        ({ objects, facts, counters } = before);
        throw error;
      }
    },
    read: (work) => work(begin()),
    types: () => [...new Set([...objects.values()].map(({ type }) => type))],
    close: async () => {},
  };
}
