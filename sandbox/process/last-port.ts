import { readFileSync, writeFileSync } from "node:fs";

/** @returns 0, any port, where none was kept */
export function lastPort(file: string): number {
  try {
    const port = Number(readFileSync(file, "utf8"));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
  } catch {
    return 0;
  }
}

/** The next sandbox of this folder serves there again, if nobody else does by then. */
export function keepPort(file: string, port: number): void {
  writeFileSync(file, String(port));
}
