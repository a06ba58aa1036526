import { GoogleApiGatewayApiIamMember } from "@cdktf/provider-google-beta/lib/google-api-gateway-api-iam-member";
import { GoogleApiGatewayGatewayIamMember } from "@cdktf/provider-google-beta/lib/google-api-gateway-gateway-iam-member";
import type { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { cloudOf, googleBeta } from "../provider/providers";

/**
 * Roles on a single API or gateway. Nothing here lets anybody call an API: that is the matter of its routes.
 *
 * @see https://cloud.google.com/api-gateway/docs/api-access-overview
 */
export const accessRoles = { view: "roles/apigateway.viewer", administer: "roles/apigateway.admin" } as const;

/** What somebody may do with an API or a gateway. */
export type GatewayAccess = keyof typeof accessRoles;

/** Lets somebody see or administer one API. */
export function grantOnApi(
  scope: Construct,
  id: string,
  api: string,
  principal: Principal,
  access: GatewayAccess,
): void {
  new GoogleApiGatewayApiIamMember(scope, id, {
    provider: googleBeta(scope),
    project: cloudOf(scope).project,
    api,
    role: accessRoles[access],
    member: principal.member,
  });
}

/** Lets somebody see or administer one gateway. */
export function grantOnGateway(
  scope: Construct,
  id: string,
  place: { readonly gateway: string; readonly region: string },
  principal: Principal,
  access: GatewayAccess,
): void {
  new GoogleApiGatewayGatewayIamMember(scope, id, {
    provider: googleBeta(scope),
    project: cloudOf(scope).project,
    ...place,
    role: accessRoles[access],
    member: principal.member,
  });
}
