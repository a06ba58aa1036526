import Table from "cli-table3";
import type { Colours } from "./console";

export interface Column {
  title: string;
  /** @default "left" */
  align?: "left" | "right";
}

/** A table without frames: columns stand two spaces apart. */
export function tableText(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  colours: Colours,
): string {
  const table = new Table({
    head: columns.map(({ title }) => colours.bold(title)),
    colAligns: columns.map(({ align = "left" }) => align),
    chars: frameless,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  return lines.join("\n");
}

const frameless = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};
