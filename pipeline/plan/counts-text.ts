import { type ChangeCounts, changeKinds } from "./changes";

const words = {
  delete: "to delete",
  replace: "to replace",
  forget: "to forget",
  update: "to change",
  create: "to add",
  import: "to import",
  move: "to move",
} as const;

/** `1 to replace, 2 to change`; empty when nothing changes. */
export function countsText(counts: ChangeCounts): string {
  return changeKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${words[kind]}`)
    .join(", ");
}
