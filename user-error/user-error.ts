/** One thing wrong in what the user gave, in the user's words. */
export interface Problem {
  /** Path of the field, `environments.dev.atlas.tier`, or the option of a command. */
  field: string;
  /** What was found. Never a secret's value. */
  found: string;
  /** What is allowed, or what to do. */
  expected: string;
}

/**
 * A mistake of the user, not a bug: printed without a stack trace, exit code 2. Reports every problem at once.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly problems: readonly Problem[];

  constructor(headline: string, problems: readonly Problem[] = []) {
    super(
      [headline, ...problems.map((p) => `  ${p.field}: found ${p.found}; expected ${p.expected}`)].join("\n"),
    );
    this.problems = problems;
  }
}

/** Holds across bundles, where `instanceof` does not. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === "UserError";
}
