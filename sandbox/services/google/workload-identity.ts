import { ApiError } from "../api-error";
import type { Behaviours, Change, ResourceBehaviour } from "../behaviour";
import { projectNumber } from "../identity/derived";
import { text } from "../shape/paths";

const POOL = "google_iam_workload_identity_pool";
const PROVIDER = "google_iam_workload_identity_pool_provider";

/** Source: IAM documentation: a deleted pool or provider keeps its id for 30 days. */
const KEPT_DAYS = 30;

/** Soft deletion: gone for everybody, but its id can't be used again yet. */
const softDeleted: ResourceBehaviour = {
  deleted: ({ cloud, id, type }) => cloud.putFact(deletedFact(type.name, id), { at: cloud.now }),
  beforeCreate: requireFreeId,
};

/** Source: google/services/iambeta/resource_iam_workload_identity_pool{,_provider}.go, v6.50.0. */
export const workloadIdentityBehaviours: Behaviours = {
  [POOL]: {
    ...softDeleted,
    computed: {
      name: ({ object, project }) =>
        `projects/${projectNumber(project)}/locations/global/workloadIdentityPools/${text(object, "workload_identity_pool_id")}`,
      state: () => "ACTIVE",
    },
    owns: [{ type: PROVIDER }],
  },
  [PROVIDER]: {
    ...softDeleted,
    computed: {
      name: ({ object, project }) =>
        `projects/${projectNumber(project)}/locations/global/workloadIdentityPools/${text(object, "workload_identity_pool_id")}` +
        `/providers/${text(object, "workload_identity_pool_provider_id")}`,
      state: () => "ACTIVE",
    },
    beforeCreate(scene) {
      const pool = `projects/${scene.project}/locations/global/workloadIdentityPools/${text(scene.object, "workload_identity_pool_id")}`;
      if (scene.cloud.get(POOL, pool) === undefined) {
        throw new ApiError(404, "Requested entity was not found.", "notFound");
      }
      requireFreeId(scene);
    },
  },
};

function deletedFact(type: string, id: string): string {
  return `soft-deleted/${type}/${id}`;
}

function requireFreeId({ cloud, id, type }: Change): void {
  const deletedAt = cloud.getFact(deletedFact(type.name, id))?.at;
  if (typeof deletedAt !== "string") return;
  const days = (Date.parse(cloud.now) - Date.parse(deletedAt)) / 86_400_000;
  if (days < KEPT_DAYS) throw new ApiError(409, "Requested entity already exists", "alreadyExists");
}
