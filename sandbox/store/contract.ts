import type { ObjectValue } from "../values/value";

/** An object of the simulated cloud: one resource, held as the provider would read it. */
export interface StoredObject {
  /** Terraform resource type; `google` and `google-beta` share their objects. */
  type: string;
  /** The object's id: what the provider writes to the attribute `id`. */
  id: string;
  attributes: ObjectValue;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
}

/** The cloud as one transaction sees it. Nothing is visible to others before the transaction commits. */
export interface CloudTransaction {
  get(type: string, id: string): StoredObject | undefined;
  /** The objects of a type, or those of them whose id starts with `idPrefix`, by id. */
  list(type: string, idPrefix?: string): StoredObject[];
  put(object: Pick<StoredObject, "type" | "id" | "attributes">): StoredObject;
  delete(type: string, id: string): void;
  /** The next number of a named counter, for ids that the cloud hands out. Starts at 1. */
  next(counter: string): number;
  /** Facts about the cloud that are not resources (soft-deleted names, versions that still run). */
  getFact(key: string): ObjectValue | undefined;
  putFact(key: string, value: ObjectValue | undefined): void;
  listFacts(prefix: string): { key: string; value: ObjectValue }[];
  /** The instant of this transaction, ISO 8601. */
  readonly now: string;
}

/** The durable store of the simulated cloud. A transaction is all or nothing, also across `kill -9`. */
export interface CloudStore {
  /** Runs alone; resolves once durable. Thrown errors roll back. `work` must not await. */
  transact<T>(work: (cloud: CloudTransaction) => T): Promise<T>;
  /** A consistent read-only view. */
  read<T>(work: (cloud: Pick<CloudTransaction, "get" | "list" | "getFact" | "listFacts" | "now">) => T): T;
  /** Types that have at least one object. */
  types(): string[];
  close(): Promise<void>;
}
