import { apiByName } from "@groundwork/constructs/api-gateway/api";
import { Gateway } from "@groundwork/constructs/api-gateway/gateway";
import { firebaseCustomers } from "@groundwork/constructs/api-gateway/token-issuers";
import { StandardService } from "@groundwork/constructs/app-engine/standard-service";
import { accountByEmail } from "@groundwork/constructs/identity/principal";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** What runs: the versions of every service and who gets the requests, and the gateways' configurations. */
export class ReleaseStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "release");
    this.createServices();
    this.createGateways();
  }

  private createServices(): void {
    const { names, release } = this.loaded;
    for (const [service, { versions, traffic, shardBy }] of Object.entries(release.services)) {
      this.attempt(`services.${service}`, () => {
        new StandardService(this, `service-${service}`, {
          service,
          versions,
          traffic,
          shardBy,
          account: accountByEmail(names.email(names.runtimeAccount(service))),
          connector: { connectorPath: names.connectorPath },
        });
      });
    }
  }

  private createGateways(): void {
    const { environment, names, release } = this.loaded;
    for (const [name, { title, region, routes }] of Object.entries(environment.apis)) {
      this.attempt(`apis.${name}`, () => {
        new Gateway(this, `gateway-${name}`, {
          api: apiByName(names.api(name)),
          gatewayId: names.gateway(name),
          title,
          region,
          account: accountByEmail(names.email(names.gatewayAccount(name))),
          ...release.apis[name],
          issuers: { customer: firebaseCustomers(environment.project) },
          definition: {
            routes: routes.map(({ service, ...route }) => ({
              ...route,
              address: `https://${names.serviceHost(service)}`,
            })),
          },
        });
      });
    }
  }
}
