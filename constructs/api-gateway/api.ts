import {
  GoogleApiGatewayApi,
  type GoogleApiGatewayApiConfig,
} from "@cdktf/provider-google-beta/lib/google-api-gateway-api";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { checkName, refuse } from "../problems";
import { googleBeta } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type GatewayAccess, grantOnApi } from "./gateway-access";
import { limits, quotaProblem } from "./quota-guard";

/** Id of an API or gateway. @see https://cloud.google.com/api-gateway/docs/reference/rest */
export const gatewayName = /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/;
export const gatewayNameRule = "1 to 49 lowercase letters, digits and hyphens, starting with a letter";

/** An API, made here or in another stack. */
export interface ApiLike {
  readonly apiId: string;
  /** What must be there before a configuration is. @default - made before, by another stack */
  readonly resource?: ITerraformDependable;
}

/** An API that another stack makes. */
export function apiByName(apiId: string): ApiLike {
  return { apiId };
}

/** Props of `Api`. */
export interface ApiProps extends Transformable<{ api: GoogleApiGatewayApiConfig }> {
  /** At most 49 characters. Can't change. */
  readonly apiId: string;
  /** Name that people read. */
  readonly title: string;
}

/**
 * An API in API Gateway: the name under which configurations are kept. Configurations and the gateway belong to a
 * release.
 *
 * @throws UserError when the id is none, or the stack makes more APIs than a project may have
 */
export class Api extends Construct implements ApiLike {
  readonly apiId: string;
  readonly resource: GoogleApiGatewayApi;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    refuse(this, `API ${props.apiId}`, [
      checkName(props.apiId, gatewayName, "apiId", gatewayNameRule),
      quotaProblem(this, "APIs", 1, limits.apisPerProject, "apiId"),
    ]);
    this.apiId = props.apiId;
    this.resource = this.createApi(props);
  }

  /** Name of the service that calling projects enable before their API keys work. Known once the API is made. */
  get managedService(): string {
    return this.resource.managedService;
  }

  /**
   * Lets somebody see or administer the API and its configurations.
   *
   * @param id name of the grant, unique in the API
   */
  grant(id: string, principal: Principal, access: GatewayAccess): void {
    grantOnApi(this, id, this.resource.apiId, principal, access);
  }

  private createApi({ apiId, title, transform }: ApiProps): GoogleApiGatewayApi {
    return new GoogleApiGatewayApi(
      this,
      "api",
      transformed<GoogleApiGatewayApiConfig>(
        { provider: googleBeta(this), apiId, displayName: title },
        transform?.api,
      ),
    );
  }
}
