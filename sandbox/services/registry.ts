import type { ResourceType } from "../schemas/model";
import { atlasIdentities } from "./atlas/identities";
import { identified } from "./atlas/identity";
import type { Behaviours, ResourceBehaviour } from "./behaviour";
import { behaviourFromFacts } from "./generic/from-facts";
import { apiGatewayBehaviours } from "./google/api-gateway";
import { applicationBehaviours } from "./google/app-engine/application";
import { serviceBehaviours } from "./google/app-engine/services";
import { versionBehaviours } from "./google/app-engine/versions";
import { firebaseBehaviours } from "./google/firebase";
import { iamBehaviour } from "./google/iam-policy";
import { kmsBehaviours } from "./google/kms";
import { monitoringBehaviours } from "./google/monitoring";
import { networkBehaviours } from "./google/network";
import { secretManagerBehaviours } from "./google/secret-manager";
import { serviceAccountBehaviours } from "./google/service-accounts";
import { serviceUsageBehaviours } from "./google/service-usage";
import { storageBehaviours } from "./google/storage";
import { vpcAccessBehaviours } from "./google/vpc-access";
import { workloadIdentityBehaviours } from "./google/workload-identity";

/** Everything that is known of types one by one, service by service. */
const special: Behaviours = {
  ...apiGatewayBehaviours,
  ...applicationBehaviours,
  ...firebaseBehaviours,
  ...kmsBehaviours,
  ...monitoringBehaviours,
  ...networkBehaviours,
  ...secretManagerBehaviours,
  ...serviceAccountBehaviours,
  ...serviceBehaviours,
  ...serviceUsageBehaviours,
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
  const behaviour = {
    ...behaviourFromFacts(type),
    ...iamBehaviour(type.name),
    ...atlasBehaviour(type.name),
    ...special[type.name],
  };
  resolved.set(key, behaviour);
  return behaviour;
}

function atlasBehaviour(type: string): ResourceBehaviour {
  const identity = atlasIdentities[type];
  return identity === undefined ? {} : identified(type, identity);
}
