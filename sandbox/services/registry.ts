import type { ResourceType } from "../schemas/model";
import { accessBehaviours } from "./atlas/access";
import { advancedClusterBehaviours } from "./atlas/advanced-cluster";
import { backupBehaviours } from "./atlas/backup";
import { cloudAccessBehaviours } from "./atlas/cloud-access";
import { flexClusterBehaviours } from "./atlas/flex-cluster";
import { atlasIdentities } from "./atlas/identities";
import { identified } from "./atlas/identity";
import { inProject } from "./atlas/in-project";
import { atlasNetworkBehaviours } from "./atlas/network";
import { organisationBehaviours } from "./atlas/organisation";
import { privateLinkBehaviours } from "./atlas/private-link";
import { projectBehaviours } from "./atlas/project";
import { searchIndexBehaviours } from "./atlas/search-index";
import { settingsBehaviours } from "./atlas/settings";
import type { Behaviours, ResourceBehaviour } from "./behaviour";
import { behaviourFromFacts } from "./generic/from-facts";
import { addressBehaviours } from "./google/addresses";
import { apiGatewayBehaviours } from "./google/api-gateway";
import { applicationBehaviours } from "./google/app-engine/application";
import { domainBehaviours } from "./google/app-engine/domains";
import { firewallBehaviours } from "./google/app-engine/firewall";
import { serviceBehaviours } from "./google/app-engine/services";
import { versionBehaviours } from "./google/app-engine/versions";
import { certificateManagerBehaviours } from "./google/certificate-manager";
import { dashboardBehaviours } from "./google/dashboards";
import { firebaseBehaviours } from "./google/firebase";
import { guardingBehaviours } from "./google/guarding";
import { handwrittenBehaviours } from "./google/handwritten";
import { iamBehaviour } from "./google/iam-policy";
import { kmsBehaviours } from "./google/kms";
import { loadBalancingBehaviours } from "./google/load-balancing";
import { loggingBehaviours } from "./google/logging";
import { monitoringBehaviours } from "./google/monitoring";
import { networkBehaviours } from "./google/network";
import { redisBehaviours } from "./google/redis";
import { secretManagerBehaviours } from "./google/secret-manager";
import { serviceAccountBehaviours } from "./google/service-accounts";
import { serviceUsageBehaviours } from "./google/service-usage";
import { sqlBehaviours } from "./google/sql";
import { storageBehaviours } from "./google/storage";
import { vpcAccessBehaviours } from "./google/vpc-access";
import { workloadIdentityBehaviours } from "./google/workload-identity";

/** Everything that is known of types one by one, service by service. */
const special: Behaviours = {
  ...accessBehaviours,
  ...advancedClusterBehaviours,
  ...atlasNetworkBehaviours,
  ...cloudAccessBehaviours,
  ...privateLinkBehaviours,
  ...backupBehaviours,
  ...flexClusterBehaviours,
  ...projectBehaviours,
  ...organisationBehaviours,
  ...searchIndexBehaviours,
  ...settingsBehaviours,
  ...apiGatewayBehaviours,
  ...applicationBehaviours,
  ...domainBehaviours,
  ...certificateManagerBehaviours,
  ...dashboardBehaviours,
  ...firebaseBehaviours,
  ...guardingBehaviours,
  ...firewallBehaviours,
  ...handwrittenBehaviours,
  ...kmsBehaviours,
  ...loadBalancingBehaviours,
  ...loggingBehaviours,
  ...monitoringBehaviours,
  ...networkBehaviours,
  ...addressBehaviours,
  ...redisBehaviours,
  ...secretManagerBehaviours,
  ...serviceAccountBehaviours,
  ...serviceBehaviours,
  ...serviceUsageBehaviours,
  ...sqlBehaviours,
  ...storageBehaviours,
  ...versionBehaviours,
  ...vpcAccessBehaviours,
  ...workloadIdentityBehaviours,
};

const resolved = new Map<string, ResourceBehaviour>();

/** How a type behaves: what its service says, over what the facts say. */
export function behaviourOf(type: ResourceType): ResourceBehaviour {
  const key = `${type.provider}/${type.name}`;
  const found = resolved.get(key);
  if (found !== undefined) return found;
  const behaviour = type.provider === "mongodbatlas" ? atlasBehaviour(type) : googleBehaviour(type);
  resolved.set(key, behaviour);
  return behaviour;
}

function googleBehaviour(type: ResourceType): ResourceBehaviour {
  const own = { ...iamBehaviour(type.name), ...special[type.name] };
  return { ...behaviourFromFacts(type), ...(own.id === undefined ? {} : { idIsGuessed: false }), ...own };
}

function atlasBehaviour(type: ResourceType): ResourceBehaviour {
  const identity = atlasIdentities[type.name];
  const own = special[type.name] ?? {};
  const identifiedBehaviour = identity === undefined ? {} : identified(type.name, identity);
  return inProject(type, {
    ...behaviourFromFacts(type),
    ...identifiedBehaviour,
    ...own,
    computed: { ...identifiedBehaviour.computed, ...own.computed },
  });
}
