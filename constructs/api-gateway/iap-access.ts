import { IapAppEngineServiceIamMember } from "@cdktf/provider-google/lib/iap-app-engine-service-iam-member";
import { IapWebTypeAppEngineIamMember } from "@cdktf/provider-google/lib/iap-web-type-app-engine-iam-member";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { check, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";

const role = "roles/iap.httpsResourceAccessor";

/** Props of `IapAccess`. */
export interface IapAccessProps {
  /** Who passes the identity-aware proxy: a gateway's account. */
  readonly principal: Principal;
  /** App Engine services that it reaches, by name; `all` for the whole application. */
  readonly services: "all" | readonly string[];
}

/**
 * Lets somebody through the identity-aware proxy in front of App Engine: of the whole application or of single
 * services. The proxy itself, its consent screen and its OAuth client are made by hand, once; the client's id is the
 * gateway's `iapClient`.
 *
 * @throws UserError when no service is named
 * @see https://cloud.google.com/iap/docs/managing-access
 */
export class IapAccess extends Construct {
  constructor(scope: Construct, id: string, { principal, services }: IapAccessProps) {
    super(scope, id);
    refuse(this, "IAP access", [
      check(services === "all" || services.length > 0, "services", "none", 'service names, or "all"'),
    ]);
    google(this);
    const { project } = cloudOf(this);
    const grant = { project, appId: project, role, member: principal.member };
    if (services === "all") {
      new IapWebTypeAppEngineIamMember(this, "application", grant);
      return;
    }
    for (const service of new Set(services)) {
      new IapAppEngineServiceIamMember(this, `service-${service}`, { ...grant, service });
    }
  }
}
