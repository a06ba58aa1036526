import type { CorpusCase, Json } from "./corpus";
import type { Outcome } from "./outcomes";

/** How an outcome differs from what was recorded; empty when it doesn't. */
export function differences(recorded: CorpusCase, outcome: Outcome): string[] {
  const shouldRefuse = recorded.kind === "reject" || recorded.rejected === true;
  if (outcome.refused) {
    return shouldRefuse ? [] : [`refused: ${outcome.messages.join(" | ")}`];
  }
  if (shouldRefuse) {
    const path = recorded.path || recorded.rejected_path || "no attribute named";
    return [`accepted, but the real provider refuses it (${recorded.reason ?? "no reason"}; ${path})`];
  }
  const found: string[] = [];
  if (recorded.kind !== "create") {
    compare("actions", recorded.actions ?? [], outcome.actions, found);
    compare("replace_paths", sorted(recorded.replace_paths), sorted(outcome.replacePaths), found);
  }
  if (recorded.after === undefined) return found;
  compare("after", recorded.after, outcome.after, found);
  compare("after_unknown", marks(recorded.after_unknown ?? {}), marks(outcome.afterUnknown), found);
  compare("after_sensitive", marks(recorded.after_sensitive ?? {}), marks(outcome.afterSensitive), found);
  return found;
}

function sorted(paths: Json[] | undefined): Json {
  return (paths ?? []).map((path) => JSON.stringify(path)).sort();
}

/** A mask without the parts that mark nothing; list positions stay. */
function marks(mask: Json): Json {
  if (Array.isArray(mask)) {
    const items = mask.map(marks);
    return items.some((item) => !isBlank(item)) ? items : {};
  }
  if (typeof mask !== "object" || mask === null) return mask === true ? true : {};
  return Object.fromEntries(
    Object.entries(mask)
      .map(([name, item]) => [name, marks(item)] as const)
      .filter(([, item]) => !isBlank(item)),
  );
}

function isBlank(mask: Json): boolean {
  return typeof mask === "object" && mask !== null && Object.keys(mask).length === 0;
}

/** Adds a line for every place where two values differ. */
function compare(at: string, recorded: Json, found: Json | undefined, into: string[]): void {
  if (Array.isArray(recorded) && Array.isArray(found) && recorded.length === found.length) {
    for (const [index, item] of recorded.entries()) compare(`${at}.${index}`, item, found[index], into);
    return;
  }
  if (isRecord(recorded) && isRecord(found)) {
    for (const name of new Set([...Object.keys(recorded), ...Object.keys(found)])) {
      const expected = recorded[name];
      if (expected === undefined)
        into.push(`${at}.${name}: expected nothing, found ${JSON.stringify(found[name])}`);
      else compare(`${at}.${name}`, expected, found[name], into);
    }
    return;
  }
  if (JSON.stringify(recorded) === JSON.stringify(found)) return;
  into.push(
    `${at}: expected ${JSON.stringify(recorded)}, found ${found === undefined ? "nothing" : JSON.stringify(found)}`,
  );
}

function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
