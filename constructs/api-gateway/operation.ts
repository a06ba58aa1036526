import type { Backend } from "./backend";
import type { Costs } from "./quotas";
import type { Requirement } from "./security";

/** A method of a path, and what the gateway is told of it. */
export interface Operation {
  readonly path: string;
  readonly method: string;
  /** What stands in the document, without Google's extensions. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Where it goes. @default - what the content says itself */
  readonly backend?: Backend;
  /** What a call must show. @default - what the content says itself */
  readonly security?: readonly Requirement[];
  readonly costs: Costs;
}
