import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChecklistItem, Input } from "../../pipeline/bootstrap/checklist/item";
import { checklist } from "../../pipeline/bootstrap/checklist/items";
import { withMadePart } from "./made-part";

/**
 * `docs/runbooks/bootstrap.md`, with the steps from the table that `groundwork bootstrap ENV --checklist` shows.
 *
 * @param root the repository
 */
export function bootstrapDocument(root: string): string {
  const document = readFileSync(join(root, "docs", "runbooks", "bootstrap.md"), "utf8");
  return withMadePart(document, "checklist", checklist.map(step).join("\n\n"));
}

function step({ title, why, how, inputs, verify, before }: ChecklistItem, index: number): string {
  return [
    `### ${index + 1}. ${title}`,
    "",
    `Before \`${before}\`. ${why}`,
    "",
    ...how.map((one) => `- ${one}`),
    "",
    `Entered in: ${inputs.length === 0 ? "nothing" : inputs.map(place).join(", ")}.`,
    "",
    `Done when: ${verify}.`,
  ].join("\n");
}

function place({ file, path }: Input): string {
  return `\`${path}\` of \`environments/${file === "organisation" ? "organisation.ts" : "<env>.ts"}\``;
}
