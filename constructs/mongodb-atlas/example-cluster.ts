import type { TerraformStack } from "cdktf";
import { AtlasProject, type AtlasProjectProps } from "./atlas-project";
import { DedicatedCluster, type DedicatedClusterProps } from "./dedicated-cluster";

/** What the tests of this folder build on: a small project with a small cluster. */
export const exampleProject: AtlasProjectProps = {
  name: "shop-dev",
  organisationId: "65f1c0a2b7d94e3f8a1c5d20",
  tags: { env: "dev" },
  maintenance: { day: "tuesday", hour: 3 },
};

export const exampleShape: Omit<DedicatedClusterProps, "project"> = {
  name: "dev-main",
  tier: "M10",
  version: "8.0",
  region: "WESTERN_EUROPE",
  nodes: 3,
  diskGb: 10,
  pointInTime: true,
  terminationProtection: true,
  tags: { env: "dev" },
};

/** The cluster, in a project of its own called `<id>-project`. */
export function exampleCluster(
  stack: TerraformStack,
  change: Partial<DedicatedClusterProps> = {},
  id = "cluster",
): DedicatedCluster {
  const project = new AtlasProject(stack, `${id}-project`, exampleProject);
  return new DedicatedCluster(stack, id, { ...exampleShape, project, ...change });
}
