import {
  ComputeBackendService,
  type ComputeBackendServiceConfig,
} from "@cdktf/provider-google/lib/compute-backend-service";
import type { ComputeSecurityPolicy } from "@cdktf/provider-google/lib/compute-security-policy";
import {
  GoogleComputeRegionNetworkEndpointGroup,
  type GoogleComputeRegionNetworkEndpointGroupConfig,
} from "@cdktf/provider-google-beta/lib/google-compute-region-network-endpoint-group";
import { Construct } from "constructs";
import { google, googleBeta } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import type { GatewayLike } from "../gateway";
import { shortHash } from "./managed-certificates";

/** Google's present load balancer, or the one before. */
export type BalancingScheme = "EXTERNAL_MANAGED" | "EXTERNAL";

/** Props of `GatewayBackend`. */
export interface GatewayBackendProps
  extends Transformable<{
    endpoints: GoogleComputeRegionNetworkEndpointGroupConfig;
    backend: ComputeBackendServiceConfig;
  }> {
  /** At most 50 characters. */
  readonly name: string;
  readonly gateway: GatewayLike;
  /** What is kept away. */
  readonly policy: ComputeSecurityPolicy;
  /** Share of calls that is logged. */
  readonly logShare: number;
  /** Headers of every answer: `Name: value`. */
  readonly headers: readonly string[];
  readonly scheme: BalancingScheme;
}

/** What a load balancer sends calls to: a gateway, in each of its regions. */
export class GatewayBackend extends Construct {
  readonly service: ComputeBackendService;

  constructor(scope: Construct, id: string, props: GatewayBackendProps) {
    super(scope, id);
    google(this);
    this.service = this.createService(props, this.createEndpoints(props));
  }

  /** Their names follow from what they point to: another gateway is another group, made before the old one goes. */
  private createEndpoints({ name, gateway, transform }: GatewayBackendProps) {
    return gateway.regions.map(
      (region) =>
        new GoogleComputeRegionNetworkEndpointGroup(
          this,
          `endpoints-${region}`,
          transformed<GoogleComputeRegionNetworkEndpointGroupConfig>(
            {
              provider: googleBeta(this),
              name: `${name}-${shortHash(`${region} ${gateway.gatewayId}`)}`,
              region,
              networkEndpointType: "SERVERLESS",
              serverlessDeployment: {
                platform: "apigateway.googleapis.com",
                resource: gateway.gatewayId,
              },
              lifecycle: { createBeforeDestroy: true },
              ...(gateway.resources ? { dependsOn: [...gateway.resources] } : {}),
            },
            transform?.endpoints,
          ),
        ),
    );
  }

  private createService(
    { name, policy, logShare, headers, scheme, transform }: GatewayBackendProps,
    endpoints: readonly GoogleComputeRegionNetworkEndpointGroup[],
  ): ComputeBackendService {
    return new ComputeBackendService(
      this,
      "service",
      transformed<ComputeBackendServiceConfig>(
        {
          name,
          description: "The gateway, in each of its regions.",
          protocol: "HTTPS",
          loadBalancingScheme: scheme,
          backend: endpoints.map(({ id }) => ({ group: id })),
          securityPolicy: policy.id,
          customResponseHeaders: [...headers],
          logConfig: { enable: true, sampleRate: logShare },
          ...(endpoints.length > 1 && scheme === "EXTERNAL_MANAGED" ? { outlierDetection } : {}),
        },
        transform?.backend,
      ),
    );
  }
}

/** Serverless groups have no health checks: a region that answers with errors is left out for a while instead. */
const outlierDetection = {
  consecutiveErrors: 5,
  enforcingConsecutiveErrors: 100,
  maxEjectionPercent: 50,
  interval: { seconds: 10 },
  baseEjectionTime: { seconds: 30 },
};
