import { DataGoogleMonitoringNotificationChannel } from "@cdktf/provider-google/lib/data-google-monitoring-notification-channel";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { google } from "../../provider/providers";
import type { ChannelLike } from "./channel";

/**
 * Monitoring's names of the kinds of channels that are made by hand: PagerDuty and Slack need a token, a text message
 * a code that was sent to the phone, and the console's mobile app a log-in.
 *
 * @see https://cloud.google.com/monitoring/support/notification-options
 */
const typeOf = { pagerDuty: "pagerduty", phone: "sms", slack: "slack", push: undefined } as const;

/** A kind of channel that is made by hand. */
export type HandmadeKind = keyof typeof typeOf;

/**
 * Which channel is meant: the full name that the console shows
 * (`projects/<project>/notificationChannels/<number>`), or its title, which Terraform looks up in each plan. The full
 * name is better: a plan with it needs no answer from the cloud.
 */
export type ChannelReference = { readonly name: string } | { readonly title: string };

/** Props of `HandmadeChannel`. */
export interface HandmadeChannelProps {
  /** What kind of channel it is. */
  readonly kind: HandmadeKind;
  /** Which one. */
  readonly channel: ChannelReference;
}

/** The shape of a channel's full name. */
const fullName = /^projects\/[^/\s]+\/notificationChannels\/\d+$/;

/**
 * A channel that somebody made in the console, because its token would else stand in the state.
 *
 * @throws UserError when the name is no channel's name, or the title is empty
 */
export class HandmadeChannel extends Construct implements ChannelLike {
  readonly channelName: string;

  constructor(scope: Construct, id: string, { kind, channel }: HandmadeChannelProps) {
    super(scope, id);
    if ("name" in channel) {
      refuse(this, "the channel", [
        check(
          fullName.test(channel.name),
          "name",
          channel.name,
          "projects/<project>/notificationChannels/<number>",
        ),
      ]);
      this.channelName = channel.name;
    } else {
      refuse(this, "the channel", [
        check(
          /^[^"\n]{1,512}$/.test(channel.title),
          "title",
          channel.title,
          "1 to 512 characters, no quotes",
        ),
      ]);
      this.channelName = this.lookUp(kind, channel.title);
    }
  }

  private lookUp(kind: HandmadeKind, title: string): string {
    google(this);
    return new DataGoogleMonitoringNotificationChannel(this, "channel", {
      displayName: title,
      ...(typeOf[kind] === undefined ? {} : { type: typeOf[kind] }),
    }).name;
  }
}
