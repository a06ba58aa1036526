import { apiByName } from "@groundwork/constructs/api-gateway/api";
import { Gateway } from "@groundwork/constructs/api-gateway/gateway";
import { firebaseCustomers } from "@groundwork/constructs/api-gateway/token-issuers";
import { DispatchRules } from "@groundwork/constructs/app-engine/dispatch-rules";
import type { ServiceLike } from "@groundwork/constructs/app-engine/service";
import { serviceByName } from "@groundwork/constructs/app-engine/service";
import { StandardService } from "@groundwork/constructs/app-engine/standard-service";
import { accountByEmail } from "@groundwork/constructs/identity/principal";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { definitionOf } from "./api-definition";
import { EnvironmentStack } from "./environment-stack";

/** What runs: the versions of every service and who gets the requests, and the gateways' configurations. */
export class ReleaseStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "release");
    this.createDispatch(this.createServices());
    this.createGateways();
  }

  private createServices(): Map<string, ServiceLike> {
    const { environment, names, release } = this.loaded;
    const services = new Map<string, ServiceLike>();
    for (const [service, { versions, traffic, shardBy }] of Object.entries(release.services)) {
      this.attempt(`services.${service}`, () => {
        services.set(
          service,
          new StandardService(this, `service-${service}`, {
            service,
            versions,
            traffic,
            shardBy,
            ingress: environment.appEngine.ingress,
            account: accountByEmail(names.email(names.runtimeAccount(service))),
            connector: { connectorPath: names.connectorPath },
          }),
        );
      });
    }
    return services;
  }

  /** Here and not beside the application: App Engine refuses a rule for a service that has no version yet. */
  private createDispatch(services: ReadonlyMap<string, ServiceLike>): void {
    const { dispatch } = this.loaded.environment.appEngine;
    if (dispatch.length > 0) {
      this.attempt("appEngine.dispatch", () => {
        new DispatchRules(this, "dispatch", {
          rules: dispatch.map(({ service, ...rule }) => ({
            ...rule,
            service: services.get(service) ?? serviceByName(service),
          })),
        });
      });
    }
  }

  private createGateways(): void {
    const { environment, names, release, apiDocuments } = this.loaded;
    for (const [name, api] of Object.entries(environment.apis)) {
      const { title, region, cors, quotas } = api;
      const { iap } = environment.appEngine;
      this.attempt(`apis.${name}`, () => {
        new Gateway(this, `gateway-${name}`, {
          api: apiByName(names.api(name)),
          gatewayId: names.gateway(name),
          title,
          region,
          account: accountByEmail(names.email(names.gatewayAccount(name))),
          ...release.apis[name],
          cors: cors === "services",
          issuers: { customer: firebaseCustomers(environment.project) },
          definition: definitionOf(
            api,
            apiDocuments[name] ?? "",
            (service) => `https://${names.serviceHost(service)}`,
          ),
          ...(iap === "none" ? {} : { iapClient: iap.clientId }),
          ...(quotas
            ? {
                quotas: Object.fromEntries(
                  Object.entries(quotas).map(([quota, perMinute]) => [quota, { perMinute }]),
                ),
              }
            : {}),
        });
      });
    }
  }
}
