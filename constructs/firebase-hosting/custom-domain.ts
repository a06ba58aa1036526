import {
  GoogleFirebaseHostingCustomDomain,
  type GoogleFirebaseHostingCustomDomainConfig,
} from "@cdktf/provider-google-beta/lib/google-firebase-hosting-custom-domain";
import { Construct } from "constructs";
import type { DnsZoneLike, NeededRecord } from "../network/dns-zone-like";
import { check, checkName, refuse } from "../problems";
import { firebase } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { SiteLike } from "./site";

/** Props of `CustomDomain`. */
export interface CustomDomainProps
  extends Transformable<{ domain: GoogleFirebaseHostingCustomDomainConfig }> {
  readonly site: SiteLike;
  /** `shop.example` or `www.shop.example`. Can't change. */
  readonly domain: string;
  /** Another domain of the site that visitors are sent to, for good: `shop.example` for `www.shop.example`. @default - none */
  readonly redirectTo?: string;
  /**
   * Whose names stand in the certificate: only this one (`own`), those of the project's sites (`project`), or also
   * strangers' (`shared`).
   *
   * @default "own"
   */
  readonly certificate?: keyof typeof certificates;
  /** Whether nothing stands above it in its zone; there DNS allows no alias. @default - when it has two parts */
  readonly apex?: boolean;
  /** Where the domain's names are put. @default - nowhere: `records` tells what has to be there */
  readonly zone?: DnsZoneLike;
}

const certificates = { own: "DEDICATED", project: "PROJECT_GROUPED", shared: "GROUPED" } as const;

/** Firebase Hosting's address. @see https://firebase.google.com/docs/hosting/custom-domain */
const hostingAddress = "199.36.158.100";

/**
 * A domain of one's own for a site. An apply does not wait until its DNS and certificate are right, which can take a
 * day; the domain's states tell. A deleted domain is kept for about 30 days.
 *
 * @throws UserError when the domain or the one that it redirects to is none
 */
export class CustomDomain extends Construct {
  /** What has to be in DNS: put there when there is a `zone`. */
  readonly records: readonly NeededRecord[];

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    this.validate(props);
    this.createDomain(props);
    this.records = recordsOf(props);
    for (const record of props.zone ? this.records : []) {
      props.zone?.addRecord(`${props.domain}-${record.type.toLowerCase()}`, record);
    }
  }

  private validate({ domain, redirectTo }: CustomDomainProps): void {
    const host = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
    const expected = "a host name in lowercase letters: www.shop.example";
    refuse(this, `domain ${domain}`, [
      checkName(domain, host, "domain", expected),
      redirectTo === undefined ? undefined : checkName(redirectTo, host, "redirectTo", expected),
      check(redirectTo !== domain, "redirectTo", redirectTo, "another domain than the one that redirects"),
    ]);
  }

  private createDomain(props: CustomDomainProps): void {
    const { site, domain, redirectTo, certificate = "own", transform } = props;
    new GoogleFirebaseHostingCustomDomain(
      this,
      "domain",
      transformed<GoogleFirebaseHostingCustomDomainConfig>(
        {
          provider: firebase(this),
          siteId: site.siteId,
          customDomain: domain,
          certPreference: certificates[certificate],
          waitDnsVerification: false,
          ...(redirectTo === undefined ? {} : { redirectTarget: redirectTo }),
          ...(site.resource ? { dependsOn: [site.resource] } : {}),
        },
        transform?.domain,
      ),
    );
  }
}

/** An alias follows the site wherever Firebase moves it; where there can't be one, the address and a proof of ownership. */
function recordsOf({
  domain,
  site,
  apex = domain.split(".").length === 2,
}: CustomDomainProps): NeededRecord[] {
  return apex
    ? [
        { name: domain, type: "A", values: [hostingAddress] },
        { name: domain, type: "TXT", values: [`hosting-site=${site.siteId}`] },
      ]
    : [{ name: domain, type: "CNAME", values: [`${site.siteId}.web.app`] }];
}
