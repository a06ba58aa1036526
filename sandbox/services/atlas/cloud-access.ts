import { ApiError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { base36Id } from "../identity/derived";
import { blocksAt, text } from "../shape/paths";
import { clustersOf } from "./clusters";

const SETUP = "mongodbatlas_cloud_provider_access_setup";
const AUTHORIZATION = "mongodbatlas_cloud_provider_access_authorization";
const BUCKET = "mongodbatlas_cloud_backup_snapshot_export_bucket";
const ENCRYPTION = "mongodbatlas_encryption_at_rest";
const SCHEDULE = "mongodbatlas_cloud_backup_schedule";

/** The kinds of key that a project may have. */
const keyKinds = {
  AWS: "aws_kms_config",
  AZURE: "azure_key_vault_config",
  GCP: "google_cloud_kms_config",
} as const;

/**
 * Atlas's own identity in the customer's cloud, and what it is used for: export buckets and encryption keys.
 * Source: internal/service/{cloudprovideraccess,cloudbackupsnapshotexportbucket,encryptionatrest}/resource*.go, v1.41.1.
 */
export const cloudAccessBehaviours: Behaviours = {
  [SETUP]: {
    computed: {
      created_date: ({ cloud }) => cloud.now,
      last_updated_date: ({ cloud, object }) =>
        text(object, "provider_name") === "AZURE" ? cloud.now : null,
      aws_config: ({ object }) =>
        text(object, "provider_name") === "AWS"
          ? [
              {
                atlas_assumed_role_external_id: base36Id(24, "external id", text(object, "project_id")),
                atlas_aws_account_arn: "arn:aws:iam::000000000000:root",
              },
            ]
          : [{ atlas_assumed_role_external_id: "", atlas_aws_account_arn: "" }],
      gcp_config: ({ object }) => [
        text(object, "provider_name") === "GCP"
          ? { service_account_for_atlas: accountOf(text(object, "project_id")), status: "COMPLETE" }
          : { service_account_for_atlas: "", status: "" },
      ],
    },
    beforeDelete({ cloud, object }) {
      const [project, role] = [text(object, "project_id"), text(object, "role_id")];
      const uses = [
        ...cloud.list(BUCKET).map(({ attributes }) => attributes),
        ...cloud.list(ENCRYPTION).flatMap(({ attributes }) => blocksAt(attributes, keyKinds.GCP)),
      ];
      if (!uses.some((use) => text(use, "role_id") === role || text(use, "iam_role_id") === role)) return;
      throw new ApiError(
        400,
        `The cloud provider access role ${role} of group ${project} is in use.`,
        "CANNOT_DELETE_CLOUD_PROVIDER_ACCESS_ROLE_IN_USE",
        [role],
      );
    },
  },
  [AUTHORIZATION]: {
    existing: "adopt",
    computed: {
      authorized_date: ({ cloud, object }) => (accountOfRole(cloud, object) === "" ? cloud.now : null),
      gcp: ({ cloud, object }) => [{ service_account_for_atlas: accountOfRole(cloud, object) }],
      feature_usages: () => [],
    },
    beforeCreate: ({ cloud, object }) => requireRole(cloud, object),
  },
  [BUCKET]: {
    computed: { tenant_id: () => null },
    beforeCreate({ cloud, object }) {
      if (text(object, "cloud_provider") === "GCP") requireRole(cloud, object);
    },
    beforeDelete({ cloud, object }) {
      const id = text(object, "export_bucket_id");
      const inUse = cloud
        .list(SCHEDULE)
        .some(
          ({ attributes }) =>
            attributes.auto_export_enabled === true &&
            blocksAt(attributes, "export").some((exported) => text(exported, "export_bucket_id") === id),
        );
      if (!inUse) return;
      throw new ApiError(
        400,
        `The export bucket ${id} is used by a backup schedule's automatic export.`,
        "EXPORT_BUCKET_IN_USE",
        [id],
      );
    },
  },
  [ENCRYPTION]: {
    existing: "adopt",
    computed: Object.fromEntries(Object.values(keyKinds).map((kind) => [`${kind}.valid`, () => true])),
    beforeCreate: requireKey,
    beforeUpdate: requireKey,
    beforeDelete({ cloud, object }) {
      const project = text(object, "project_id");
      const encrypted = clustersOf(cloud, project).find(({ attributes }) =>
        Object.keys(keyKinds).includes(text(attributes, "encryption_at_rest_provider")),
      );
      if (encrypted === undefined) return;
      const name = text(encrypted.attributes, "name");
      throw new ApiError(
        400,
        `Encryption at rest can't be disabled while the cluster ${name} uses it.`,
        "CANNOT_DISABLE_ENCRYPTION_AT_REST_REFERENCED_BY_CLUSTERS",
        [name],
      );
    },
  },
};

/** Refuses a cluster that wants a key which its project does not have. */
export function requireEncryptionKey({ cloud, object }: Change): void {
  const provider = text(object, "encryption_at_rest_provider");
  const project = text(object, "project_id");
  if (!(provider in keyKinds)) return;
  const kind = keyKinds[provider as keyof typeof keyKinds];
  const enabled = cloud
    .list(ENCRYPTION)
    .some(
      ({ attributes }) =>
        text(attributes, "project_id") === project &&
        blocksAt(attributes, kind).some((config) => config.enabled === true),
    );
  if (enabled) return;
  throw new ApiError(
    400,
    `Group ${project} has no ${provider} key for encryption at rest.`,
    "ENCRYPTION_AT_REST_PROVIDER_NOT_ENABLED",
    [provider],
  );
}

function requireKey({ cloud, object }: Change): void {
  const [config] = blocksAt(object, keyKinds.GCP);
  if (config === undefined || config.enabled !== true) return;
  if (text(config, "service_account_key") === "") {
    requireRole(cloud, { project_id: text(object, "project_id"), role_id: text(config, "role_id") });
  }
  const key = text(config, "key_version_resource_id");
  if (
    /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+\/cryptoKeyVersions\/\d+$/.test(
      key,
    )
  ) {
    return;
  }
  throw new ApiError(400, `The key version ${key} is invalid.`, "INVALID_GCP_KMS_KEY_VERSION", [key]);
}

function requireRole(cloud: CloudView, object: Change["object"]): void {
  const [project, role] = [text(object, "project_id"), text(object, "role_id")];
  const known = cloud
    .list(SETUP)
    .some(
      ({ attributes }) => text(attributes, "project_id") === project && text(attributes, "role_id") === role,
    );
  if (known) return;
  throw new ApiError(
    404,
    `No cloud provider access role ${role} exists in group ${project}.`,
    "CLOUD_PROVIDER_ACCESS_ROLE_NOT_FOUND",
    [role, project],
  );
}

/** The Google account of a project's role; "" when the role is another cloud's. */
function accountOfRole(cloud: CloudView, object: Change["object"]): string {
  const setup = cloud
    .list(SETUP)
    .find(({ attributes }) => text(attributes, "role_id") === text(object, "role_id"));
  return text(setup?.attributes, "gcp_config.service_account_for_atlas");
}

function accountOf(project: string): string {
  const name = base36Id(20, "atlas account", project);
  return `mongodb-atlas-${name.slice(0, 12)}@p-${base36Id(24, "atlas tenant", project)}.iam.gserviceaccount.com`;
}
