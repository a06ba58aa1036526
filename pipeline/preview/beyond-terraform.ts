import { openGitHub } from "../github/client";
import { commentListener } from "./comment/tell";
import { contentDeployer } from "./content/content-deployer";
import type { PreviewListener, PreviewPlace } from "./contract";
import { previewDatabase } from "./database/preview-database";
import { clusterAccess } from "./own-cluster/cluster-access";
import { readWish } from "./pull-requests/read-pull-requests";
import type { PreviewSides } from "./workshop";

/** What Terraform doesn't do for a preview, and who is told, for whatever place the command works on. */
export function previewSides(place: PreviewPlace): PreviewSides {
  const { env, note } = place;
  return {
    content: contentDeployer(place),
    database: previewDatabase(place),
    cluster: clusterAccess(place),
    ...(env.GITHUB_REPOSITORY && env.GITHUB_TOKEN
      ? {
          listener: pullRequestListener(env, note),
          readWish: async (pr, at) => readWish(await openGitHub(env, { onWait: note }), pr, at),
        }
      : {}),
  };
}

/** In a workflow; whoever works at a terminal sees how it ended. */
function pullRequestListener(env: NodeJS.ProcessEnv, note: PreviewPlace["note"]): PreviewListener {
  const open = async () => commentListener(await openGitHub(env, { onWait: note }));
  return {
    up: async (place, outcome) => (await open()).up?.(place, outcome),
    mistaken: async (place, mistake) => (await open()).mistaken?.(place, mistake),
    down: async (place, outcome) => (await open()).down?.(place, outcome),
  };
}
