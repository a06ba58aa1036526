import type { SynthRule } from "../rule";
import { noAccountKeys } from "./s01-no-account-keys";
import { noAdministrativeRoles } from "./s02-no-administrative-roles";
import { noImpersonationAtLarge } from "./s03-no-impersonation-at-large";
import { nothingForEverybody } from "./s04-nothing-for-everybody";
import { grantsAreAdditive } from "./s05-grants-are-additive";
import { identityIsPinned } from "./s06-identity-is-pinned";
import { noSecretsInCode } from "./s07-no-secrets-in-code";
import { bucketsAreSafe } from "./s08-buckets-are-safe";
import { stateBucketIsWritable } from "./s09-state-bucket-is-writable";
import { versionsAreImmutable } from "./s10-versions-are-immutable";
import { onlyHttps } from "./s11-only-https";
import { servicesOutliveVersions } from "./s12-services-outlive-versions";
import { splitsAreSound } from "./s13-splits-are-sound";
import { limitsOfAppEngine } from "./s14-limits-of-app-engine";
import { apisAreClosed } from "./s15-apis-are-closed";
import { loadBalancerIsGuarded } from "./s16-load-balancer-is-guarded";
import { clustersAreDependable } from "./s17-clusters-are-dependable";
import { databasesArePrivate } from "./s18-databases-are-private";
import { databaseUsersAreScoped } from "./s19-database-users-are-scoped";
import { backupsLast } from "./s20-backups-last";
import { noCompliancePolicyOutsideProd } from "./s21-no-compliance-policy-outside-prod";
import { databasesAreAudited } from "./s22-databases-are-audited";
import { keysRotate } from "./s23-keys-rotate";
import { everythingIsLogged } from "./s24-everything-is-logged";
import { alertsAreComplete } from "./s26-alerts-are-complete";
import { networksAreClosed } from "./s27-networks-are-closed";
import { everythingIsLabelled } from "./s28-everything-is-labelled";
import { previewsAreSmall } from "./s29-previews-are-small";
import { nothingGoesByAccident } from "./s30-nothing-goes-by-accident";
import { everythingIsAtHome } from "./s31-everything-is-at-home";
import { connectionsFit } from "./s32-connections-fit";

/** Every rule over what is synthesized, in the order of their numbers. */
export const synthRules: readonly SynthRule[] = [
  noAccountKeys,
  noAdministrativeRoles,
  noImpersonationAtLarge,
  nothingForEverybody,
  grantsAreAdditive,
  identityIsPinned,
  noSecretsInCode,
  bucketsAreSafe,
  stateBucketIsWritable,
  versionsAreImmutable,
  onlyHttps,
  servicesOutliveVersions,
  splitsAreSound,
  limitsOfAppEngine,
  apisAreClosed,
  loadBalancerIsGuarded,
  clustersAreDependable,
  databasesArePrivate,
  databaseUsersAreScoped,
  backupsLast,
  noCompliancePolicyOutsideProd,
  databasesAreAudited,
  keysRotate,
  everythingIsLogged,
  alertsAreComplete,
  networksAreClosed,
  everythingIsLabelled,
  previewsAreSmall,
  nothingGoesByAccident,
  everythingIsAtHome,
  connectionsFit,
];
