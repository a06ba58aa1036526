import type { MonitoringNotificationChannelConfig } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import type { Transformable } from "../../transform";
import type { ChannelLike } from "./channel";
import { EmailChannel } from "./email-channel";
import { type ChannelReference, HandmadeChannel, type HandmadeKind } from "./handmade-channel";
import type { Tier, TieredChannels } from "./tier";

/** Wakes somebody: PagerDuty, or a text message to a phone. */
export type PagingAddress = { readonly pagerDuty: ChannelReference } | { readonly phone: ChannelReference };

/** Is seen today: an e-mail, or a notification of the console's mobile app. */
export type NoticeAddress = { readonly email: string } | { readonly push: ChannelReference };

/** Is read when there is time: Slack, or an e-mail. */
export type ChatAddress = { readonly slack: ChannelReference } | { readonly email: string };

type Address = PagingAddress | NoticeAddress | ChatAddress;

/** Props of `AlertChannels`. */
export interface AlertChannelsProps
  extends Transformable<{
    /** Each channel that is made here, whatever its tier. */
    email: MonitoringNotificationChannelConfig;
  }> {
  /** First part of the titles of the channels that are made: `Hazelwick, prod`. */
  readonly title: string;
  /**
   * Whether an alert may wake somebody. Production only.
   *
   * @default false; P1 alerts go where P2 alerts go, and paging channels are refused
   */
  readonly paging?: boolean;
  /**
   * Who is woken.
   *
   * @default - nobody; refused with `paging`
   */
  readonly p1?: readonly PagingAddress[];
  /** Who is told within the day. */
  readonly p2: readonly NoticeAddress[];
  /**
   * Where it is noted.
   *
   * @default - what P2 has
   */
  readonly p3?: readonly ChatAddress[];
}

/**
 * Who is told of what, by tier. E-mail channels are made; channels with a token are made by hand and named here, so
 * that no token reaches code, plan or state. An address that two tiers share is one channel.
 *
 * @throws UserError when production has nobody to wake, another environment wakes somebody, or an address is none
 */
export class AlertChannels extends Construct implements TieredChannels {
  private readonly channels: Readonly<Record<Tier, readonly ChannelLike[]>>;

  constructor(scope: Construct, id: string, props: AlertChannelsProps) {
    super(scope, id);
    this.validate(props);
    const notice = this.addTier(props, props.p2);
    this.channels = {
      P1: props.paging ? this.addTier(props, props.p1 ?? []) : notice,
      P2: notice,
      P3: props.p3 ? this.addTier(props, props.p3) : notice,
    };
  }

  channelsOf(tier: Tier): readonly ChannelLike[] {
    return this.channels[tier];
  }

  private validate({ paging = false, p1 = [], p2, p3 }: AlertChannelsProps): void {
    const pages = p1.some((address) => "pagerDuty" in address);
    refuse(this, "the channels of alerts", [
      check(!paging || pages, "p1", p1, "at least one PagerDuty channel, as paging is on"),
      check(paging || p1.length === 0, "p1", p1, "nobody, as paging is off: only production wakes people"),
      check(p2.length > 0, "p2", p2, "at least one address"),
      check(p3 === undefined || p3.length > 0, "p3", p3 ?? [], "at least one address, or no p3 at all"),
      ...repeated("p1", p1),
      ...repeated("p2", p2),
      ...repeated("p3", p3 ?? []),
    ]);
  }

  private addTier(props: AlertChannelsProps, addresses: readonly Address[]): ChannelLike[] {
    return addresses.map((address) => this.addChannel(props, address));
  }

  private addChannel({ title, transform }: AlertChannelsProps, address: Address): ChannelLike {
    const [kind, target] = kindAndTarget(address);
    const id = idOf(address);
    const existing = this.node.tryFindChild(id);
    if (existing instanceof EmailChannel || existing instanceof HandmadeChannel) return existing;
    if (kind === "email") {
      const change = transform?.email;
      return new EmailChannel(this, id, {
        title: `${title}: ${target}`,
        address: target,
        ...(change ? { transform: { channel: change } } : {}),
      });
    }
    return new HandmadeChannel(this, id, { kind, channel: target });
  }
}

function kindAndTarget(address: Address): ["email", string] | [HandmadeKind, ChannelReference] {
  if ("email" in address) return ["email", address.email];
  if ("pagerDuty" in address) return ["pagerDuty", address.pagerDuty];
  if ("phone" in address) return ["phone", address.phone];
  if ("slack" in address) return ["slack", address.slack];
  return ["push", address.push];
}

/** The child's id tells the address: adding or removing one leaves the others alone. */
function idOf(address: Address): string {
  const [kind, target] = kindAndTarget(address);
  const text = typeof target === "string" ? target : "name" in target ? target.name : target.title;
  return `${kind} ${text.replaceAll("/", " ")}`;
}

function repeated(field: string, addresses: readonly Address[]): (Problem | undefined)[] {
  const ids = addresses.map(idOf);
  return addresses.map((address, index) =>
    check(ids.indexOf(ids[index] ?? "") === index, `${field}[${index}]`, address, "each address once"),
  );
}
