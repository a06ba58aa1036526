import { ApiError, ProviderError } from "../api-error";
import type { Behaviours } from "../behaviour";
import { base64Id, decimalId, hexId, projectNumber } from "../identity/derived";
import { lastSegment, text } from "../shape/paths";

/**
 * Types whose ids the providers put together in code of their own, so that the extraction can't read them.
 * Source: `d.SetId(…)` and the importer of google/services/<service>/resource_<type>.go, v6.50.0.
 */
export const handwrittenBehaviours: Behaviours = {
  google_project: {
    id: ({ object }) => `projects/${text(object, "project_id")}`,
    parseImport: (id) => ({
      id: `projects/${lastSegment(id)}`,
      project_id: lastSegment(id),
      auto_create_network: true,
      deletion_policy: "PREVENT",
    }),
    api: null,
    unread: ["auto_create_network", "deletion_policy"],
    keeps: ({ object }) => text(object, "deletion_policy") === "ABANDON",
    computed: { number: ({ object }) => projectNumber(text(object, "project_id")) },
    conflict: () => new ApiError(409, "Requested entity already exists", "alreadyExists"),
    beforeDelete({ object }) {
      if (text(object, "deletion_policy") !== "PREVENT") return;
      throw new ProviderError("Cannot destroy project as deletion_policy is set to PREVENT.");
    },
  },
  google_folder: {
    computed: {
      folder_id: ({ object }) =>
        decimalId(12, "google_folder", text(object, "parent"), text(object, "display_name")),
      name: ({ object }) => `folders/${text(object, "folder_id")}`,
      lifecycle_state: () => "ACTIVE",
      create_time: ({ cloud }) => cloud.now,
    },
    id: "{name}",
    parseImport: (id) => ({ id: `folders/${lastSegment(id)}`, name: `folders/${lastSegment(id)}` }),
    api: null,
  },
  google_service_account_key: {
    computed: {
      name({ cloud, object, project }) {
        const account = accountName(text(object, "service_account_id"), project);
        const count = cloud.next(`google_service_account_key ${account}`);
        return `${account}/keys/${hexId(40, "google_service_account_key", account, String(count))}`;
      },
      private_key: ({ object }) => base64Id(24, "no key of the cloud", text(object, "name")),
      public_key: ({ object }) => base64Id(32, "public key", text(object, "name")),
      valid_after: ({ cloud }) => cloud.now,
      valid_before: () => "9999-12-31T23:59:59Z",
    },
    id: "{name}",
    unread: ["private_key", "keepers", "private_key_type", "key_algorithm", "public_key_type"],
    api: "iam.googleapis.com",
    beforeCreate({ cloud, object, project }) {
      const account = accountName(text(object, "service_account_id"), project);
      if (!account.startsWith(`projects/${project}/`)) return;
      if (cloud.get("google_service_account", account) === undefined) {
        throw new ApiError(404, `Service account ${account} does not exist.`, "notFound");
      }
    },
  },
  google_service_networking_connection: {
    id: ({ object }) =>
      `${encodeURIComponent(text(object, "network"))}:${encodeURIComponent(text(object, "service"))}`,
    parseImport(id) {
      const [network = "", service = ""] = id.split(":").map((part) => decodeURIComponent(part));
      return { id: `${encodeURIComponent(network)}:${encodeURIComponent(service)}`, network, service };
    },
    api: "servicenetworking.googleapis.com",
    unread: ["deletion_policy", "update_on_creation_fail"],
    keeps: ({ object }) => text(object, "deletion_policy") === "ABANDON",
    computed: { peering: ({ object }) => text(object, "service").replaceAll(".", "-") },
  },
  google_storage_notification: {
    id: ({ object }) => `${text(object, "bucket")}/notificationConfigs/${text(object, "notification_id")}`,
    computed: {
      notification_id: ({ cloud, object }) =>
        String(cloud.next(`google_storage_notification ${text(object, "bucket")}`)),
      self_link: (scene) => `https://www.googleapis.com/storage/v1/b/${scene.id}`,
    },
    api: "storage.googleapis.com",
  },
  google_cloudfunctions_function: { id: "projects/{project}/locations/{region}/functions/{name}" },
  google_compute_disk_async_replication: { id: "{primary_disk}" },
  google_compute_network_peering: {
    id: ({ object }) => `${lastSegment(text(object, "network"))}/${text(object, "name")}`,
    imports: ["{project}/{network}/{name}"],
  },
  google_compute_project_metadata: { id: "{project}" },
  google_compute_router_interface: {
    id: "{region}/{router}/{name}",
    imports: ["{project}/{region}/{router}/{name}", "{region}/{router}/{name}", "{router}/{name}"],
  },
  google_compute_shared_vpc_host_project: { id: "{project}", imports: ["{project}"] },
  google_compute_shared_vpc_service_project: {
    id: "{host_project}/{service_project}",
    imports: ["{host_project}/{service_project}"],
  },
  google_container_cluster: { id: "projects/{project}/locations/{location}/clusters/{name}" },
  google_dataproc_cluster: { id: "projects/{project}/regions/{region}/clusters/{name}" },
  google_endpoints_service: { id: "{service_name}", imports: ["{service_name}"] },
  google_organization_iam_custom_role: {
    id: "organizations/{org_id}/roles/{role_id}",
    imports: ["organizations/{org_id}/roles/{role_id}"],
  },
  google_storage_bucket_acl: { id: "{bucket}-acl", existing: "adopt" },
  google_storage_transfer_job: { id: "{project}/{name}", imports: ["{project}/{name}"] },
};

/** `projects/p/serviceAccounts/e`, of an e-mail or a full name. */
function accountName(reference: string, project: string): string {
  return reference.includes("/") ? reference : `projects/${project}/serviceAccounts/${reference}`;
}
