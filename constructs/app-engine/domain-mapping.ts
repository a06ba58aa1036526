import {
  AppEngineDomainMapping,
  type AppEngineDomainMappingConfig,
} from "@cdktf/provider-google/lib/app-engine-domain-mapping";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Where a domain's certificate comes from. */
export type DomainCertificate =
  /** Google makes and renews it, once the domain's records point here. */
  | "managed"
  /** One that was uploaded, by its number. */
  | { readonly certificateId: string };

/** Props of `DomainMapping`. */
export interface DomainMappingProps extends Transformable<{ mapping: AppEngineDomainMappingConfig }> {
  /** `shop.example` or `www.shop.example`. Its owner must have been verified, which no code can do. Can't change. */
  readonly domain: string;
  /** @default "managed" */
  readonly certificate?: DomainCertificate;
  /** Another project of the same owner has the domain now: take it from there. @default false */
  readonly takeOver?: boolean;
  /** The application. @default - made by another stack */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A domain that leads to the application, over TLS. Its requests go to `default`, unless dispatch rules say otherwise.
 *
 * @throws UserError when the domain or the certificate's number is none
 * @see https://cloud.google.com/appengine/docs/standard/mapping-custom-domains
 */
export class DomainMapping extends Construct {
  /** The records that the domain's zone needs: `name`, `type`, `rrdata`; known after the apply. */
  readonly records: AppEngineDomainMapping["resourceRecords"];

  constructor(scope: Construct, id: string, props: DomainMappingProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.records = this.createMapping(props).resourceRecords;
  }

  private validate({ domain, certificate = "managed" }: DomainMappingProps): void {
    refuse(this, `the domain ${domain}`, [
      checkName(
        domain,
        /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
        "domain",
        "a domain such as shop.example, in lowercase",
      ),
      check(
        certificate === "managed" || /^\d+$/.test(certificate.certificateId),
        "certificate.certificateId",
        certificate === "managed" ? certificate : certificate.certificateId,
        "the number of an uploaded certificate",
      ),
    ]);
  }

  private createMapping(props: DomainMappingProps): AppEngineDomainMapping {
    const { domain, certificate = "managed", takeOver = false, dependsOn, transform } = props;
    return new AppEngineDomainMapping(
      this,
      "mapping",
      transformed<AppEngineDomainMappingConfig>(
        {
          domainName: domain,
          overrideStrategy: takeOver ? "OVERRIDE" : "STRICT",
          sslSettings:
            certificate === "managed"
              ? { sslManagementType: "AUTOMATIC" }
              : { sslManagementType: "MANUAL", certificateId: certificate.certificateId },
          ...(dependsOn ? { dependsOn: [...dependsOn] } : {}),
        },
        transform?.mapping,
      ),
    );
  }
}
