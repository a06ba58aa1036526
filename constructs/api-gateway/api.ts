import {
  GoogleApiGatewayApi,
  type GoogleApiGatewayApiConfig,
} from "@cdktf/provider-google-beta/lib/google-api-gateway-api";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { googleBeta } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Id of an API or gateway. @see https://cloud.google.com/api-gateway/docs/reference/rest */
export const gatewayName = /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/;
export const gatewayNameRule = "1 to 49 lowercase letters, digits and hyphens, starting with a letter";

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
 * @throws UserError when the id is none
 */
export class Api extends Construct {
  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id);
    refuse(this, `API ${props.apiId}`, [checkName(props.apiId, gatewayName, "apiId", gatewayNameRule)]);
    this.createApi(props);
  }

  private createApi({ apiId, title, transform }: ApiProps): void {
    new GoogleApiGatewayApi(
      this,
      "api",
      transformed<GoogleApiGatewayApiConfig>(
        { provider: googleBeta(this), apiId, displayName: title },
        transform?.api,
      ),
    );
  }
}
