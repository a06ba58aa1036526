import type { ConfiguredProvider } from "../contract";
import type { LegacyValue } from "./legacy-values";
import type { ResourceData } from "./resource-data";
import type { ResourceDiff } from "./resource-diff";

/**
 * Whether a difference means nothing. `key` is the flat path of the difference (`a.0.b`, `a.#` for a count).
 */
export type DiffSuppress = (key: string, before: string, after: string, data: ResourceData) => boolean;

/** What is stored for a configured value. */
export type StateFunction = (value: LegacyValue) => string;

/** Looks at a plan and changes or refuses it (with a {@link PlanError}). */
export type CustomizeDiff = (diff: ResourceDiff, provider: ConfiguredProvider) => void;

/** Judges a value: what is wrong with it, or undefined. */
export type Validator = (value: LegacyValue, key: string) => string | undefined;

/** The provider refuses to plan. */
export class PlanError extends Error {}
