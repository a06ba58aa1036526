import { ApiError } from "../api-error";
import type { Behaviours, Change, ResourceBehaviour } from "../behaviour";
import { projectNumber } from "../identity/derived";
import { lastSegment, text } from "../shape/paths";

/** What logs belong to, and how ids begin with it. */
const owners = {
  project: "projects/{project}",
  folder: "folders/{folder}",
  organization: "organizations/{org_id}",
  billing_account: "billingAccounts/{billing_account}",
} as const;

type Owner = keyof typeof owners;

/** Buckets that every project has: they can be configured, not deleted. */
const givenBuckets = ["_Default", "_Required"];

/**
 * Sinks, exclusions and log buckets of projects, folders, organisations and billing accounts.
 * Source: google/services/logging/resource_logging_{sink,exclusion,bucket_config}.go, v6.50.0.
 */
export const loggingBehaviours: Behaviours = Object.fromEntries(
  (Object.keys(owners) as Owner[]).flatMap((owner): [string, ResourceBehaviour][] => [
    [
      `google_logging_${owner}_sink`,
      { ...named(owner, "sinks"), computed: { writer_identity: (scene) => writerOf(scene) } },
    ],
    [`google_logging_${owner}_exclusion`, { ...named(owner, "exclusions"), keeps: false }],
    [`google_logging_${owner}_bucket_config`, bucketConfig(owner)],
  ]),
);

function named(owner: Owner, collection: string): ResourceBehaviour {
  return {
    id: ({ object, project }) => `${prefix(owner, object, project)}/${collection}/${text(object, "name")}`,
    parseImport: (id) => ({ id, name: lastSegment(id), ...ownerParts(owner, id) }),
    conflict: (scene) => new ApiError(409, `Resource '${scene.id}' already exists`, "alreadyExists"),
    api: "logging.googleapis.com",
  };
}

function bucketConfig(owner: Owner): ResourceBehaviour {
  return {
    id: ({ object, project }) =>
      `${prefix(owner, object, project)}/locations/${text(object, "location")}/buckets/${text(object, "bucket_id")}`,
    parseImport(id) {
      const location = /\/locations\/([^/]+)\/buckets\//.exec(id)?.[1] ?? "";
      return { id, bucket_id: lastSegment(id), location, ...ownerParts(owner, id) };
    },
    api: "logging.googleapis.com",
    existing: "adopt",
    keeps: ({ object }) => givenBuckets.includes(text(object, "bucket_id")),
    computed: { name: (scene) => scene.id, lifecycle_state: () => "ACTIVE", description: () => "" },
  };
}

function prefix(owner: Owner, object: Parameters<typeof text>[0], project: string): string {
  const [collection = "", name = ""] = owners[owner].split("/");
  const attribute = name.replace(/[{}]/g, "");
  const given = attribute === "project" ? text(object, attribute) || project : text(object, attribute);
  return `${collection}/${lastSegment(given)}`;
}

function ownerParts(owner: Owner, id: string): { [name: string]: string } {
  const attribute = owners[owner].split("/")[1]?.replace(/[{}]/g, "") ?? "";
  return { [attribute]: id.split("/")[1] ?? "" };
}

/**
 * Who writes to the sink's destination: nobody where it is a log bucket of the same project, Google's shared account of
 * old where the sink has none of its own. Source: Cloud Logging documentation, "Set destination permissions".
 */
function writerOf({ object, project }: Change): string {
  const own = text(object, "custom_writer_identity");
  if (own !== "") return own;
  const bucket = `logging.googleapis.com/projects/${project}/`;
  if (text(object, "destination").startsWith(bucket)) return "";
  return object.unique_writer_identity === false
    ? "serviceAccount:cloud-logs@system.gserviceaccount.com"
    : `serviceAccount:service-${projectNumber(project)}@gcp-sa-logging.iam.gserviceaccount.com`;
}
