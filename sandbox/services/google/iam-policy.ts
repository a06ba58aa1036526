import type { ObjectValue } from "../../values/value";
import { ApiError, googleErrorText, ProviderError } from "../api-error";
import { apiFacts, type IamFacts } from "../api-facts/api-facts";
import type { Change, Failing, ResourceBehaviour, Scene, Worded } from "../behaviour";
import { templateValues } from "../engine/scene";
import { base64Id } from "../identity/derived";
import { expandTemplate, parseId, templateNames } from "../identity/template";
import { blocksAt, text } from "../shape/paths";
import { byProjectId } from "./project-numbers";
import { requireAccount } from "./service-accounts";

/**
 * `…_iam_member`, `…_iam_binding`, `…_iam_policy` and `…_iam_audit_config` of every Google type: one rule for all.
 * Ids are `<resource>/<role>/<member>[/<condition>]`; in import ids spaces stand between the parts.
 * Source: google/tpgiamresource/*.go.
 */
export function iamBehaviour(type: string): ResourceBehaviour {
  const iam = iamFactsOf(type);
  if (iam === undefined) return {};
  return {
    id: ({ object, provider }) => iamId(iam, templateValues(object, provider)),
    parseImport: (id, scene) => parseIamImport(iam, id, scene),
    existing: "adopt",
    keeps: false,
    api: null,
    unread: [],
    touched: [],
    computed: {
      etag: (scene) =>
        base64Id(8, "iam policy", iamResource(iam, templateValues(scene.object, scene.provider))),
    },
    beforeCreate: (scene) => requireGrantable(iam, scene),
    beforeUpdate: (scene) => requireGrantable(iam, scene),
    answer: (scene) => (ownerExists(iam, scene) ? scene.object : null),
    wording: (refusal, scene) => iamWording(iam, refusal, scene),
  };
}

/** Types whose policies the providers handle with code of their own. Source: services/<name>/iam_*.go. */
const handwritten: { [stem: string]: Pick<IamFacts, "resource" | "describe" | "imports"> } = {
  google_project: { resource: "{project}", describe: 'project "{}"' },
  google_folder: { resource: "{folder}", describe: 'folder "{}"' },
  google_organization: { resource: "{org_id}", describe: 'organization "{}"' },
  google_billing_account: { resource: "{billing_account_id}", describe: 'billing account "{}"' },
  google_service_account: { resource: "{service_account_id}", describe: "service account '{}'" },
  google_kms_crypto_key: { resource: "{crypto_key_id}", describe: 'KMS CryptoKey "{}"' },
  google_kms_key_ring: { resource: "{key_ring_id}", describe: 'KMS KeyRing "{}"' },
  google_pubsub_subscription: {
    resource: "projects/{project}/subscriptions/{subscription}",
    describe: 'pubsub subscription "{}"',
  },
  google_spanner_instance: { resource: "{project}/{instance}", describe: 'Spanner Instance: "{}"' },
  google_spanner_database: {
    resource: "{project}/{instance}/{database}",
    describe: 'Spanner Database: "{}"',
  },
  google_bigquery_dataset: {
    resource: "projects/{project}/datasets/{dataset_id}",
    describe: 'Bigquery Dataset "{}"',
  },
  google_bigtable_instance: {
    resource: "projects/{project}/instances/{instance}",
    describe: 'Bigtable Instance "{}"',
  },
  google_bigtable_table: {
    resource: "projects/{project}/instances/{instance}/tables/{table}",
    describe: 'Bigtable Table "{}"',
  },
  google_dataproc_cluster: {
    resource: "projects/{project}/regions/{region}/clusters/{cluster}",
    describe: 'Dataproc Cluster "{}"',
  },
  google_dataproc_job: {
    resource: "projects/{project}/regions/{region}/jobs/{job_id}",
    describe: 'Dataproc Job "{}"',
  },
  google_healthcare_dataset: { resource: "{dataset_id}", describe: 'Healthcare Dataset "{}"' },
  google_healthcare_dicom_store: { resource: "{dicom_store_id}", describe: 'Healthcare DicomStore "{}"' },
  google_healthcare_fhir_store: { resource: "{fhir_store_id}", describe: 'Healthcare FhirStore "{}"' },
  google_healthcare_hl7_v2_store: { resource: "{hl7_v2_store_id}", describe: 'Healthcare Hl7V2Store "{}"' },
};

function iamFactsOf(type: string): IamFacts | undefined {
  const recorded = apiFacts(type)?.iam;
  if (recorded === undefined) return undefined;
  return { ...recorded, ...handwritten[type.replace(/_iam_(member|binding|policy|audit_config)$/, "")] };
}

/** The id of what the policy belongs to, from its short name, its id or its link. */
export function iamResource(iam: IamFacts, object: ObjectValue): string {
  const template = iam.resource ?? "{id}";
  const values: ObjectValue = { ...object };
  if (iam.field !== undefined) Object.assign(values, parseId(iam.imports ?? [], text(object, iam.field)));
  for (const name of templateNames(template)) {
    if (typeof values[name] !== "string") values[name] = "";
  }
  return expandTemplate(template, values);
}

function iamId(iam: IamFacts, object: ObjectValue): string {
  const resource = iamResource(iam, object);
  if (iam.kind === "policy") return resource;
  if (iam.kind === "audit_config") return `${resource}/audit_config/${text(object, "service")}`;
  const condition = blocksAt(object, "condition")[0];
  const key =
    condition === undefined
      ? ""
      : `/${text(condition, "title")}/${text(condition, "description")}/${text(condition, "expression")}`;
  const member = iam.kind === "member" ? `/${memberWithCasing(text(object, "member"))}` : "";
  return `${resource}/${text(object, "role")}${member}${key}`;
}

/** Members are compared without case, save those that a principal set or an identity pool names. */
function memberWithCasing(member: string): string {
  if (/^(deleted:)?(principal|principalSet|principalHierarchy):/.test(member)) return member;
  const colon = member.indexOf(":");
  return colon < 0 ? member : member.slice(0, colon + 1) + member.slice(colon + 1).toLowerCase();
}

function parseIamImport(iam: IamFacts, id: string, scene: Omit<Scene, "object" | "id">): ObjectValue {
  const [resourceId = "", ...parts] = id.split(/\s+/).filter((part) => part !== "");
  const expected = {
    member: [2, "Member", "resource_name role member [condition_title]"],
    binding: [1, "Binding", "resource_name role [condition_title]"],
    audit_config: [1, "AuditConfig", "resource_name service"],
  }[iam.kind] as [number, string, string] | undefined;
  if (expected !== undefined && parts.length < expected[0]) {
    throw new ProviderError(`Wrong number of parts to ${expected[1]} id [${id}]; expected '${expected[2]}'.`);
  }
  const object: ObjectValue = { ...resourceAttributes(iam, resourceId, scene.project) };
  if (iam.kind === "audit_config") object.service = parts[0] ?? null;
  if (iam.kind === "member" || iam.kind === "binding") object.role = parts[0] ?? null;
  if (iam.kind === "member") object.member = memberWithCasing(parts[1] ?? "");
  const title = parts.slice(iam.kind === "member" ? 2 : 1).join(" ");
  const found = scene.cloud
    .list(scene.type.name)
    .filter(({ attributes }) =>
      sameBinding(iam, { ...object, project: object.project ?? scene.project }, attributes, scene.project),
    )
    .find(({ attributes }) => text(blocksAt(attributes, "condition")[0] ?? null, "title") === title);
  return found === undefined ? object : { ...object, ...found.attributes };
}

function sameBinding(iam: IamFacts, wanted: ObjectValue, stored: ObjectValue, project: string): boolean {
  return (
    iamResource(iam, { project, ...wanted }) === iamResource(iam, { project, ...stored }) &&
    ["role", "service"].every((name) => (wanted[name] ?? null) === (stored[name] ?? null)) &&
    memberWithCasing(text(wanted, "member")) === memberWithCasing(text(stored, "member"))
  );
}

function resourceAttributes(iam: IamFacts, resourceId: string, project: string): ObjectValue {
  const names = templateNames(iam.resource ?? "");
  const [only] = names;
  if (names.length === 1 && only !== undefined && iam.resource === `{${only}}`) return { [only]: resourceId };
  const parsed = parseId([...(iam.imports ?? []), iam.resource ?? ""], resourceId);
  if (parsed === undefined) {
    throw new ProviderError(
      `Import id "${resourceId}" doesn't match any of the accepted formats: [${(iam.imports ?? []).join(" ")}]`,
    );
  }
  return { ...(names.includes("project") ? { project } : {}), ...parsed };
}

/** The type of what the policy belongs to: `google_secret_manager_secret` of `…_secret_iam_member`. */
function ownerType(type: string): string {
  return type.replace(/_iam_(member|binding|policy|audit_config)$/, "");
}

/**
 * Whether the owner of the policy is there, as far as the sandbox can tell: it can where the policy calls its owner by
 * the id that the owner's own type has.
 */
function ownerExists(iam: IamFacts, scene: Scene): boolean {
  const type = ownerType(scene.type.name);
  const named = iamResource(iam, templateValues(scene.object, scene.provider)).replace(/^b\//, "");
  const id = byProjectId(named, scene.project);
  const known =
    type === "google_service_account" || apiFacts(type)?.id === iam.resource || type in ownersByName;
  return !known || scene.cloud.get(type, id) !== undefined;
}

/** Owners whose id is other than what their policies call them by. */
const ownersByName = { google_storage_bucket: 1, google_kms_crypto_key: 1, google_kms_key_ring: 1 };

function requireGrantable(iam: IamFacts, scene: Change): void {
  const { cloud, object, project, type } = scene;
  if (!ownerExists(iam, scene)) {
    const resource = iamResource(iam, templateValues(object, scene.provider));
    const noun = apiFacts(ownerType(type.name))?.noun ?? "Resource";
    throw new ApiError(404, `${noun} [${resource}] not found.`, "notFound");
  }
  const role = text(object, "role");
  const custom = /^projects\/([^/]+)\/roles\//.exec(role)?.[1];
  if (custom === project && cloud.get("google_project_iam_custom_role", role) === undefined) {
    throw new ApiError(400, `Role (${role}) does not exist in the resource's hierarchy.`, "badRequest");
  }
  for (const member of membersOf(object)) {
    if (member.startsWith("serviceAccount:")) requireAccount(cloud, member, project);
  }
}

/** Source: iamPolicyReadModifyWrite in google/tpgiamresource/iam.go, and the batcher in google/transport. */
function iamWording(iam: IamFacts, refusal: ApiError, scene: Failing): Worded {
  const resource = iamResource(iam, templateValues(scene.object, scene.provider));
  const described = (iam.describe ?? '"{}"').replace("{}", resource);
  const said = googleErrorText(refusal);
  if (refusal.status === 404 || scene.operation === "read") {
    return { summary: `Error retrieving IAM policy for ${described}: ${said}` };
  }
  const summary = `Error applying IAM policy for ${described}: Error setting IAM policy for ${described}: ${said}`;
  if (iam.batched !== 1) return { summary };
  const role = text(scene.object, "role");
  const member = text(scene.object, "member");
  return {
    summary: `Request \`Create IAM Members ${role} ${member} for ${described}\` returned error: ${summary}`,
  };
}

/** Everybody that a member or binding names. */
function membersOf(object: ObjectValue): string[] {
  const single = text(object, "member");
  const many = object.members;
  const listed = Array.isArray(many) ? many.filter((item) => typeof item === "string") : [];
  return single === "" ? listed : [single, ...listed];
}
