import type { RuleSet } from "../hooks/rule-set";
import { advancedCluster } from "./atlas/advanced-cluster";
import { atlasValues } from "./atlas/values";
import { appEngine } from "./google/app-engine";
import { artifactRegistry } from "./google/artifact-registry";
import { backendService } from "./google/backend-service";
import { billing } from "./google/billing";
import { certificateManager } from "./google/certificate-manager";
import { cloudScheduler } from "./google/cloud-scheduler";
import { computeAddresses } from "./google/compute-addresses";
import { computeCommon } from "./google/compute-common";
import { dns } from "./google/dns";
import { firewall } from "./google/firewall";
import { healthChecks } from "./google/health-checks";
import { iamMembers } from "./google/iam-members";
import { iap } from "./google/iap";
import { jsonValues } from "./google/json-values";
import { kms } from "./google/kms";
import { labels } from "./google/labels";
import { links } from "./google/links";
import { location } from "./google/location";
import { logging } from "./google/logging";
import { monitoring } from "./google/monitoring";
import { orgPolicy } from "./google/org-policy";
import { redis } from "./google/redis";
import { resourceManager } from "./google/resource-manager";
import { router } from "./google/router";
import { routerNat } from "./google/router-nat";
import { secretManager } from "./google/secret-manager";
import { securityPolicies } from "./google/security-policies";
import { spanner } from "./google/spanner";
import { sql } from "./google/sql";
import { storage } from "./google/storage";
import { subnetwork } from "./google/subnetwork";
import { values } from "./google/values";
import { vpcAccess } from "./google/vpc-access";
import { workloadIdentity } from "./google/workload-identity";

/** All rules, one set per service. */
export const ruleSets: readonly RuleSet[] = [
  links,
  values,
  jsonValues,
  labels,
  location,
  iamMembers,
  appEngine,
  artifactRegistry,
  backendService,
  billing,
  certificateManager,
  cloudScheduler,
  computeAddresses,
  computeCommon,
  dns,
  firewall,
  healthChecks,
  iap,
  kms,
  logging,
  monitoring,
  orgPolicy,
  redis,
  resourceManager,
  router,
  routerNat,
  secretManager,
  securityPolicies,
  spanner,
  sql,
  storage,
  subnetwork,
  vpcAccess,
  workloadIdentity,
  advancedCluster,
  atlasValues,
];
