import type {
  ComputeBackendService,
  ComputeBackendServiceConfig,
} from "@cdktf/provider-google/lib/compute-backend-service";
import {
  ComputeGlobalAddress,
  type ComputeGlobalAddressConfig,
} from "@cdktf/provider-google/lib/compute-global-address";
import {
  ComputeGlobalForwardingRule,
  type ComputeGlobalForwardingRuleConfig,
} from "@cdktf/provider-google/lib/compute-global-forwarding-rule";
import { ComputeSslPolicy, type ComputeSslPolicyConfig } from "@cdktf/provider-google/lib/compute-ssl-policy";
import { ComputeTargetHttpProxy } from "@cdktf/provider-google/lib/compute-target-http-proxy";
import {
  ComputeTargetHttpsProxy,
  type ComputeTargetHttpsProxyConfig,
} from "@cdktf/provider-google/lib/compute-target-https-proxy";
import { ComputeUrlMap, type ComputeUrlMapConfig } from "@cdktf/provider-google/lib/compute-url-map";
import type { GoogleComputeRegionNetworkEndpointGroupConfig } from "@cdktf/provider-google-beta/lib/google-compute-region-network-endpoint-group";
import { Construct } from "constructs";
import type { DnsZoneLike, NeededRecord } from "../../network/dns-zone-like";
import { check, checkName, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type Duration, inSeconds } from "../../units";
import type { GatewayLike } from "../gateway";
import {
  EdgeProtection,
  type EdgeProtectionProps,
  type ProtectionSettings,
  protectionProblems,
} from "./edge-protection";
import { type BalancingScheme, GatewayBackend } from "./gateway-backend";
import { ManagedCertificates, type ManagedCertificatesProps } from "./managed-certificates";

/** Props of `GatewayDomain`. */
export interface GatewayDomainProps
  extends Transformable<{
    address: ComputeGlobalAddressConfig;
    endpoints: GoogleComputeRegionNetworkEndpointGroupConfig;
    backend: ComputeBackendServiceConfig;
    urlMap: ComputeUrlMapConfig;
    tls: ComputeSslPolicyConfig;
    proxy: ComputeTargetHttpsProxyConfig;
    forwarding: ComputeGlobalForwardingRuleConfig;
  }> {
  /** First part of the name of everything in front of the gateway, at most 40 characters. */
  readonly name: string;
  /** Host names that lead to the gateway: `api.shop.example`. At least one. */
  readonly domains: readonly string[];
  /** The gateway; calls go to the closest of its regions that answers. */
  readonly gateway: GatewayLike;
  /** What is kept away. @default - attacks that OWASP's core rules know, and more than 600 calls a minute and address */
  readonly protection?: ProtectionSettings & Pick<EdgeProtectionProps, "transform">;
  /** Certificates' escape hatch. @default - certificates are made as `ManagedCertificates` configures them */
  readonly certificates?: Pick<ManagedCertificatesProps, "transform">;
  /** Where the domains' names are put. @default - nowhere: `records` tells what has to be there */
  readonly zone?: DnsZoneLike;
  /** Whether the domains have an IPv6 address as well. @default false */
  readonly ipv6?: boolean;
  /** Share of calls that is logged, more than 0, at most 1. @default 1 */
  readonly logShare?: number;
  /** How long browsers refuse plain HTTP after a call, at least 1 day. @default "1 year" */
  readonly httpsOnly?: Duration;
  /** Google's present load balancer, or the one before, `classic`. @default "managed" */
  readonly balancer?: "managed" | "classic";
}

/**
 * A domain of one's own in front of a gateway: a global address, certificates that Google renews, TLS 1.2 or newer with
 * modern ciphers only, protection against attacks and floods, every call logged, plain HTTP sent on to HTTPS.
 *
 * The gateway's own host name (`….gateway.dev`) can't be switched off: whoever knows it gets around the protection
 * here, so tokens are demanded by the gateway's routes.
 *
 * @throws UserError with everything that is wrong
 * @see https://cloud.google.com/api-gateway/docs/using-custom-domains
 */
export class GatewayDomain extends Construct {
  /** IPv4 address of the load balancer; known once it is made. */
  readonly address: string;
  /** What has to be in DNS: put there when there is a `zone`. */
  readonly records: readonly NeededRecord[];

  constructor(scope: Construct, id: string, props: GatewayDomainProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const addresses = this.createAddresses(props);
    const certificates = this.createCertificates(props);
    const backend = this.createBackend(props, this.createProtection(props));
    const https = this.createHttps(props, backend, certificates);
    const http = this.createRedirect(props);
    this.forward(props, addresses, https, http);
    this.address = addresses[0]?.resource.address ?? "";
    this.records = [...this.addressRecords(props, addresses), ...certificates.records];
    this.putRecords(props);
  }

  private validate(props: GatewayDomainProps): void {
    const { name, domains, gateway, protection = {}, logShare = 1, httpsOnly = "1 year" } = props;
    refuse(this, `domain ${name}`, [
      checkName(
        name,
        /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
        "name",
        "at most 40 lowercase letters, digits and hyphens, starting with a letter",
      ),
      check(
        domains.length > 0 && new Set(domains).size === domains.length,
        "domains",
        domains,
        "at least one domain, each once",
      ),
      ...domains.map((domain) =>
        checkName(
          domain,
          /^(?=.{1,63}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
          "domains",
          "a host name in lowercase letters, at most 63 characters: api.shop.example",
        ),
      ),
      check(gateway.regions.length > 0, "gateway.regions", "none", "at least one region"),
      check(logShare > 0 && logShare <= 1, "logShare", logShare, "more than 0, at most 1"),
      check(inSeconds(httpsOnly) >= 86_400, "httpsOnly", httpsOnly, "at least 1 day"),
      ...protectionProblems(protection).map(
        (problem) => problem && { ...problem, field: `protection.${problem.field}` },
      ),
    ]);
  }

  private createAddresses({ name, ipv6 = false, transform }: GatewayDomainProps): Address[] {
    const versions = ipv6 ? (["IPV4", "IPV6"] as const) : (["IPV4"] as const);
    return versions.map((version) => ({
      version,
      resource: new ComputeGlobalAddress(
        this,
        `address-${version.toLowerCase()}`,
        transformed<ComputeGlobalAddressConfig>(
          { name: `${name}-${version.toLowerCase()}`, ipVersion: version, addressType: "EXTERNAL" },
          transform?.address,
        ),
      ),
    }));
  }

  private createCertificates({ name, domains, certificates }: GatewayDomainProps): ManagedCertificates {
    return new ManagedCertificates(this, "certificates", { name, domains, ...certificates });
  }

  private createProtection({ name, protection }: GatewayDomainProps): EdgeProtection {
    return new EdgeProtection(this, "protection", { name, ...protection });
  }

  private createBackend(props: GatewayDomainProps, { policy }: EdgeProtection): ComputeBackendService {
    const { name, gateway, logShare = 1, httpsOnly = "1 year", transform } = props;
    return new GatewayBackend(this, "backend", {
      name,
      gateway,
      policy,
      logShare,
      headers: [`Strict-Transport-Security: max-age=${inSeconds(httpsOnly)}; includeSubDomains`],
      scheme: schemeOf(props),
      ...(transform ? { transform } : {}),
    }).service;
  }

  private createHttps(
    props: GatewayDomainProps,
    backend: ComputeBackendService,
    certificates: ManagedCertificates,
  ): ComputeTargetHttpsProxy {
    const { name, transform } = props;
    const urlMap = new ComputeUrlMap(
      this,
      "url-map",
      transformed<ComputeUrlMapConfig>(
        { name, description: "Everything goes to the gateway.", defaultService: backend.id },
        transform?.urlMap,
      ),
    );
    const tls = new ComputeSslPolicy(
      this,
      "tls",
      transformed<ComputeSslPolicyConfig>(
        { name, profile: "MODERN", minTlsVersion: "TLS_1_2", lifecycle: { createBeforeDestroy: true } },
        transform?.tls,
      ),
    );
    return new ComputeTargetHttpsProxy(
      this,
      "https",
      transformed<ComputeTargetHttpsProxyConfig>(
        {
          name: `${name}-https`,
          urlMap: urlMap.id,
          sslPolicy: tls.id,
          certificateMap: `//certificatemanager.googleapis.com/${certificates.map.id}`,
        },
        transform?.proxy,
      ),
    );
  }

  private createRedirect({ name }: GatewayDomainProps): ComputeTargetHttpProxy {
    const urlMap = new ComputeUrlMap(this, "redirect", {
      name: `${name}-redirect`,
      description: "Plain HTTP is sent on to HTTPS.",
      defaultUrlRedirect: {
        httpsRedirect: true,
        stripQuery: false,
        redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT",
      },
    });
    return new ComputeTargetHttpProxy(this, "http", { name: `${name}-http`, urlMap: urlMap.id });
  }

  private forward(
    props: GatewayDomainProps,
    addresses: readonly Address[],
    https: ComputeTargetHttpsProxy,
    http: ComputeTargetHttpProxy,
  ): void {
    const targets = [
      { protocol: "https", target: https.id, portRange: "443" },
      { protocol: "http", target: http.id, portRange: "80" },
    ];
    for (const { version, resource } of addresses) {
      for (const { protocol, target, portRange } of targets) {
        const id = `${protocol}-${version.toLowerCase()}`;
        new ComputeGlobalForwardingRule(
          this,
          `forward-${id}`,
          transformed<ComputeGlobalForwardingRuleConfig>(
            {
              name: `${props.name}-${id}`,
              target,
              portRange,
              ipAddress: resource.address,
              ipProtocol: "TCP",
              loadBalancingScheme: schemeOf(props),
            },
            props.transform?.forwarding,
          ),
        );
      }
    }
  }

  private addressRecords({ domains }: GatewayDomainProps, addresses: readonly Address[]): NeededRecord[] {
    return domains.flatMap((name) =>
      addresses.map(({ version, resource }) => ({
        name,
        type: version === "IPV4" ? ("A" as const) : ("AAAA" as const),
        values: [resource.address],
      })),
    );
  }

  private putRecords({ zone, name }: GatewayDomainProps): void {
    for (const record of zone ? this.records : []) {
      zone?.addRecord(`${name}-${record.name}-${record.type.toLowerCase()}`, record);
    }
  }
}

interface Address {
  readonly version: "IPV4" | "IPV6";
  readonly resource: ComputeGlobalAddress;
}

function schemeOf({ balancer = "managed" }: GatewayDomainProps): BalancingScheme {
  return balancer === "managed" ? "EXTERNAL_MANAGED" : "EXTERNAL";
}
