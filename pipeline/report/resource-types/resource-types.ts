import { appEngineTypes } from "./app-engine";
import { atlasTypes } from "./atlas";
import { edgeTypes } from "./edge";
import { foundationTypes } from "./foundation";
import type { ResourceTypeFacts, ResourceTypeTable } from "./resource-type";

/** What a reviewer must know of each resource type. The one place for it: reports and renames read it. */
export const resourceTypes: ResourceTypeTable = {
  ...foundationTypes,
  ...appEngineTypes,
  ...edgeTypes,
  ...atlasTypes,
};

/** Facts of a type; undefined where nothing is known. */
export function factsOf(type: string): ResourceTypeFacts | undefined {
  return Object.hasOwn(resourceTypes, type) ? resourceTypes[type] : undefined;
}
