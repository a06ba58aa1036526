import { ComputeFirewall, type ComputeFirewallConfig } from "@cdktf/provider-google/lib/compute-firewall";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { NetworkLike } from "./network-name";
import {
  everywhere,
  healthCheckRanges,
  identityProxyRange,
  privateGoogleApis,
  privateRanges,
} from "./ranges";
import { checkResourceName } from "./resource-name";

/** The rules of a baseline, by name. */
export type BaselineRule =
  | "deny-ingress"
  | "allow-health-checks"
  | "allow-identity-proxy"
  | "allow-egress-private"
  | "allow-egress-web"
  | "deny-egress";

/** Props of `FirewallBaseline`. */
export interface FirewallBaselineProps extends Transformable<Record<BaselineRule, ComputeFirewallConfig>> {
  readonly network: NetworkLike;
  /** First part of the rules' names, at most 40 characters. Can't change. */
  readonly name: string;
  /** Tags of machines that Google's load balancers may ask whether they are well. @default - none are asked */
  readonly healthCheckedTags?: readonly string[];
  /**
   * Machines that people reach through Identity-Aware Proxy, which asks who they are first, and on which ports.
   *
   * @default - none are reached
   */
  readonly identityProxy?: { readonly tags: readonly string[]; readonly ports: readonly number[] };
  /**
   * What may be called: `private` addresses and Google's APIs; `private-and-web`, also the Internet by HTTPS and
   * MongoDB's ports; `everything`.
   *
   * @default "private-and-web"
   */
  readonly egress?: "private" | "private-and-web" | "everything";
}

/** What leaves as web: HTTPS, and the ports of MongoDB Atlas. */
const webPorts = ["443", "27015-27017"];

/**
 * What may go in and out of a network where no other rule says more: nothing in, and out only what is named. Every
 * refusal is logged.
 *
 * The rules that a Serverless VPC Access connector needs are Google's own, unseen, and stand above all of these.
 *
 * @throws UserError when the name or a tag is none, or ports are not
 * @see https://cloud.google.com/firewall/docs/firewalls
 */
export class FirewallBaseline extends Construct {
  readonly #props: FirewallBaselineProps;

  constructor(scope: Construct, id: string, props: FirewallBaselineProps) {
    super(scope, id);
    this.#props = props;
    this.validate(props);
    google(this);
    this.denyIngress();
    this.allowHealthChecks(props.healthCheckedTags ?? []);
    this.allowIdentityProxy(props.identityProxy);
    this.limitEgress(props.egress ?? "private-and-web");
  }

  private validate({ name, healthCheckedTags, identityProxy }: FirewallBaselineProps): void {
    refuse(this, `the firewall of ${name}`, [
      checkResourceName(name, "name", 40),
      healthCheckedTags &&
        check(healthCheckedTags.length > 0, "healthCheckedTags", [], "at least one, or left out"),
      ...(healthCheckedTags ?? []).map((tag, index) => checkResourceName(tag, `healthCheckedTags[${index}]`)),
      identityProxy &&
        check(identityProxy.tags.length > 0, "identityProxy.tags", identityProxy.tags, "at least one"),
      identityProxy &&
        check(identityProxy.ports.length > 0, "identityProxy.ports", identityProxy.ports, "at least one"),
      ...(identityProxy?.tags ?? []).map((tag, index) =>
        checkResourceName(tag, `identityProxy.tags[${index}]`),
      ),
      ...(identityProxy?.ports ?? []).map((port, index) =>
        check(
          Number.isInteger(port) && port >= 1 && port <= 65_535,
          `identityProxy.ports[${index}]`,
          port,
          "1 to 65535",
        ),
      ),
    ]);
  }

  private denyIngress(): void {
    this.addRule("deny-ingress", {
      direction: "INGRESS",
      priority: 65_000,
      sourceRanges: [everywhere],
      deny: [{ protocol: "all" }],
    });
  }

  private allowHealthChecks(tags: readonly string[]): void {
    if (tags.length === 0) return;
    this.addRule("allow-health-checks", {
      direction: "INGRESS",
      priority: 1000,
      sourceRanges: [...healthCheckRanges],
      targetTags: [...tags],
      allow: [{ protocol: "tcp" }],
    });
  }

  private allowIdentityProxy(reached: FirewallBaselineProps["identityProxy"]): void {
    if (!reached) return;
    this.addRule("allow-identity-proxy", {
      direction: "INGRESS",
      priority: 1000,
      sourceRanges: [identityProxyRange],
      targetTags: [...reached.tags],
      allow: [{ protocol: "tcp", ports: reached.ports.map(String) }],
    });
  }

  private limitEgress(egress: NonNullable<FirewallBaselineProps["egress"]>): void {
    if (egress === "everything") return;
    this.addRule("allow-egress-private", {
      direction: "EGRESS",
      priority: 1000,
      destinationRanges: [...privateRanges, privateGoogleApis.range],
      allow: [{ protocol: "all" }],
    });
    if (egress === "private-and-web") {
      this.addRule("allow-egress-web", {
        direction: "EGRESS",
        priority: 1000,
        destinationRanges: [everywhere],
        allow: [{ protocol: "tcp", ports: webPorts }],
      });
    }
    this.addRule("deny-egress", {
      direction: "EGRESS",
      priority: 65_000,
      destinationRanges: [everywhere],
      deny: [{ protocol: "all" }],
    });
  }

  /** Refusals are logged in full; what is allowed shows in the subnets' flow logs. */
  private addRule(rule: BaselineRule, config: Omit<ComputeFirewallConfig, "name" | "network">): void {
    const { name, network, transform } = this.#props;
    new ComputeFirewall(
      this,
      rule,
      transformed<ComputeFirewallConfig>(
        {
          name: `${name}-${rule}`,
          network: network.networkId,
          ...config,
          ...(config.deny && { logConfig: { metadata: "INCLUDE_ALL_METADATA" } }),
        },
        transform?.[rule],
      ),
    );
  }
}
