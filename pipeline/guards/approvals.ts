import type { Evidence } from "./evidence";

/** Somebody's yes, and whether it counts. */
export interface Approval {
  /** What it allows: `approve:destroy`, `emergency`. */
  readonly label: string;
  readonly by: string;
  readonly at: string;
  /** By setting the label, or by an approving review beside it. */
  readonly through: "label" | "review";
  /** Why it does not count; it does without. */
  readonly refused?: string;
}

/**
 * Who said yes to something. The label says to what; a second person's review beside it counts as another yes.
 *
 * @param teams whose members may say yes
 */
export function approvalsFor(label: string, teams: readonly string[], evidence: Evidence): Approval[] {
  const set = evidence.labels.filter((one) => one.label === label);
  if (set.length === 0) return [];
  const said = [
    ...set.map((one) => ({ ...one, through: "label" as const })),
    ...evidence.reviews.map((one) => ({ ...one, through: "review" as const })),
  ];
  const seen = new Set<string>();
  return said.flatMap(({ by, teams: theirs, at, through }) => {
    const person = by.toLowerCase();
    const refused = refusal(person, theirs, at, teams, evidence);
    if (refused === undefined) {
      if (seen.has(person)) return [];
      seen.add(person);
    }
    return [{ label, by, at, through, ...(refused === undefined ? {} : { refused }) }];
  });
}

function refusal(
  person: string,
  theirs: readonly string[],
  at: string,
  teams: readonly string[],
  { authors, pushedAt }: Evidence,
): string | undefined {
  if (authors.some((author) => author.toLowerCase() === person)) return "wrote the change";
  if (!theirs.some((team) => teams.includes(team))) {
    return teams.length === 0 ? "no team may allow this" : `is in none of ${teams.join(", ")}`;
  }
  if (Date.parse(at) < Date.parse(pushedAt)) return "said so before the change was last touched";
  return undefined;
}
