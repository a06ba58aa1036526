import { UserError } from "@groundwork/user-error";
import { check, checkName } from "../problems";

/** One value of a secret, for ever the same: `projects/shop-prod/secrets/payment-provider/versions/3`. */
export type SecretVersionName = `projects/${string}/secrets/${string}/versions/${number}`;

/** Which value. */
export interface PinnedSecret {
  /** Google Cloud project id. */
  readonly project: string;
  readonly secretId: string;
  /** 1 for the first value. Never `latest`: a bad value would reach every instance at its next start, untested. */
  readonly version: number;
}

/**
 * The full name of one value, for a reader's configuration. A new value is then a change that is reviewed, released and
 * rolled back like any other.
 *
 * @throws UserError when a part is none
 */
export function pinnedSecret({ project, secretId, version }: PinnedSecret): SecretVersionName {
  const problems = [
    checkName(project, /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "project", "a project id"),
    checkName(secretId, secretIdPattern, "secretId", secretIdText),
    check(Number.isInteger(version) && version >= 1, "version", version, "a whole number from 1"),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) {
    throw new UserError(`The value of secret ${secretId} can't be named.`, problems);
  }
  return `projects/${project}/secrets/${secretId}/versions/${version}`;
}

/** @see https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create */
export const secretIdPattern = /^[a-zA-Z0-9_-]{1,255}$/;
export const secretIdText = "1 to 255 letters, digits, hyphens and underscores";
