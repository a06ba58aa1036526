import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createColors } from "picocolors";
import { renderPage } from "./page/render-page";
import { renderMarkdown } from "./render-markdown";
import { renderText } from "./render-text";
import type { Report } from "./report";

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
