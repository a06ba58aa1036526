import type { PathIn } from "../../../environments/difference";
import type { Environment } from "../../../environments/environment";
import type { Organisation } from "../../../environments/organisation-schema";

/** Where the result of a step is entered. The compiler knows the paths. */
export type Input =
  | { readonly file: "organisation"; readonly path: PathIn<Organisation> }
  | { readonly file: "environment"; readonly path: PathIn<Environment> };

/** What somebody has to do by hand, once. */
export interface ChecklistItem {
  /** `billing`; stays the same. */
  readonly id: string;
  readonly title: string;
  /** Why code can't do it. */
  readonly why: string;
  /** Steps, in order, in Markdown. `PROJECT` and `ENV` stand for the environment's own. */
  readonly how: readonly string[];
  /** Fields that take the result; none where the result stays in the cloud. */
  readonly inputs: readonly Input[];
  /** How to see that it is done. */
  readonly verify: string;
  /** What can't be applied before: a stack, or `bootstrap`. */
  readonly before: "bootstrap" | "data" | "platform" | "release" | "observability" | "previews";
}
