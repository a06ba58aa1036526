import type { Problem } from "@groundwork/user-error";
import { check, checkName } from "../problems";
import { API_KEY } from "./security";

/** Who issues the tokens that the gateway accepts. */
export interface TokenIssuer {
  /** The `iss` claim. */
  readonly issuer: string;
  /** Where the issuer's public keys are. */
  readonly keys: string;
  /** The `aud` claim: at least one, any of them is accepted. */
  readonly audiences: readonly string[];
}

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

/**
 * Tokens that a service account signs itself: another service that calls the API.
 *
 * @param account e-mail address of the account
 * @param audiences what the caller writes into `aud`: usually the API's own address
 * @see https://cloud.google.com/api-gateway/docs/authenticate-service-account
 */
export function serviceAccountTokens(account: string, audiences: readonly string[]): TokenIssuer {
  return {
    issuer: account,
    keys: `https://www.googleapis.com/robot/v1/metadata/x509/${account}`,
    audiences,
  };
}

/**
 * Google ID tokens: of people who signed in with Google, or of accounts on Google Cloud.
 *
 * @param audiences OAuth client ids, or what accounts asked their tokens for
 * @see https://cloud.google.com/api-gateway/docs/authenticating-users-googleid
 */
export function googleIdTokens(audiences: readonly string[]): TokenIssuer {
  return {
    issuer: "https://accounts.google.com",
    keys: "https://www.googleapis.com/oauth2/v3/certs",
    audiences,
  };
}

/** What is wrong with issuers. */
export function issuerProblems(issuers: Readonly<Record<string, TokenIssuer>>): (Problem | undefined)[] {
  return Object.entries(issuers).flatMap(([name, { issuer, keys, audiences }]) => {
    const field = `issuers.${name}`;
    return [
      checkName(name, /^[A-Za-z][\w-]{0,62}$/, field, "letters, digits, hyphens and underscores"),
      check(
        name !== "public" && name !== API_KEY,
        field,
        name,
        `another name: public and ${API_KEY} are taken`,
      ),
      check(issuer !== "", `${field}.issuer`, "nothing", "the iss claim of the tokens"),
      check(/^https:\/\/\S+$/.test(keys), `${field}.keys`, keys, "an https address"),
      check(
        audiences.length > 0 && audiences.every((one) => one !== "" && !one.includes(",")),
        `${field}.audiences`,
        audiences,
        "at least one audience, none with a comma",
      ),
    ];
  });
}
