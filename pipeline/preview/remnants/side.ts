import type { PreviewRemnant, PreviewSide } from "../contract";

/** One place where something of previews can be found and removed. */
export interface Side {
  /** What it knows of. */
  sides: readonly PreviewSide[];
  /** Everything of previews that is there. */
  read(): Promise<PreviewRemnant[]>;
  /**
   * Removes one that was read. Idempotent.
   *
   * @returns whether it was still there
   */
  remove(remnant: PreviewRemnant): Promise<boolean>;
}
