import { ApiError } from "../api-error";
import type { Behaviours, CloudView } from "../behaviour";
import { hexId, projectNumber, uuid } from "../identity/derived";
import { text } from "../shape/paths";
import { enabledFact } from "./enabled-apis";

const PROJECT = "google_firebase_project";
const WEB_APP = "google_firebase_web_app";
const SITE = "google_firebase_hosting_site";

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
  google_firebase_hosting_channel: {
    api: "firebasehosting.googleapis.com",
    beforeCreate: ({ cloud, object, project }) => requireSite(cloud, text(object, "site_id"), project),
  },
  google_firebase_hosting_custom_domain: {
    api: "firebasehosting.googleapis.com",
    beforeCreate: ({ cloud, object, project }) => requireSite(cloud, text(object, "site_id"), project),
  },
};

/** APIs that adding Firebase to a project turns on. */
const broughtAlong = [
  "firebase.googleapis.com",
  "firebasehosting.googleapis.com",
  "identitytoolkit.googleapis.com",
];

function requireFirebase(cloud: CloudView, project: string): void {
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
