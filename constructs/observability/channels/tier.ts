import type { ChannelLike } from "./channel";

/**
 * How urgent an alert is, and so who is told how: `P1` wakes somebody (PagerDuty and telephone), `P2` is seen within
 * the working day (push, e-mail), `P3` is read when there is time (Slack).
 */
export type Tier = "P1" | "P2" | "P3";

/** Where alerts of each tier go. */
export interface TieredChannels {
  channelsOf(tier: Tier): readonly ChannelLike[];
}
