import type { TokenIssuer } from "./openapi";

/**
 * Tokens that Firebase Authentication of a project gives to people who signed in.
 *
 * @see https://cloud.google.com/api-gateway/docs/authenticating-users-firebase
 */
export function firebaseCustomers(project: string): TokenIssuer {
  return {
    issuer: `https://securetoken.google.com/${project}`,
    keys: "https://www.googleapis.com/service_accounts/v1/metadata/x509/securetoken@system.gserviceaccount.com",
    audiences: [project],
  };
}
