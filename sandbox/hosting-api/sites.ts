import { requireFirebase } from "../services/google/firebase";
import { text } from "../services/shape/paths";
import type { StoredObject } from "../store/contract";
import { isProject, siteObject } from "./hosted";
import { SITE } from "./model";
import { HostingError, type HostingScene, page, textField } from "./request";

/** @throws {HostingError} 404 when the project has no such site */
export function requireSite({ cloud, request }: HostingScene, site: string): StoredObject {
  const object = siteObject(cloud, site);
  const project = request.project;
  if (
    object === undefined ||
    (project !== undefined && !isProject(project, text(object.attributes, "project")))
  ) {
    throw new HostingError(404, `Site ${site} was not found${project ? ` in project ${project}` : ""}.`);
  }
  return object;
}

export function listSites(scene: HostingScene): unknown {
  const { cloud, request } = scene;
  const own = cloud
    .list(SITE)
    .filter(({ attributes }) => isProject(request.project ?? "", text(attributes, "project")));
  const { items, nextPageToken } = page(own, request, 500, 500);
  return { sites: items.map(siteResource), ...(nextPageToken ? { nextPageToken } : {}) };
}

/** Sites are Terraform's business; the CLI offers to make one too. */
export function createSite({ cloud, request }: HostingScene): unknown {
  const site = request.parameters.get("siteId") ?? "";
  const project = request.project ?? "";
  if (!/^[a-z0-9][a-z0-9-]{4,28}[a-z0-9]$/.test(site)) {
    throw new HostingError(400, `Invalid name: \`${site}\` is no id of a site.`);
  }
  requireFirebase(cloud, project);
  const taken = siteObject(cloud, site);
  if (taken !== undefined) {
    throw new HostingError(
      409,
      `Site ${site} exists already, in project ${text(taken.attributes, "project")}.`,
    );
  }
  const name = `projects/${project}/sites/${site}`;
  const attributes = {
    app_id: textField(request.body, "appId") ?? null,
    default_url: `https://${site}.web.app`,
    id: name,
    name,
    project,
    site_id: site,
    timeouts: null,
    type: site === project ? "DEFAULT_SITE" : "USER_SITE",
  };
  if (request.parameters.get("validateOnly") === "true") return siteResource({ attributes });
  cloud.putFact(`firebase/site/${site}`, { project });
  return siteResource(cloud.put({ type: SITE, id: name, attributes }));
}

export function getSite(scene: HostingScene, site: string): unknown {
  return siteResource(requireSite(scene, site));
}

function siteResource({ attributes }: Pick<StoredObject, "attributes">): unknown {
  const app = text(attributes, "app_id");
  return {
    name: text(attributes, "name"),
    defaultUrl: text(attributes, "default_url"),
    type: text(attributes, "type"),
    ...(app === "" ? {} : { appId: app }),
  };
}
