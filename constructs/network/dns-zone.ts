import { DnsManagedZone, type DnsManagedZoneConfig } from "@cdktf/provider-google/lib/dns-managed-zone";
import { DnsRecordSet, type DnsRecordSetConfig } from "@cdktf/provider-google/lib/dns-record-set";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Change, type Transformable, transformed } from "../transform";
import { inSeconds } from "../units";
import { type DnsRecord, recordProblems, recordValues } from "./dns-records";
import type { DnsZoneLike } from "./dns-zone-like";
import type { NetworkLike } from "./network-name";
import { checkResourceName } from "./resource-name";

/** Props of `DnsZone`. */
export interface DnsZoneProps extends Transformable<{ zone: DnsManagedZoneConfig }> {
  /** Name of the zone in Cloud DNS, at most 63 characters. Can't change. */
  readonly name: string;
  /** The domain, without a dot at the end: `shop.example`. Can't change. */
  readonly domain: string;
  /** Networks that alone see the zone. @default - everybody sees it, signed (DNSSEC) */
  readonly privateTo?: readonly NetworkLike[];
  /** Terraform refuses to destroy it: made again, it would have other name servers. @default true */
  readonly protected?: boolean;
}

/**
 * The names of a domain. A public zone is signed; the domain's registrar has to be told its name servers and its key
 * (`gcloud dns dns-keys list`), which no code can do.
 *
 * @throws UserError when the name or the domain is none
 * @see https://cloud.google.com/dns/docs/dnssec
 */
export class DnsZone extends Construct implements DnsZoneLike {
  /** What the registrar has to be told; known only after the zone is made. */
  readonly nameServers: readonly string[];
  readonly #zone: DnsManagedZone;
  readonly #domain: string;

  constructor(scope: Construct, id: string, props: DnsZoneProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.#domain = props.domain;
    this.#zone = this.createZone(props);
    this.nameServers = this.#zone.nameServers;
  }

  /**
   * A name and what it leads to.
   *
   * @throws UserError when the name is outside of the zone, or a value is none of its kind
   */
  addRecord(id: string, record: DnsRecord, transform?: Change<DnsRecordSetConfig>): void {
    addRecordTo(this, { name: this.#zone.name, domain: this.#domain }, id, record, transform);
  }

  private validate({ name, domain }: DnsZoneProps): void {
    refuse(this, `zone ${name}`, [
      checkResourceName(name, "name"),
      checkName(
        domain,
        /^([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z][a-z0-9-]*$/,
        "domain",
        "a domain such as shop.example",
      ),
    ]);
  }

  private createZone(props: DnsZoneProps): DnsManagedZone {
    const { name, domain, privateTo, transform } = props;
    return new DnsManagedZone(
      this,
      "zone",
      transformed<DnsManagedZoneConfig>(
        {
          name,
          dnsName: `${domain}.`,
          description: `Names of ${domain}.`,
          forceDestroy: false,
          ...(privateTo
            ? {
                visibility: "private",
                privateVisibilityConfig: {
                  networks: privateTo.map(({ networkId }) => ({ networkUrl: networkId })),
                },
              }
            : {
                visibility: "public",
                dnssecConfig: { state: "on", nonExistence: "nsec3" },
                cloudLoggingConfig: { enableLogging: true },
              }),
          lifecycle: { preventDestroy: props.protected ?? true },
        },
        transform?.zone,
      ),
    );
  }
}

/** Props of `ZoneRecords`. */
export interface ZoneRecordsProps {
  /** Name of the zone in Cloud DNS. */
  readonly zone: string;
  /** Its domain, without a dot at the end. */
  readonly domain: string;
}

/** Records in a zone that another stack makes, known by its name: a load balancer's address is told where it is made. */
export class ZoneRecords extends Construct implements DnsZoneLike {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ZoneRecordsProps,
  ) {
    super(scope, id);
    google(this);
  }

  /**
   * A name and what it leads to.
   *
   * @throws UserError when the name is outside of the zone, or a value is none of its kind
   */
  addRecord(id: string, record: DnsRecord, transform?: Change<DnsRecordSetConfig>): void {
    addRecordTo(this, { name: this.props.zone, domain: this.props.domain }, id, record, transform);
  }
}

function addRecordTo(
  scope: Construct,
  zone: { readonly name: string; readonly domain: string },
  id: string,
  record: DnsRecord,
  transform: Change<DnsRecordSetConfig> | undefined,
): void {
  refuse(scope, `record ${record.name}`, recordProblems(record, zone.domain));
  new DnsRecordSet(
    scope,
    id,
    transformed<DnsRecordSetConfig>(
      {
        managedZone: zone.name,
        name: `${record.name}.`,
        type: record.type,
        ttl: inSeconds(record.ttl ?? "5 minutes"),
        rrdatas: recordValues(record),
      },
      transform,
    ),
  );
}
