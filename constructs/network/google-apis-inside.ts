import {
  DnsResponsePolicy,
  type DnsResponsePolicyConfig,
} from "@cdktf/provider-google/lib/dns-response-policy";
import {
  DnsResponsePolicyRule,
  type DnsResponsePolicyRuleConfig,
} from "@cdktf/provider-google/lib/dns-response-policy-rule";
import { Construct } from "constructs";
import { refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { NetworkLike } from "./network-name";
import { privateGoogleApis } from "./ranges";
import { checkResourceName } from "./resource-name";

/** Props of `GoogleApisInside`. */
export interface GoogleApisInsideProps
  extends Transformable<{ policy: DnsResponsePolicyConfig; rule: DnsResponsePolicyRuleConfig }> {
  readonly network: NetworkLike;
  /** Name of the policy, at most 63 characters. Can't change. */
  readonly name: string;
}

/**
 * Makes the names of Google's APIs lead to addresses inside Google's network, so that a network whose way out is closed
 * still reaches them.
 *
 * @throws UserError when the name is none
 * @see https://cloud.google.com/vpc/docs/configure-private-google-access#config-domain
 */
export class GoogleApisInside extends Construct {
  constructor(scope: Construct, id: string, props: GoogleApisInsideProps) {
    super(scope, id);
    refuse(this, `policy ${props.name}`, [checkResourceName(props.name, "name")]);
    google(this);
    const policy = this.createPolicy(props);
    this.answer(props, policy, "own", "private.googleapis.com.", {
      type: "A",
      values: privateGoogleApis.addresses,
    });
    this.answer(props, policy, "all", "*.googleapis.com.", {
      type: "CNAME",
      values: ["private.googleapis.com."],
    });
  }

  private createPolicy({ network, name, transform }: GoogleApisInsideProps): DnsResponsePolicy {
    return new DnsResponsePolicy(
      this,
      "policy",
      transformed<DnsResponsePolicyConfig>(
        {
          responsePolicyName: name,
          description: "Google's APIs, without leaving Google's network.",
          networks: [{ networkUrl: network.networkId }],
        },
        transform?.policy,
      ),
    );
  }

  private answer(
    { transform }: GoogleApisInsideProps,
    policy: DnsResponsePolicy,
    id: string,
    dnsName: string,
    { type, values }: { readonly type: string; readonly values: readonly string[] },
  ): void {
    new DnsResponsePolicyRule(
      this,
      id,
      transformed<DnsResponsePolicyRuleConfig>(
        {
          responsePolicy: policy.responsePolicyName,
          ruleName: `google-apis-${id}`,
          dnsName,
          localData: { localDatas: [{ name: dnsName, type, ttl: 300, rrdatas: [...values] }] },
        },
        transform?.rule,
      ),
    );
  }
}
