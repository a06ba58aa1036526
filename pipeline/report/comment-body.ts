import { countText } from "../console/words";
import { foldedDetails } from "./markdown";
import { markdownParts, type StackDetails } from "./render-markdown";
import type { Report } from "./report";

/** What GitHub takes in one comment. */
export const commentLimit = 65_536;

export interface CommentOptions {
  /** Most characters, and most bytes in UTF-8. @default 65536 */
  limit?: number;
  /** Address of the page, where everything is. @default - none is named */
  link?: string;
}

/** More of them are for the page: a reviewer reads the first ones. */
const mostFirst = 40;
/** Longer lines are cut: a document in one attribute must not push out everything else. */
const longestLine = 400;

/**
 * The report as a pull request's comment: what must be seen first, a table, details folded. What doesn't fit is left
 * out from the end, and the comment says so; the same report always gives the same text.
 */
export function commentBody(report: Report, { limit = commentLimit, link }: CommentOptions = {}): string {
  const { head, first, table, details } = markdownParts(report);
  const page = link === undefined ? "" : ` · [the whole report](${link})`;
  const text = new Budget(limit - reserve);
  text.add(cut(`${head}${page}`));

  let rows = 0;
  if (table.rows.length > 0 && text.add(`\n${table.heading}`)) {
    // However many stacks there are, what must be seen first finds room below them.
    while (rows < table.rows.length && text.left > limit / 2 && text.add(table.rows[rows] ?? "")) rows++;
  }
  const lines = first.length > 0 && text.add("") ? addAll(text, first.slice(0, mostFirst).map(cut)) : 0;
  if (lines < first.length) text.add(`- and ${first.length - lines} more`);

  let complete = 0;
  for (const one of details) {
    const part = fitting(one, text.left);
    if (part === undefined || !text.add(`\n${part.text}`)) break;
    if (!part.complete) break;
    complete++;
  }
  const left = [
    ...(rows < table.rows.length ? [`${countText(table.rows.length - rows, "row")} of the table`] : []),
    ...(complete < details.length ? [`details of ${countText(details.length - complete, "stack")}`] : []),
  ];
  const where = link === undefined ? "they are in the report" : `they are in [the whole report](${link})`;
  return left.length === 0
    ? text.toString()
    : `${text}\n\nLeft out for their length: ${left.join(", ")}; ${where}.`;
}

/** For the last sentence. */
const reserve = 600;

/** Details, shortened until they fit; undefined when not even the first lines do. */
function fitting(
  { summary, lines }: StackDetails,
  bytes: number,
): { text: string; complete: boolean } | undefined {
  const short = lines.map(cut);
  const whole = foldedDetails(summary, short);
  if (size(whole) < bytes) return { text: whole, complete: true };
  let room = bytes - size(foldedDetails(summary, ["… and 1000000 lines more"])) - 16;
  let count = 0;
  for (const line of short) {
    room -= size(line) + 1;
    if (room < 0) break;
    count++;
  }
  if (count === 0) return undefined;
  const kept = [...short.slice(0, count), `… and ${countText(short.length - count, "line")} more`];
  return { text: foldedDetails(summary, kept), complete: false };
}

/** Collects lines as long as they fit. UTF-8 never has fewer bytes than a text has characters. */
class Budget {
  private readonly lines: string[] = [];
  private used = 0;

  constructor(private readonly limit: number) {}

  get left(): number {
    return this.limit - this.used - 2;
  }

  /** @returns whether it fitted */
  add(line: string): boolean {
    const bytes = size(line) + 1;
    if (this.used + bytes > this.limit) return false;
    this.used += bytes;
    this.lines.push(line);
    return true;
  }

  toString(): string {
    return this.lines.join("\n");
  }
}

/** @returns how many fitted, from the first on */
function addAll(text: Budget, lines: readonly string[]): number {
  const first = lines.findIndex((line) => !text.add(line));
  return first < 0 ? lines.length : first;
}

function size(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

function cut(line: string): string {
  if (line.length <= longestLine) return line;
  const characters = Array.from(line);
  return characters.length > longestLine ? `${characters.slice(0, longestLine).join("")}…` : line;
}
