import type { ReportedChange, ReportedOrphan } from "./report";

/** What is to be known of a change beside its kind: `the old one goes first; cannot be updated in place`. */
export function changePhrase({ kind, createsFirst, reason, movedFrom, importedBy }: ReportedChange): string {
  const parts = [
    kind === "replace" &&
      (createsFirst ? "the new one is there before the old one goes" : "the old one goes first"),
    kind === "forget" && "stays, but is no longer managed",
    reason,
    movedFrom && `moved from ${movedFrom}`,
    importedBy && `imported by ${importedBy}`,
  ];
  return parts.filter((part) => part).join("; ");
}

/** What becomes of a stack that the code no longer has. */
export function orphanText({ name, decision, reason }: ReportedOrphan): string {
  switch (decision) {
    case "destroy":
      return `${name} will be destroyed: ${reason}`;
    case "keep":
      return `${name} stays, and nobody manages it: ${reason}`;
    case "undecided":
      return `${name} would be orphaned: decide in environments/orphans.json, {"stack": "${name}", "decision": "destroy" or "keep", "reason": "…"}`;
  }
}

/** How a plan is called that never asked the cloud. */
export const rehearsal = "a rehearsal in the sandbox, on what the base makes: no cloud was asked";
