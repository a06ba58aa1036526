import type { RuleSet } from "../hooks/rule-set";
import { advancedCluster } from "./atlas/advanced-cluster";
import { atlasValues } from "./atlas/values";
import { accessApproval } from "./google/access-approval";
import { appEngine } from "./google/app-engine";
import { appHub } from "./google/app-hub";
import { artifactRegistry } from "./google/artifact-registry";
import { backendService } from "./google/backend-service";
import { bigQuery } from "./google/big-query";
import { billing } from "./google/billing";
import { certificateManager } from "./google/certificate-manager";
import { cloudBuild } from "./google/cloud-build";
import { cloudFunctions } from "./google/cloud-functions";
import { cloudRun } from "./google/cloud-run";
import { cloudScheduler } from "./google/cloud-scheduler";
import { computeAddresses } from "./google/compute-addresses";
import { computeCommon } from "./google/compute-common";
import { computeInstance } from "./google/compute-instance";
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
import { smallServices } from "./google/small-services";
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
  accessApproval,
  appEngine,
  appHub,
  artifactRegistry,
  backendService,
  bigQuery,
  billing,
  certificateManager,
  cloudBuild,
  cloudFunctions,
  cloudRun,
  cloudScheduler,
  computeAddresses,
  computeCommon,
  computeInstance,
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
  smallServices,
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
