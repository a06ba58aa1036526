import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PackedRecords } from "../../schemas/packed-records";

/** What the source of a provider tells of the API behind a resource type; the format is described in README.md. */
export interface ApiFacts {
  id?: string;
  imports?: string[];
  noun?: string;
  readNoun?: string;
  url?: string;
  collection?: string;
  adopts?: 1;
  keeps?: 1;
  unread?: string[];
  virtual?: { [attribute: string]: string | number | boolean };
  iam?: IamFacts;
}

export interface IamFacts {
  kind: string;
  batched?: 1;
  resource?: string;
  field?: string;
  describe?: string;
  imports?: string[];
}

let records: PackedRecords<ApiFacts> | undefined;

/** The facts of a resource type; undefined for one that the extraction could tell nothing about. */
export function apiFacts(type: string): ApiFacts | undefined {
  records ??= new PackedRecords(factsFile(__dirname));
  return records.get(type);
}

/** Beside this module, or, from inside a bundle, below one of the folders above it. */
function factsFile(folder: string): string {
  const name = "api-facts.jsonl.gz";
  for (const candidate of [join(folder, name), join(folder, "sandbox/services/api-facts", name)]) {
    if (existsSync(candidate)) return candidate;
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${name} is missing from sandbox/services/api-facts`);
  return factsFile(parent);
}
