import type { Waiver } from "./waiver";

/** Every rule that is set aside, for what, by whom, why and until when. An expired entry is an error. */
export const waivers: readonly Waiver[] = [];
