import type { ResourceType } from "../../schemas/model";
import type { Change, ResourceBehaviour } from "../behaviour";
import { text } from "../shape/paths";
import { requireCluster, requireProject } from "./clusters";

/** Types that name a cluster which need not exist. */
const looselyOfCluster = ["mongodbatlas_stream_connection"];

/** What every type inside a project asks first: that the project is there, and the cluster it names. */
export function inProject(type: ResourceType, behaviour: ResourceBehaviour): ResourceBehaviour {
  if (!("project_id" in type.block.attributes)) return behaviour;
  const ofCluster = "cluster_name" in type.block.attributes && !looselyOfCluster.includes(type.name);
  return {
    ...behaviour,
    beforeCreate(scene: Change) {
      const project = text(scene.object, "project_id");
      requireProject(scene.cloud, project);
      if (ofCluster) requireCluster(scene.cloud, project, text(scene.object, "cluster_name"));
      behaviour.beforeCreate?.(scene);
    },
  };
}
