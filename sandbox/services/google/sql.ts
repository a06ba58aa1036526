import { ApiError, ProviderError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { hexId, projectNumber } from "../identity/derived";
import { text, valueAt } from "../shape/paths";
import { privateAddress, requirePrivateServices } from "./private-services";

const INSTANCE = "google_sql_database_instance";
const USER = "google_sql_user";
const DATABASE = "google_sql_database";

/** Days for which the name of a deleted instance can't be used. Source: Cloud SQL documentation, "Delete instances". */
const DAYS_TAKEN = 7;

/**
 * Cloud SQL instances, their databases and users.
 * Source: google/services/sql/resource_sql_{database_instance,database,user}.go, v6.50.0.
 */
export const sqlBehaviours: Behaviours = {
  [INSTANCE]: {
    api: "sqladmin.googleapis.com",
    virtual: { deletion_protection: true },
    unread: ["root_password"],
    computed: {
      region: ({ provider }) => text(provider.config, "region"),
      instance_type: ({ object }) => (isReplica(object) ? "READ_REPLICA_INSTANCE" : "CLOUD_SQL_INSTANCE"),
      master_instance_name: () => "",
      replica_names: () => [],
      connection_name: ({ object, project }) =>
        `${project}:${text(object, "region")}:${text(object, "name")}`,
      private_ip_address: (scene) =>
        networkOf(scene.object) === "" ? "" : privateAddress(scene, text(scene.object, allocatedRange)),
      public_ip_address: ({ object, id }) =>
        hasPublicAddress(object)
          ? `203.0.113.${1 + (Number.parseInt(hexId(6, INSTANCE, id), 16) % 254)}`
          : "",
      first_ip_address: ({ object }) =>
        text(object, "public_ip_address") || text(object, "private_ip_address"),
      ip_address: ({ object }) =>
        [
          { type: "PRIMARY", ip_address: text(object, "public_ip_address") },
          { type: "PRIVATE", ip_address: text(object, "private_ip_address") },
        ]
          .filter(({ ip_address }) => ip_address !== "")
          .map((address) => ({ ...address, time_to_retire: "" })),
      service_account_email_address: ({ id, project }) =>
        `p${projectNumber(project)}-${hexId(6, INSTANCE, id)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
      self_link: ({ id }) => `https://sqladmin.googleapis.com/sql/v1beta4/${id}`,
      maintenance_version: ({ object }) => `${text(object, "database_version")}.R20261101.00_00`,
      "settings.version": () => 1,
      "settings.effective_availability_type": (_scene, settings) => text(settings, "availability_type"),
      // A replica's disk is as large as its primary's.
      "settings.disk_size": ({ cloud, object, project }) => {
        const primary = cloud.get(INSTANCE, nameOf(project, text(object, "master_instance_name")));
        return Number(valueAt(primary?.attributes ?? {}, "settings.disk_size") ?? 10);
      },
      "settings.disk_type": () => "PD_SSD",
      "settings.edition": () => "ENTERPRISE",
      "settings.connector_enforcement": () => "NOT_REQUIRED",
      "settings.user_labels": () => ({}),
      "settings.ip_configuration.server_ca_mode": () => "GOOGLE_MANAGED_INTERNAL_CA",
      "settings.ip_configuration.ssl_mode": () => "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    },
    conflict: instanceExists,
    beforeCreate(scene) {
      requireFreeName(scene);
      requireMaster(scene);
      requirePrivateServices(scene, networkOf(scene.object));
    },
    beforeDelete: requireUnprotected,
    created: (scene) => changeReplicas(scene, (names) => [...names, text(scene.object, "name")]),
    deleted(scene) {
      const { cloud, id, object } = scene;
      cloud.putFact(deletedFact(id), { at: cloud.now });
      changeReplicas(scene, (names) => names.filter((name) => name !== text(object, "name")));
    },
    owns: [
      { type: DATABASE },
      {
        type: USER,
        prefix: () => "",
        of: ({ attributes }, { id }) =>
          nameOf(text(attributes, "project"), text(attributes, "instance")) === id,
      },
    ],
  },
  [DATABASE]: {
    computed: { charset: () => "UTF8", collation: () => "en_US.UTF8" },
    beforeCreate: requireInstance,
    keeps: ({ object }) => text(object, "deletion_policy") === "ABANDON",
  },
  [USER]: {
    id: ({ object }) => `${text(object, "name")}/${text(object, "host")}/${text(object, "instance")}`,
    parseImport(id, { project: own }) {
      const [project = "", instance = "", ...name] = id.split("/");
      if (name.length === 0) {
        throw new ProviderError(
          "Invalid specifier. Expecting {project}/{instance}/{name} for postgres database and " +
            "{project}/{instance}/{host}/{name} for MySQL database",
        );
      }
      const user = name.at(-1) ?? "";
      const host = name.slice(0, -1).join("/");
      return { id: `${user}/${host}/${instance}`, project: project || own, instance, host, name: user };
    },
    api: "sqladmin.googleapis.com",
    unread: ["password", "password_wo_version", "deletion_policy"],
    computed: { host: () => "" },
    beforeCreate: requireInstance,
    keeps: ({ object }) => text(object, "deletion_policy") === "ABANDON",
  },
};

const network = "settings.ip_configuration.private_network";
const allocatedRange = "settings.ip_configuration.allocated_ip_range";

function isReplica(object: Change["object"]): boolean {
  return text(object, "master_instance_name") !== "";
}

function networkOf(object: Change["object"]): string {
  return text(object, network);
}

function hasPublicAddress(object: Change["object"]): boolean {
  return valueAt(object, "settings.ip_configuration.ipv4_enabled") === true;
}

function nameOf(project: string, instance: string): string {
  return `projects/${project}/instances/${instance}`;
}

function deletedFact(id: string): string {
  return `sql/deleted-instance/${id}`;
}

function instanceExists(): ApiError {
  return new ApiError(
    409,
    "The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted " +
      "instance until one week from the deletion date.",
    "instanceAlreadyExists",
  );
}

function requireFreeName({ cloud, object, project }: Change): void {
  const at = cloud.getFact(deletedFact(nameOf(project, text(object, "name"))))?.at;
  if (typeof at !== "string") return;
  if (Date.parse(cloud.now) - Date.parse(at) < DAYS_TAKEN * 86_400_000) throw instanceExists();
}

function requireMaster({ cloud, object, project }: Change): void {
  const master = text(object, "master_instance_name");
  if (master === "" || cloud.get(INSTANCE, nameOf(project, master)) !== undefined) return;
  throw new ApiError(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist");
}

function requireInstance({ cloud, object, project }: Change): void {
  if (cloud.get(INSTANCE, nameOf(project, text(object, "instance"))) !== undefined) return;
  throw new ApiError(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist");
}

/** Both locks: the provider's own, and the API's. */
function requireUnprotected({ cloud, object, id, stored }: Change): void {
  if (object.deletion_protection === true) {
    throw new ProviderError(
      "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed with instance deletion",
    );
  }
  if (valueAt(stored?.attributes ?? {}, "settings.deletion_protection_enabled") === true) {
    throw new ApiError(
      400,
      "The instance is protected. Please disable the deletion protection and try again.",
      "invalid",
    );
  }
  const replica = cloud
    .list(INSTANCE)
    .find(
      ({ attributes }) =>
        nameOf(text(attributes, "project"), text(attributes, "master_instance_name")) === id,
    );
  if (replica === undefined) return;
  throw new ApiError(
    400,
    `The requested operation is not valid for an instance that has replicas: ${replica.id}.`,
    "invalidOperation",
  );
}

/** What the primary says of its replicas. */
function changeReplicas({ cloud, object, project }: Change, change: (names: string[]) => string[]): void {
  const primary = cloud.get(INSTANCE, nameOf(project, text(object, "master_instance_name")));
  if (primary === undefined) return;
  const names = primary.attributes.replica_names;
  const known = Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  cloud.put({ ...primary, attributes: { ...primary.attributes, replica_names: change(known) } });
}
