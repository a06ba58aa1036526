/** A notification channel, made here or by hand. */
export interface ChannelLike {
  /** `projects/<project>/notificationChannels/<number>`. */
  readonly channelName: string;
}
