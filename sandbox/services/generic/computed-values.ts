import type { AttributeSchema } from "../../schemas/model";
import { isUnknown, type ObjectValue, type Value } from "../../values/value";
import { apiFacts } from "../api-facts/api-facts";
import type { Scene } from "../behaviour";
import { base64Id, decimalId, hexId, objectId, projectNumber, uuid } from "../identity/derived";
import { expandTemplate } from "../identity/template";
import { lastSegment } from "../shape/paths";

/** What a believable value is made from. */
interface Occasion {
  scene: Scene;
  id: string;
  /** Dotted path of the attribute. */
  path: string;
  parent: ObjectValue;
  atlas: boolean;
}

type Maker = (occasion: Occasion) => Value | undefined;

const seed = ({ scene, id, path }: Occasion): string[] => [scene.type.name, id, path];

/** The link of the object in its API, as Google writes `self_link`. */
export function selfLink(scene: Scene, id: string): string {
  const url = apiFacts(scene.type.name)?.url;
  if (url !== undefined) {
    try {
      const link = expandTemplate(url, { ...scene.object, project: scene.project });
      return link.replace("https://compute.googleapis.com/compute/", "https://www.googleapis.com/compute/");
    } catch {
      // A part of the URL isn't an attribute: the id tells it as well.
    }
  }
  return `https://www.googleapis.com/${id}`;
}

/** By the whole name of the attribute. */
const byName: { [name: string]: Maker } = {
  self_link: ({ scene, id }) => selfLink(scene, id),
  self_link_with_id: ({ scene, id }) => selfLink(scene, id),
  name: ({ id, atlas, scene }) => (atlas ? undefined : isUrlStyle(scene) ? id : lastSegment(id)),
  project: ({ scene }) => scene.project,
  project_number: ({ scene }) => projectNumber(scene.project),
  region: ({ scene }) => stringOf(scene.provider.config.region),
  zone: ({ scene }) => stringOf(scene.provider.config.zone),
  location: ({ scene }) => stringOf(scene.provider.config.region),
  etag: (occasion) => base64Id(6, ...seed(occasion)),
  fingerprint: (occasion) => base64Id(8, ...seed(occasion)),
  label_fingerprint: (occasion) => base64Id(8, ...seed(occasion)),
  metadata_fingerprint: (occasion) => base64Id(8, ...seed(occasion)),
  tags_fingerprint: (occasion) => base64Id(8, ...seed(occasion)),
  creation_timestamp: ({ scene }) => scene.cloud.now.replace("Z", "-00:00"),
  uid: (occasion) => uuid(...seed(occasion)),
  uuid: (occasion) => uuid(...seed(occasion)),
  unique_id: (occasion) => decimalId(21, ...seed(occasion)),
  generated_id: (occasion) => decimalId(19, ...seed(occasion)),
  instance_id: (occasion) => decimalId(19, ...seed(occasion)),
  numeric_id: (occasion) => decimalId(19, ...seed(occasion)),
  state: ({ atlas }) => (atlas ? "IDLE" : "ACTIVE"),
  state_name: () => "IDLE",
  status: ({ atlas }) => (atlas ? "AVAILABLE" : "ACTIVE"),
  lifecycle_state: () => "ACTIVE",
  reconciling: () => false,
  ip_address: (occasion) => address(occasion),
  address: (occasion) => address(occasion),
  gateway_ipv4: (occasion) => address(occasion),
  service_account_email: ({ scene }) => defaultComputeAccount(scene.project),
  effective_labels: ({ parent }) => known(parent.labels) ?? {},
  terraform_labels: ({ parent }) => known(parent.labels) ?? {},
  effective_annotations: ({ parent }) => known(parent.annotations) ?? {},
};

/** By the end of the attribute's name. */
const bySuffix: [suffix: RegExp, make: Maker][] = [
  [/(_time|_timestamp|_date|_at|^created|^updated)$/, ({ scene }) => scene.cloud.now],
  [/_self_link$/, ({ scene, id }) => selfLink(scene, id)],
  [/_ip$|_ip_address$/, (occasion) => address(occasion)],
  [/_(sha256|hash)$/, (occasion) => hexId(64, ...seed(occasion))],
  [/_email$/, ({ scene }) => defaultComputeAccount(scene.project)],
  [/(_uri|_url)$/, ({ id }) => `https://sandbox.invalid/${id}`],
  [/_(host|hostname|domain|endpoint)$/, ({ id }) => `${slug(lastSegment(id))}.sandbox.invalid`],
  [/_id$/, (occasion) => (occasion.atlas ? objectId(...seed(occasion)) : decimalId(19, ...seed(occasion)))],
];

/** A believable value for an attribute of which nothing is known but name and type. */
export function believableValue(
  scene: Scene,
  id: string,
  path: readonly string[],
  parent: ObjectValue,
  schema: AttributeSchema,
): Value | undefined {
  const name = path.findLast((step) => !/^\d+$/.test(step)) ?? "";
  const atlas = scene.type.provider === "mongodbatlas";
  const occasion: Occasion = { scene, id, path: path.join("."), parent, atlas };
  if (path.length === 1 && name === "id") return id;
  const maker = byName[name] ?? bySuffix.find(([suffix]) => suffix.test(name))?.[1];
  if (schema.type === "number") {
    if (/^(project_)?number$/.test(name)) return Number(projectNumber(scene.project));
    return /generation$/.test(name) ? 1 : 0;
  }
  const value = maker?.(occasion);
  if (value === undefined) return undefined;
  const type = schema.type;
  if (type === "string") return typeof value === "string" ? value : undefined;
  if (type === "bool") return typeof value === "boolean" ? value : undefined;
  if (Array.isArray(type) && type[0] === "map") return typeof value === "object" ? value : undefined;
  return undefined;
}

/** APIs younger than Compute name an object by its whole path. */
function isUrlStyle(scene: Scene): boolean {
  return !(apiFacts(scene.type.name)?.url ?? "").includes("/compute/");
}

function stringOf(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function known(value: Value | undefined): Value | undefined {
  return value === null || isUnknown(value) ? undefined : value;
}

/** An address of TEST-NET-3 (RFC 5737), which no machine answers on. */
function address(occasion: Occasion): string {
  return `203.0.113.${1 + (Number.parseInt(hexId(6, ...seed(occasion)), 16) % 254)}`;
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "object"
  );
}

function defaultComputeAccount(project: string): string {
  return `${projectNumber(project)}-compute@developer.gserviceaccount.com`;
}
