import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "./report";

/**
 * Reads what `writeReport` wrote: into the folder itself, or into folders in it, one for each job of a workflow.
 *
 * @returns none when there is no report
 */
export function readReports(folder: string): Report[] {
  if (!existsSync(folder)) return [];
  const folders = [
    folder,
    ...readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
  ];
  return folders
    .map((one) => join(one, "report.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Report);
}
