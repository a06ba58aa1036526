import { DnsZone } from "@groundwork/constructs/network/dns-zone";
import { FirewallBaseline } from "@groundwork/constructs/network/firewall-baseline";
import { NatGateway } from "@groundwork/constructs/network/nat-gateway";
import { PrivateNetwork } from "@groundwork/constructs/network/private-network";
import { PrivateServicesAccess } from "@groundwork/constructs/network/private-services-access";
import { Subnet } from "@groundwork/constructs/network/subnet";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** The private network with its ways in and out, and the names of the environment. */
export class NetworkStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "network");
    const network = this.createNetwork();
    this.createFirewall(network);
    this.createWayOut(network);
    this.createEndpointSubnet(network);
    this.createServicesRange(network);
    this.createZone();
  }

  private createNetwork(): PrivateNetwork {
    const { environment, names } = this.loaded;
    const { connectorRange, connectorMachine, connectorMin, connectorMax } = environment.network;
    return this.from(
      "network",
      () =>
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
        }),
    );
  }

  private createFirewall(network: PrivateNetwork): void {
    new FirewallBaseline(this, "firewall", { network, name: this.loaded.names.network });
  }

  /** Where the cluster lets the addresses in, `data` makes them: only it can tell Atlas what they are. */
  private createWayOut(network: PrivateNetwork): void {
    const { environment, names } = this.loaded;
    const { natAddresses } = environment.network;
    if (natAddresses > 0 && environment.atlas.access.kind === "private") {
      this.attempt("network.natAddresses", () => {
        new NatGateway(this, "nat", {
          network,
          name: names.nat,
          region: environment.region,
          addresses: natAddresses,
        });
      });
    }
  }

  /** The addresses at which the cluster answers are taken from it, in `data`. */
  private createEndpointSubnet(network: PrivateNetwork): void {
    const { environment, names } = this.loaded;
    const { access } = environment.atlas;
    if (access.kind === "private") {
      this.attempt("atlas.access", () => {
        new Subnet(this, "database-endpoints", {
          network,
          name: names.endpointSubnet,
          region: environment.region,
          range: access.range,
        });
      });
    }
  }

  private createServicesRange(network: PrivateNetwork): void {
    const { environment, names } = this.loaded;
    const { servicesRange, connectorRange } = environment.network;
    if (servicesRange !== "none") {
      this.attempt("network.servicesRange", () => {
        new PrivateServicesAccess(this, "google-services", {
          network,
          name: names.servicesRange,
          range: servicesRange,
          apartFrom: [connectorRange],
        });
      });
    }
  }

  private createZone(): void {
    const { environment, names } = this.loaded;
    const { zone } = environment.network;
    if (zone !== "none") {
      this.attempt("network.zone", () => {
        new DnsZone(this, "zone", { name: names.zone, domain: zone });
      });
    }
  }
}
