import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/**
 * Named JSON records packed as `name<TAB>json` lines, gzipped. The text is unpacked once; a record is parsed when it
 * is asked for, so a run that uses 20 resource types doesn't pay for 1,200.
 */
export class PackedRecords<T> {
  readonly #file: string;
  #text: string | undefined;
  #places: Map<string, [start: number, end: number]> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  names(): string[] {
    return [...this.#index().keys()];
  }

  has(name: string): boolean {
    return this.#index().has(name);
  }

  get(name: string): T | undefined {
    const place = this.#index().get(name);
    return place && (JSON.parse((this.#text as string).slice(...place)) as T);
  }

  #index(): Map<string, [number, number]> {
    if (this.#places) return this.#places;
    const text = gunzipSync(readFileSync(this.#file)).toString("utf8");
    const places = new Map<string, [number, number]>();
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf("\n", start);
      const tab = text.indexOf("\t", start);
      places.set(text.slice(start, tab), [tab + 1, end]);
      start = end + 1;
    }
    this.#text = text;
    this.#places = places;
    return places;
  }
}
