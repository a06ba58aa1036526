import type { PreviewSide } from "../contract";
import type { Removal } from "./decide";

/** What became of one thing that was to be removed. */
export interface SweptItem {
  side: PreviewSide;
  name: string;
  /** What it is in: service, site, database. */
  within?: string;
  /**
   * - `removed`: it is gone
   * - `gone already`: somebody else was faster
   * - `planned`: nothing was done, only told
   * - `kept`: see `reason`
   */
  result: "removed" | "gone already" | "planned" | "kept" | "failed";
  reason?: string;
}

/** What became of one preview. */
export interface SweptPreview {
  pr: number;
  why: Removal["why"];
  /** ISO 8601; since when something of it exists, as far as anybody knows. */
  oldest?: string;
  /** ISO 8601 */
  expiredAt?: string;
  /**
   * - `removed`: nothing of it is left
   * - `kept`: it came back meanwhile, or somebody works on it
   * - `failed`: the next sweep tries again
   */
  result: "removed" | "planned" | "kept" | "failed";
  reason?: string;
  items: SweptItem[];
}

/** How a sweep went. */
export interface SweepReport {
  previews: SweptPreview[];
  /** Numbers of those that wait for the next sweep. */
  postponed: number[];
  /** Those that live. */
  kept: { pr: number; title: string; expiresAt: string; warned: boolean }[];
  /** Sides that didn't answer. */
  unread: { side: PreviewSide; reason: string }[];
  /** Pull requests that couldn't be told. */
  untold: { pr: number; reason: string }[];
  seconds: number;
}

/** Whether everything was read, done and told. */
export function isWhole({ previews, unread, untold }: SweepReport): boolean {
  return unread.length === 0 && untold.length === 0 && previews.every(({ result }) => result !== "failed");
}
