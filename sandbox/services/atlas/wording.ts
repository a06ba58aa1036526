import { type ApiError, atlasErrorText } from "../api-error";
import type { Failing, Operation, Worded } from "../behaviour";
import { valueAt } from "../shape/paths";

type Phrase = string | readonly [summary: string, detail: string];

interface Phrases {
  /** API path below the project, of the collection and of one object. */
  collection: string;
  object: string;
  create: Phrase;
  update: Phrase;
  delete: Phrase;
}

const cluster = "/clusters/{cluster_name}";

/**
 * How the provider words refusals, type by type; `{said}` is the API's own text. The plugin framework's types have
 * summary and detail, the SDK's only a summary.
 * Source: the error constants and AddError calls of internal/service/<name>/resource*.go, v1.41.1.
 */
const phrases: { readonly [type: string]: Phrases } = {
  mongodbatlas_project: {
    collection: "",
    object: "/{id}",
    create: ["error creating project: {name}", "{said}"],
    update: ["error in project update", "error updating project ({id}): {said}"],
    delete: ["error when destroying resource", "error deleting project ({id}): {said}"],
  },
  mongodbatlas_advanced_cluster: {
    collection: "/{project_id}/clusters",
    object: "/{project_id}/clusters/{name}",
    create: "error creating advanced cluster: {said}",
    update: "error updating advanced cluster ({name}): {said}",
    delete: "error deleting advanced cluster ({name}): {said}",
  },
  mongodbatlas_flex_cluster: {
    collection: "/{project_id}/flexClusters",
    object: "/{project_id}/flexClusters/{name}",
    create: ["error creating flex cluster: {said}", "Name: {name}, Project ID: {project_id}"],
    update: ["error updating flex cluster: {name}", "{said}"],
    delete: ["error deleting a flex cluster ({project_id}): {name}", "{said}"],
  },
  mongodbatlas_cloud_backup_schedule: {
    collection: `/{project_id}${cluster}/backup/schedule`,
    object: `/{project_id}${cluster}/backup/schedule`,
    create: "error creating a Cloud Backup Schedule: {said}",
    update: "error updating a Cloud Backup Schedule: {said}",
    delete: "error deleting MongoDB Cloud Backup Schedule ({cluster_name}): {said}",
  },
  mongodbatlas_backup_compliance_policy: {
    collection: "/{project_id}/backupCompliancePolicy",
    object: "/{project_id}/backupCompliancePolicy",
    create: "error updating a Backup Compliance Policy: {project_id}: {said}",
    update: "error updating a Backup Compliance Policy: {project_id}: {said}",
    delete: "error disabling the Backup Compliance Policy: {project_id}: {said}",
  },
  mongodbatlas_database_user: {
    collection: "/{project_id}/databaseUsers",
    object: "/{project_id}/databaseUsers/{auth_database_name}/{username}",
    create: ["error during database user creation", "{said}"],
    update: ["error during database user creation", "{said}"],
    delete: ["error when destroying the database user resource", "{said}"],
  },
  mongodbatlas_custom_db_role: {
    collection: "/{project_id}/customDBRoles/roles",
    object: "/{project_id}/customDBRoles/roles/{role_name}",
    create: "error creating custom db role: {said}",
    update: "error updating custom db role ({role_name}): {said}",
    delete: "error deleting custom db role ({role_name}): {said}",
  },
  mongodbatlas_project_ip_access_list: {
    collection: "/{project_id}/accessList",
    object: "/{project_id}/accessList",
    create: [
      "error while waiting for resource creation",
      "error creating Project IP Access List information: {said}",
    ],
    update: ["error while waiting for resource creation", "{said}"],
    delete: ["error deleting the entry", "error deleting Project IP Access List information: {said}"],
  },
  mongodbatlas_maintenance_window: {
    collection: "/{project_id}/maintenanceWindow",
    object: "/{project_id}/maintenanceWindow",
    create: "error creating the MongoDB Atlas Maintenance Window ({project_id}): {said}",
    update: "error updating the MongoDB Atlas Maintenance Window ({project_id}): {said}",
    delete: "error deleting the MongoDB Atlas Maintenance Window ({project_id}): {said}",
  },
  mongodbatlas_privatelink_endpoint: {
    collection: "/{project_id}/privateEndpoint/endpointService",
    object: "/{project_id}/privateEndpoint/{provider_name}/endpointService/{private_link_id}",
    create: "error creating MongoDB Private Endpoints Connection: {said}",
    update: "error updating MongoDB Private Endpoints Connection: {said}",
    delete: "error deleting MongoDB Private Endpoints Connection({private_link_id}): {said}",
  },
  mongodbatlas_network_peering: {
    collection: "/{project_id}/peers",
    object: "/{project_id}/peers/{peer_id}",
    create: "error creating MongoDB Network Peering Connection: {said}",
    update: "error updating MongoDB Network Peering Connection ({peer_id}): {said}",
    delete: "error deleting MongoDB Network Peering Connection ({peer_id}): {said}",
  },
};

const METHODS = { create: "POST", update: "PATCH", delete: "DELETE", read: "GET", import: "GET" } as const;

/** A refusal by the Atlas API in the words of the provider. */
export function atlasWording(refusal: ApiError, scene: Failing): Worded {
  const { operation, type } = scene;
  const own = phrases[type.name];
  const below =
    (operation === "create" ? own?.collection : own?.object) ??
    `/{project_id}/${camelCase(nounOf(type.name))}`;
  const path = `/api/atlas/v2/groups${fill(below, scene, "")}`;
  const said = atlasErrorText(refusal, METHODS[operation], path);
  const phrase = phraseOf(operation, own) ?? generalPhrase(scene);
  if (typeof phrase === "string") return { summary: fill(phrase, scene, said) };
  return { summary: fill(phrase[0], scene, said), detail: fill(phrase[1], scene, said) };
}

function phraseOf(operation: Operation, own: Phrases | undefined): Phrase | undefined {
  return operation === "read" || operation === "import" ? undefined : own?.[operation];
}

function generalPhrase({ operation, type }: Failing): Phrase {
  const verb = {
    create: "creating",
    update: "updating",
    delete: "deleting",
    read: "reading",
    import: "importing",
  };
  const doing = verb[operation];
  if (type.facts.framework === 1) return [`error ${doing} resource`, "{said}"];
  return `error ${doing} MongoDB ${nounOf(type.name).replaceAll("_", " ")}: {said}`;
}

function fill(phrase: string, { object }: Failing, said: string): string {
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = name === "said" ? said : valueAt(object, name);
    return typeof value === "string" ? value : "";
  });
}

function nounOf(type: string): string {
  return type.replace(/^mongodbatlas_/, "");
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
