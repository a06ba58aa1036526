import type { CloudView } from "../services/behaviour";
import type { CloudTransaction, StoredObject } from "../store/contract";
import type { ObjectValue } from "../values/value";

/** One thing in a list of a REST API. */
export interface Entry {
  /** What its own path has behind the list's, not encoded. */
  name: string;
  /** As the API answers it. */
  resource: ObjectValue;
  /** Resource type that faults are matched with. */
  type: string;
  /** What is deleted with it; deleting goes through the same rules as Terraform's. */
  object?: StoredObject;
}

/** The names in a list's path, by what stands in braces. */
export type PathNames = Readonly<Record<string, string>>;

/** A list of a REST API: it can be read, and its entries be read and deleted. */
export interface Collection {
  /** `appengine.googleapis.com`. */
  host: string;
  /** `/v1/apps/{app}/services`. */
  path: string;
  /** Resource type that faults are matched with while it is listed. */
  type: string;
  /** Field of the answer that holds the list. @default - the answer is the list */
  field?: string;
  /** By name. */
  entries(cloud: CloudView, names: PathNames): Entry[];
  /** Deletes what is no object of its own; throws an ApiError. @default - the entry's object is deleted */
  remove?(cloud: CloudTransaction, names: PathNames, entry: Entry): void;
  /** What a delete is answered with. @default - nothing */
  deleted?(names: PathNames): ObjectValue;
}
