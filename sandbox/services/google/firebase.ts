import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, CloudView } from "../behaviour";
import { hexId, projectNumber, uuid } from "../identity/derived";
import { text } from "../shape/paths";
import { enabledFact } from "./enabled-apis";

const PROJECT = "google_firebase_project";
const WEB_APP = "google_firebase_web_app";
const SITE = "google_firebase_hosting_site";
const CHANNEL = "google_firebase_hosting_channel";
const VERSION = "google_firebase_hosting_version";
const RELEASE = "google_firebase_hosting_release";
const DOMAIN = "google_firebase_hosting_custom_domain";

/**
 * Firebase on a Google project: turned on for ever, then apps and hosting sites.
 * Source: google-beta/services/firebase and firebasehosting, v6.50.0.
 */
export const firebaseBehaviours: Behaviours = {
  [PROJECT]: {
    existing: "adopt",
    keeps: true,
    computed: {
      project_number: ({ project }) => projectNumber(project),
      display_name: ({ project }) => project,
    },
    created({ cloud, project }) {
      for (const api of broughtAlong) cloud.putFact(enabledFact(project, api), { enabled: true });
    },
  },
  [WEB_APP]: {
    computed: {
      app_id: ({ cloud, object, project }) => {
        const name = text(object, "display_name");
        const count = cloud.next(`${WEB_APP} ${project} ${name}`);
        return `1:${projectNumber(project)}:web:${hexId(22, WEB_APP, project, name, String(count))}`;
      },
      name: ({ object, project }) => `projects/${project}/webApps/${text(object, "app_id")}`,
      api_key_id: ({ object }) => uuid(WEB_APP, text(object, "app_id")),
      app_urls: () => [],
    },
    keeps: ({ object }) => text(object, "deletion_policy") === "ABANDON",
    beforeCreate: ({ cloud, project }) => requireFirebase(cloud, project),
  },
  [SITE]: {
    api: "firebasehosting.googleapis.com",
    computed: {
      name: ({ object, project }) => `projects/${project}/sites/${text(object, "site_id")}`,
      default_url: ({ object }) => `https://${text(object, "site_id")}.web.app`,
      type: ({ object, project }) => (text(object, "site_id") === project ? "DEFAULT_SITE" : "USER_SITE"),
    },
    beforeCreate({ cloud, object, project }) {
      requireFirebase(cloud, project);
      const site = text(object, "site_id");
      const taken = cloud.getFact(siteFact(site))?.project;
      if (typeof taken === "string" && taken !== project) {
        throw new ApiError(400, `Invalid name: \`${site}\` is reserved by another project.`);
      }
      const app = text(object, "app_id");
      if (app !== "" && cloud.get(WEB_APP, `projects/${project}/webApps/${app}`) === undefined) {
        throw new ApiError(404, `Web app ${app} was not found in project ${project}.`);
      }
    },
    created: ({ cloud, object, project }) => cloud.putFact(siteFact(text(object, "site_id")), { project }),
    deleted: ({ cloud, object }) => cloud.putFact(siteFact(text(object, "site_id")), undefined),
    owns: ["channel", "version", "release", "custom_domain"].map((kind) => ({
      type: `google_firebase_hosting_${kind}`,
      prefix: () => "",
      of: (owned, site) => text(owned.attributes, "site_id") === text(site.attributes, "site_id"),
    })),
  },
  [CHANNEL]: {
    api: "firebasehosting.googleapis.com",
    computed: {
      expire_time: ({ cloud, object }) => expiry(text(object, "ttl"), cloud.now),
      retained_release_count: () => 10,
    },
    beforeCreate: ({ cloud, object, project }) => requireSite(cloud, text(object, "site_id"), project),
    owns: [{ type: RELEASE }],
  },
  [VERSION]: {
    api: "firebasehosting.googleapis.com",
    computed: {
      version_id: ({ cloud, object }) => {
        const site = text(object, "site_id");
        return hexId(16, VERSION, site, String(cloud.next(`hosting-version ${site}`)), cloud.now);
      },
    },
    beforeCreate: ({ cloud, object, project }) => requireSite(cloud, text(object, "site_id"), project),
  },
  [RELEASE]: {
    api: "firebasehosting.googleapis.com",
    computed: {
      release_id: ({ cloud, object }) => {
        const count = cloud.next(`hosting-release ${text(object, "site_id")}`);
        return `${Date.parse(cloud.now)}${String(count).padStart(6, "0")}`;
      },
      type: () => "DEPLOY",
    },
    beforeCreate: ({ cloud, object, project }) => requireSite(cloud, text(object, "site_id"), project),
  },
  [DOMAIN]: {
    api: "firebasehosting.googleapis.com",
    computed: {
      name: ({ object, project }) =>
        `projects/${project}/sites/${text(object, "site_id")}/customDomains/${text(object, "custom_domain")}`,
      cert_preference: () => "GROUPED",
      cert: ({ object }) => [
        { state: "CERT_PREPARING", type: text(object, "cert_preference"), verification: [] },
      ],
      create_time: ({ cloud }) => cloud.now,
      update_time: ({ cloud }) => cloud.now,
      delete_time: () => "",
      expire_time: () => "",
      etag: (scene) => hexId(32, DOMAIN, scene.id, scene.cloud.now),
      host_state: () => "HOST_UNHOSTED",
      ownership_state: () => "OWNERSHIP_MISSING",
      issues: () => [],
      reconciling: () => false,
      required_dns_updates: ({ cloud, object }) => [
        { check_time: cloud.now, desired: [wantedRecords(object)], discovered: [] },
      ],
    },
    touched: ["update_time", "etag"],
    beforeCreate({ cloud, object, project, id }) {
      requireSite(cloud, text(object, "site_id"), project);
      const domain = text(object, "custom_domain");
      const other = cloud.list(DOMAIN).find(({ attributes }) => text(attributes, "custom_domain") === domain);
      if (other !== undefined && other.id !== id) {
        throw new ApiError(409, `Custom domain ${domain} is connected to another site.`, "alreadyExists");
      }
    },
  },
};

/** What has to be in DNS before a domain is served. Nobody looks into DNS here, so it stays wanted. */
function wantedRecords(object: ObjectValue): ObjectValue {
  const domain = text(object, "custom_domain");
  const record = (type: string, rdata: string): ObjectValue => ({
    domain_name: domain,
    type,
    rdata,
    required_action: "ADD",
  });
  const site = text(object, "site_id");
  const records =
    domain.split(".").length === 2
      ? [record("A", "199.36.158.100"), record("TXT", `hosting-site=${site}`)]
      : [record("CNAME", `${site}.web.app`)];
  return { domain_name: domain, records };
}

/** APIs that adding Firebase to a project turns on. */
const broughtAlong = [
  "firebase.googleapis.com",
  "firebasehosting.googleapis.com",
  "identitytoolkit.googleapis.com",
];

/** When a channel with this time to live ends; without one it stays. */
function expiry(ttl: string, now: string): string {
  const seconds = Number(/^([\d.]+)s$/.exec(ttl)?.[1]);
  return seconds > 0 ? new Date(Date.parse(now) + seconds * 1_000).toISOString() : "";
}

/** @throws ApiError 404 */
export function requireFirebase(cloud: CloudView, project: string): void {
  if (cloud.get(PROJECT, `projects/${project}`) !== undefined) return;
  throw new ApiError(404, `Project ${project} is not a Firebase project.`);
}

function requireSite(cloud: CloudView, site: string, project: string): void {
  if (cloud.get(SITE, `projects/${project}/sites/${site}`) !== undefined) return;
  throw new ApiError(404, `Site ${site} was not found in project ${project}.`);
}

/** Names of sites are one namespace, across projects. */
function siteFact(site: string): string {
  return `firebase/site/${site}`;
}
