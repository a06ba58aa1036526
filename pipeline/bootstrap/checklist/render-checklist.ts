import type { Colours } from "../../console/console";
import type { ReadInput, ReadItem } from "./read-checklist";

const words = {
  entered: "entered",
  example: "still the example's",
  without: "does without",
  "by hand": "not in the files",
} as const;

/** The checklist for people at a terminal. */
export function renderChecklist(items: readonly ReadItem[], colours: Colours): string {
  return items.map((item, index) => renderItem(item, index + 1, colours)).join("\n\n");
}

function renderItem(
  { title, why, how, inputs, verify, before, status }: ReadItem,
  number: number,
  colours: Colours,
) {
  const lines = [
    `${colours.bold(`${number}. ${title}`)}  ${inColour(status, colours)}`,
    `   before ${before}: ${why}`,
    ...how.map((step) => `   - ${plain(step)}`),
    ...inputs.map(
      (input) => `   → ${input.file} ${input.path}: ${valueText(input)}  ${inColour(input.status, colours)}`,
    ),
    `   ✓ ${plain(verify)}`,
  ];
  return lines.join("\n");
}

/** Without Markdown's marks. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}

function inColour(status: ReadItem["status"], { yellow, green, dim }: Colours): string {
  const text = words[status];
  if (status === "example") return yellow(text);
  return status === "entered" ? green(text) : dim(text);
}

/** Long values are in the file; here they are only recognised. */
function valueText({ value }: ReadInput): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
