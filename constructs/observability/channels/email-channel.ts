import {
  MonitoringNotificationChannel,
  type MonitoringNotificationChannelConfig,
} from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import type { ChannelLike } from "./channel";

/** Props of `EmailChannel`. */
export interface EmailChannelProps extends Transformable<{ channel: MonitoringNotificationChannelConfig }> {
  /** Name that people read. */
  readonly title: string;
  /** Address that is written to. */
  readonly address: string;
}

/**
 * Tells somebody by e-mail. Channels with a token (Slack, PagerDuty) are made by hand: their tokens would stand in the
 * state.
 *
 * @throws UserError when the address is none
 */
export class EmailChannel extends Construct implements ChannelLike {
  readonly channelName: string;

  constructor(scope: Construct, id: string, props: EmailChannelProps) {
    super(scope, id);
    refuse(this, "the channel", [
      check(/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(props.address), "address", props.address, "an e-mail address"),
    ]);
    google(this);
    this.channelName = this.createChannel(props).name;
  }

  private createChannel({ title, address, transform }: EmailChannelProps): MonitoringNotificationChannel {
    return new MonitoringNotificationChannel(
      this,
      "channel",
      transformed<MonitoringNotificationChannelConfig>(
        { type: "email", displayName: title, labels: { email_address: address }, forceDelete: false },
        transform?.channel,
      ),
    );
  }
}
