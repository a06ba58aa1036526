import type { PreviewRecord, PreviewTruth } from "../contract";
import type { Side } from "./side";

/**
 * Asks every side what there is. One that doesn't answer keeps no other from being read, and nothing is concluded from its
 * silence.
 *
 * @param readRecords of the previews that have one
 */
export async function readSides(
  sides: readonly Side[],
  readRecords: () => Promise<PreviewRecord[]>,
): Promise<PreviewTruth> {
  const [records, ...found] = await Promise.all([
    readRecords().catch(() => []),
    ...sides.map(async (side) => {
      try {
        return { remnants: await side.read(), unread: [] };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { remnants: [], unread: side.sides.map((one) => ({ side: one, reason })) };
      }
    }),
  ]);
  return {
    records,
    remnants: found.flatMap(({ remnants }) => remnants),
    unread: found.flatMap(({ unread }) => unread),
  };
}
