import { createHash } from "node:crypto";
import {
  CertificateManagerCertificate,
  type CertificateManagerCertificateConfig,
} from "@cdktf/provider-google/lib/certificate-manager-certificate";
import {
  CertificateManagerCertificateMap,
  type CertificateManagerCertificateMapConfig,
} from "@cdktf/provider-google/lib/certificate-manager-certificate-map";
import { CertificateManagerCertificateMapEntry } from "@cdktf/provider-google/lib/certificate-manager-certificate-map-entry";
import { CertificateManagerDnsAuthorization } from "@cdktf/provider-google/lib/certificate-manager-dns-authorization";
import { Construct } from "constructs";
import type { NeededRecord } from "../../network/dns-zone-like";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";

/** Props of `ManagedCertificates`. */
export interface ManagedCertificatesProps
  extends Transformable<{
    certificate: CertificateManagerCertificateConfig;
    map: CertificateManagerCertificateMapConfig;
  }> {
  /** First part of every name, at most 50 characters. */
  readonly name: string;
  /** Host names, each once. */
  readonly domains: readonly string[];
}

/**
 * A certificate for each of some domains, renewed by Google, and the map that a load balancer finds them in.
 *
 * Certificate Manager with authorization by DNS, and not Compute Engine's managed certificates: these are issued only
 * after the domain points to the load balancer (which then answers without a certificate for up to an hour), and have
 * to be replaced, under a new name, for every further domain.
 *
 * @see https://cloud.google.com/certificate-manager/docs/dns-authorizations
 */
export class ManagedCertificates extends Construct {
  readonly map: CertificateManagerCertificateMap;
  /** By which Google sees that the domains are yours; certificates wait for them. */
  readonly records: readonly NeededRecord[];

  constructor(scope: Construct, id: string, props: ManagedCertificatesProps) {
    super(scope, id);
    google(this);
    this.map = this.createMap(props);
    this.records = props.domains.map((domain) => this.createCertificate(props, domain));
  }

  private createMap({ name, transform }: ManagedCertificatesProps): CertificateManagerCertificateMap {
    return new CertificateManagerCertificateMap(
      this,
      "map",
      transformed<CertificateManagerCertificateMapConfig>(
        { name, description: "Certificates by host name.", lifecycle: { createBeforeDestroy: true } },
        transform?.map,
      ),
    );
  }

  /** One certificate per domain: a further domain touches none of the others. */
  private createCertificate({ name, transform }: ManagedCertificatesProps, domain: string): NeededRecord {
    const own = `${name}-${shortHash(domain)}`;
    const authorization = new CertificateManagerDnsAuthorization(this, `authorization-${domain}`, {
      name: own,
      domain,
      description: `Shows that ${domain} is ours.`,
    });
    const certificate = new CertificateManagerCertificate(
      this,
      `certificate-${domain}`,
      transformed<CertificateManagerCertificateConfig>(
        {
          name: own,
          description: `Certificate of ${domain}.`,
          managed: { domains: [domain], dnsAuthorizations: [authorization.id] },
          lifecycle: { createBeforeDestroy: true },
        },
        transform?.certificate,
      ),
    );
    new CertificateManagerCertificateMapEntry(this, `entry-${domain}`, {
      name: own,
      map: this.map.name,
      hostname: domain,
      certificates: [certificate.id],
    });
    return {
      name: `_acme-challenge.${domain}`,
      type: "CNAME",
      values: [authorization.dnsResourceRecord.get(0).data],
    };
  }
}

/** Eight digits that follow from the text: for names whose own parts would be too long. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
