import { appendFileSync, renameSync, statSync } from "node:fs";

/** Bytes; one older file of this size is kept beside the log. */
const LARGEST_LOG = 1024 * 1024;

/** A log that never grows without end. Nothing secret is ever passed to it. */
export class Log {
  readonly #file: string;
  #size: number;

  constructor(file: string) {
    this.#file = file;
    this.#size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  line(text: string): void {
    const line = `${new Date().toISOString()} ${process.pid} ${text}\n`;
    try {
      if (this.#size > LARGEST_LOG) {
        renameSync(this.#file, `${this.#file}.1`);
        this.#size = 0;
      }
      appendFileSync(this.#file, line, { mode: 0o600 });
      this.#size += line.length;
    } catch {
      // The folder vanished or the disk is full: not worth failing for.
    }
  }

  /** An error that nobody expected, with its stack. */
  error(what: string, error: unknown): void {
    this.line(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
