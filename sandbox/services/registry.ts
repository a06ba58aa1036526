import type { ResourceType } from "../schemas/model";
import { atlasIdentities } from "./atlas/identities";
import { identified } from "./atlas/identity";
import type { Behaviours, ResourceBehaviour } from "./behaviour";
import { behaviourFromFacts } from "./generic/from-facts";
import { iamBehaviour } from "./google/iam-policy";

/** Everything that is known of types one by one, service by service. */
const special: Behaviours = {};

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
