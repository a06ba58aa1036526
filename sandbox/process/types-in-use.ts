import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { UsedTypes } from "../protocol/handlers/context";
import type { ProviderName } from "../schemas/model";
import { isState } from "../state-server/state-file";
import type { SandboxStore } from "../store/open-store";
import { byProvider, type TypeUse, usesInHcl, usesInJson, usesInState } from "./type-uses";

/** Folders below a configuration's that can't hold more of it. */
const SKIPPED = new Set(["node_modules", ".git", ".terraform", ".groundwork"]);

/** Terraform asks all of its providers at once, and none sooner after its start: an answer holds this long. */
const MOMENT_MS = 20;

/** What CDKTF writes: a whole configuration, never a module of one, whose providers the caller would choose. */
const SYNTHESIZED = "cdk.tf.json";

const none: UsedTypes = { resources: new Set(), data: new Set() };

/** How far below a folder its modules may be. */
const DEEPEST = 5;

interface Scanned {
  stamp: string;
  uses: readonly TypeUse[];
}

/**
 * The types that Terraform may ask each provider about: those in configurations, in stored states and of stored objects.
 * Terraform checks every schema that it is told, so telling it all of them costs seconds.
 */
export class TypesInUse {
  readonly #store: SandboxStore;
  readonly #folders: () => Iterable<string>;
  readonly #files = new Map<string, Scanned>();
  readonly #states = new Map<string, Scanned>();
  #last: { at: number; types: ReadonlyMap<ProviderName, UsedTypes> } | undefined;

  /** @param folders of configurations, absolute; asked for at each look */
  constructor(store: SandboxStore, folders: () => Iterable<string>) {
    this.#store = store;
    this.#folders = folders;
  }

  /** As `current`, or what that was a moment ago. */
  recent(provider: ProviderName): UsedTypes {
    const at = performance.now();
    if (this.#last === undefined || at - this.#last.at > MOMENT_MS) this.#last = { at, types: this.#look() };
    return this.#last.types.get(provider) ?? none;
  }

  /** Looks again each time; files that did not change are not read again. */
  current(provider: ProviderName): UsedTypes {
    return this.#look().get(provider) ?? none;
  }

  #look(): ReadonlyMap<ProviderName, UsedTypes> {
    const uses: TypeUse[] = [];
    for (const folder of new Set(this.#folders())) this.#scanFolder(folder, DEEPEST, uses);
    this.#scanStates(uses);
    // Whose an object is that no configuration and no state knows, nobody can say.
    const known = new Set(uses.map(({ type }) => type));
    for (const type of this.#store.types()) if (!known.has(type)) uses.push({ kind: "resource", type });
    return byProvider(uses);
  }

  #scanFolder(folder: string, depth: number, uses: TypeUse[]): void {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth > 0 && !SKIPPED.has(entry.name)) this.#scanFolder(path, depth - 1, uses);
      } else if (/\.tf(\.json)?$/.test(entry.name)) {
        uses.push(...this.#scanFile(path, entry.name));
      }
    }
  }

  #scanFile(path: string, name: string): readonly TypeUse[] {
    const known = this.#files.get(path);
    try {
      const stamp = stampOf(statSync(path));
      if (known?.stamp === stamp) return known.uses;
      const text = readFileSync(path, "utf8");
      const uses = name.endsWith(".json") ? usesInJson(text, name === SYNTHESIZED) : usesInHcl(text);
      this.#files.set(path, { stamp, uses });
      return uses;
    } catch {
      // Being written, or gone: what it said before is the best guess.
      return known?.uses ?? [];
    }
  }

  #scanStates(uses: TypeUse[]): void {
    const { buckets } = this.#store;
    for (const bucket of buckets.buckets()) {
      for (const version of buckets.list(bucket)) {
        if (!isState(version)) continue;
        const key = `${bucket}/${version.name}`;
        let scanned = this.#states.get(key);
        if (scanned?.stamp !== version.generation) {
          scanned = { stamp: version.generation, uses: usesInState(buckets.content(version).toString()) };
          this.#states.set(key, scanned);
        }
        uses.push(...scanned.uses);
      }
    }
  }
}

function entriesOf(folder: string): import("node:fs").Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const stampOf = (stats: Stats): string => `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
