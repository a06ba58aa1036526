import type { Day } from "./day";

/** One of the pull requests of a day. */
export interface Scenario {
  title: string;
  /** How it must end, by the rules. */
  expected: string;
  /**
   * Plays it.
   *
   * @returns how it ended, in words
   * @throws Error when it didn't end so
   */
  play(day: Day): Promise<string>;
}
