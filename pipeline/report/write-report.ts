import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UserError } from "@groundwork/user-error";
import { createColors } from "picocolors";
import { renderPage } from "./page/render-page";
import { renderMarkdown } from "./render-markdown";
import { renderText } from "./render-text";
import type { Report } from "./report";

/**
 * Where the report is to be written, asked before the work is done that it tells of.
 *
 * @throws UserError when something else stands there
 */
export function reportFolder(root: string, out: string): string {
  const folder = resolve(root, out);
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory()) break;
    if (existsSync(at)) {
      throw new UserError("The report can't be written there.", [
        { field: "--out", found: `${at}, which is a file`, expected: "a folder, or a name that is free" },
      ]);
    }
  }
  return folder;
}

/**
 * Writes the report in every form: for a terminal, a comment, a program and a browser.
 *
 * @param folder made when it is not there
 * @returns absolute paths of the files
 */
export function writeReport(report: Report, folder: string): string[] {
  const files: Record<string, string> = {
    "report.txt": `${renderText(report, { colours: createColors(false) })}\n`,
    "report.md": renderMarkdown(report),
    "report.json": `${JSON.stringify(report, null, 2)}\n`,
    "report.html": renderPage(report),
  };
  mkdirSync(folder, { recursive: true });
  return Object.entries(files).map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(`${file}.${process.pid}.tmp`, text);
    renameSync(`${file}.${process.pid}.tmp`, file);
    return file;
  });
}
