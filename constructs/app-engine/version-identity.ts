import type { Problem } from "@groundwork/user-error";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, checkName } from "../problems";
import { cloudOf } from "../provider/providers";

/** Versions of one application at most, all services together: App Engine takes about 210, and a release adds before it removes. */
export const MOST_VERSIONS = 180;

/** Ids that follow from content: a release's, `v20261121-3f9a1c2`, and a preview's, `pr-12-3f9a1c2`. */
export const versionIds = {
  released: {
    pattern: /^v\d{8}-[0-9a-f]{7}$/,
    expected: "v, a date and 7 digits of a hash: v20261121-3f9a1c2",
  },
  preview: {
    pattern: /^pr-[1-9]\d{0,6}-[0-9a-f]{7}$/,
    expected: "pr, the pull request and 7 digits of a hash: pr-12-3f9a1c2",
  },
} as const;

/** What a version is called and runs as. */
export interface VersionIdentity {
  readonly service: string;
  readonly versionId: string;
  readonly account: AccountLike;
}

/** The host label as a version has it. */
export function hostLabel(version: string, service: string, project: string): string {
  return [version, ...(service === "default" ? [] : [service]), project].join("-dot-");
}

/**
 * What is wrong with a version's names and account; counts it, too.
 *
 * @see https://cloud.google.com/appengine/docs/standard/how-requests-are-routed
 */
export function identityProblems(
  scope: Construct,
  { service, versionId, account }: VersionIdentity,
  kind: keyof typeof versionIds,
): (Problem | undefined)[] {
  const label = hostLabel(versionId, service, cloudOf(scope).project);
  return [
    serviceNameProblem(service),
    checkName(versionId, versionIds[kind].pattern, "versionId", versionIds[kind].expected),
    check(
      label.length <= 63,
      "versionId",
      `${label} (${label.length} characters)`,
      "a host label of at most 63 characters",
    ),
    check(
      !/@appspot\.gserviceaccount\.com$|-compute@developer\.gserviceaccount\.com$/.test(account.email),
      "account",
      account.email,
      "an account of this service's own: Google's default ones may do nearly everything",
    ),
    ...countProblems(scope, service, versionId),
  ];
}

/** A problem unless it is the name of a service. */
export function serviceNameProblem(service: string, field = "service"): Problem | undefined {
  return check(
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(service) && !/-dot-|^ah-/.test(service),
    field,
    JSON.stringify(service),
    "1 to 63 lowercase letters, digits and hyphens, without -dot-, starting with a letter, not with ah-",
  );
}

const counted = new WeakMap<TerraformStack, Set<string>>();

/** Across all services of a stack, as App Engine counts by application. */
function countProblems(scope: Construct, service: string, versionId: string): (Problem | undefined)[] {
  const stack = TerraformStack.of(scope);
  const versions = counted.get(stack) ?? new Set();
  counted.set(stack, versions);
  const name = `${service}/${versionId}`;
  const twice = versions.has(name);
  versions.add(name);
  return [
    check(!twice, "versionId", `${name} a second time`, "each version once"),
    check(
      versions.size <= MOST_VERSIONS,
      "versions",
      `version ${versions.size} of the application`,
      `at most ${MOST_VERSIONS}, all services together: remove old ones`,
    ),
  ];
}
