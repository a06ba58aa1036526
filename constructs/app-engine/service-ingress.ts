import {
  AppEngineServiceNetworkSettings,
  type AppEngineServiceNetworkSettingsConfig,
} from "@cdktf/provider-google/lib/app-engine-service-network-settings";
import { Construct } from "constructs";
import { refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import type { ServiceLike } from "./service";
import { serviceNameProblem } from "./version-identity";

const ingressSettings = {
  all: "INGRESS_TRAFFIC_ALLOWED_ALL",
  internal: "INGRESS_TRAFFIC_ALLOWED_INTERNAL_ONLY",
  "internal-and-load-balancer": "INGRESS_TRAFFIC_ALLOWED_INTERNAL_AND_LB",
} as const;

/** Where requests to a service may come from. A gateway's are not internal: behind one it is `all`, and IAP is the control. */
export type Ingress = keyof typeof ingressSettings;

/** Props of `ServiceIngress`. */
export interface ServiceIngressProps
  extends Transformable<{ settings: AppEngineServiceNetworkSettingsConfig }> {
  readonly service: ServiceLike;
  readonly ingress: Ingress;
}

/**
 * Where requests to a service may come from, for all its versions. Removing it changes nothing in the cloud: to open a
 * service again, say `all`.
 *
 * @throws UserError when the service's name is none
 */
export class ServiceIngress extends Construct {
  constructor(scope: Construct, id: string, props: ServiceIngressProps) {
    super(scope, id);
    refuse(this, `the ingress of ${props.service.serviceName}`, [
      serviceNameProblem(props.service.serviceName),
    ]);
    google(this);
    this.createSettings(props);
  }

  private createSettings({ service, ingress, transform }: ServiceIngressProps): void {
    new AppEngineServiceNetworkSettings(
      this,
      // The provider would update another service's settings in place: so the id names it.
      `settings-${service.serviceName}`,
      transformed<AppEngineServiceNetworkSettingsConfig>(
        {
          service: service.serviceName,
          networkSettings: { ingressTrafficAllowed: ingressSettings[ingress] },
          ...(service.ready.length > 0 ? { dependsOn: [...service.ready] } : {}),
        },
        transform?.settings,
      ),
    );
  }
}
