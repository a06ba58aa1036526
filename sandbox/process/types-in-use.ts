import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { isState } from "../state-server/state-file";
import type { SandboxStore } from "../store/open-store";

/** Folders below a configuration's that can't hold more of it. */
const SKIPPED = new Set(["node_modules", ".git", ".terraform", ".groundwork"]);

/** How far below a folder its modules may be. */
const DEEPEST = 5;

interface Scanned {
  stamp: string;
  types: readonly string[];
}

/**
 * The resource types that Terraform may ask about: those in configurations, in stored states and of stored objects.
 * Terraform checks every schema that it is told, so telling it all of them costs seconds.
 */
export class TypesInUse {
  readonly #store: SandboxStore;
  readonly #folders: () => Iterable<string>;
  readonly #files = new Map<string, Scanned>();
  readonly #states = new Map<string, Scanned>();

  /** @param folders of configurations, absolute; asked for at each look */
  constructor(store: SandboxStore, folders: () => Iterable<string>) {
    this.#store = store;
    this.#folders = folders;
  }

  /** Looks again each time; files that did not change are not read again. */
  current(): ReadonlySet<string> {
    const types = new Set(this.#store.types());
    for (const folder of new Set(this.#folders())) this.#scanFolder(folder, DEEPEST, types);
    this.#scanStates(types);
    return types;
  }

  #scanFolder(folder: string, depth: number, types: Set<string>): void {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth > 0 && !SKIPPED.has(entry.name)) this.#scanFolder(path, depth - 1, types);
      } else if (/\.tf(\.json)?$/.test(entry.name)) {
        for (const type of this.#scanFile(path)) types.add(type);
      }
    }
  }

  #scanFile(path: string): readonly string[] {
    const known = this.#files.get(path);
    try {
      const stamp = stampOf(statSync(path));
      if (known?.stamp === stamp) return known.types;
      const text = readFileSync(path, "utf8");
      const types = path.endsWith(".json") ? typesInJson(text) : typesInHcl(text);
      this.#files.set(path, { stamp, types });
      return types;
    } catch {
      // Being written, or gone: what it said before is the best guess.
      return known?.types ?? [];
    }
  }

  #scanStates(types: Set<string>): void {
    const { buckets } = this.#store;
    for (const bucket of buckets.buckets()) {
      for (const version of buckets.list(bucket)) {
        if (!isState(version)) continue;
        const key = `${bucket}/${version.name}`;
        let scanned = this.#states.get(key);
        if (scanned?.stamp !== version.generation) {
          scanned = { stamp: version.generation, types: typesInState(buckets.content(version).toString()) };
          this.#states.set(key, scanned);
        }
        for (const type of scanned.types) types.add(type);
      }
    }
  }
}

/** Types of a configuration in Terraform's native syntax, by their blocks' labels. */
export function typesInHcl(text: string): string[] {
  return [...text.matchAll(/\b(?:resource|data|ephemeral)\s+"([\w-]+)"/g)].map((match) => match[1] ?? "");
}

/** Types of a configuration in JSON; throws when it is none. */
export function typesInJson(text: string): string[] {
  const types: string[] = [];
  const { resource, data, ephemeral } = JSON.parse(text) as { [block: string]: unknown };
  // A block may also be written as a list of objects.
  for (const block of [resource, data, ephemeral].flat()) {
    if (typeof block === "object" && block !== null) types.push(...Object.keys(block));
  }
  return types;
}

/** Types of a state; text is enough, because a word too many does no harm and parsing megabytes takes long. */
function typesInState(text: string): string[] {
  return [...new Set([...text.matchAll(/"type":\s*"([a-z][\w-]*)"/g)].map((match) => match[1] ?? ""))];
}

function entriesOf(folder: string): import("node:fs").Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const stampOf = (stats: Stats): string => `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
