import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { UserError } from "@groundwork/user-error";
import type { ProviderName } from "../schemas/model";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type CaseKind = "create" | "reject" | "steady" | "update";
export const KINDS: readonly CaseKind[] = ["create", "reject", "steady", "update"];

/** What a real provider answered to one configuration; README.md describes every key. */
export interface CorpusCase {
  id: string;
  kind: CaseKind;
  config: JsonObject;
  unknown?: string;
  after?: JsonObject;
  after_unknown?: Json;
  after_sensitive?: Json;
  stage?: "validate" | "plan";
  path?: string;
  reason?: string;
  state?: JsonObject;
  state_sensitive?: Json;
  base?: string;
  op?: "change" | "remove" | "add" | "unknown";
  actions?: string[];
  replace_paths?: Json[];
  rejected?: boolean;
  rejected_path?: string;
}

/** All cases of one resource type. */
export interface TypeCases {
  type: string;
  provider: ProviderName;
  schema_version: number;
  cases: CorpusCase[];
}

const vendored = join(__dirname.replace(/dist$/, "fidelity"), "corpus.jsonl.br");

/**
 * Reads a corpus: the vendored one, a folder of `<type>.json` files, or one such file.
 *
 * @param source folder, `.json` or `.jsonl.br` file; @default the vendored corpus
 * @throws UserError when there is nothing to read
 */
export function readCorpus(source: string = vendored): TypeCases[] {
  const found = statSync(source, { throwIfNoEntry: false });
  if (!found) throw new UserError(`--corpus: no such file or folder: ${source}`);
  if (found.isDirectory()) {
    const files = readdirSync(source).filter((name) => name.endsWith(".json"));
    if (files.length === 0) throw new UserError(`--corpus: no .json file in ${source}`);
    return files.sort().map((name) => JSON.parse(readFileSync(join(source, name), "utf8")) as TypeCases);
  }
  if (source.endsWith(".br")) return unpack(brotliDecompressSync(readFileSync(source)).toString("utf8"));
  return [JSON.parse(readFileSync(source, "utf8")) as TypeCases];
}

/** A packed corpus is one JSON record per line: a type, then its cases, the next type, and so on. */
function unpack(text: string): TypeCases[] {
  const types: TypeCases[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const record = JSON.parse(line) as Omit<TypeCases, "cases"> | CorpusCase;
    if ("kind" in record) types.at(-1)?.cases.push(record);
    else types.push({ ...record, cases: [] });
  }
  return types;
}
