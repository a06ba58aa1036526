import { PrivateNetwork } from "@groundwork/constructs/network/private-network";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** The private network, and App Engine's way into it. */
export class NetworkStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "network");
    this.createNetwork();
  }

  private createNetwork(): void {
    const { environment, names } = this.loaded;
    const { connectorRange, connectorMachine, connectorMin, connectorMax } = environment.network;
    this.attempt("network", () => {
      new PrivateNetwork(this, "network", {
        name: names.network,
        region: environment.region,
        connector: {
          name: names.connector,
          subnet: names.connectorSubnet,
          range: connectorRange,
          machineType: connectorMachine,
          minInstances: connectorMin,
          maxInstances: connectorMax,
        },
      });
    });
  }
}
