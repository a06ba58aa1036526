import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { CloudView } from "../services/behaviour";
import { hexId } from "../services/identity/derived";
import { text } from "../services/shape/paths";
import type { CloudTransaction } from "../store/contract";
import type { SiteFiles } from "../store/site-files";
import { configAttribute, versionFacts } from "./hosted";
import {
  asValue,
  type ServingConfig,
  VERSION,
  type VersionFacts,
  type VersionStatus,
  versionFact,
  versionId,
} from "./model";
import {
  HostingError,
  type HostingRequest,
  type HostingScene,
  maskOf,
  nameBefore,
  page,
  textField,
  textsField,
} from "./request";

/** https://firebase.google.com/docs/hosting/usage-quotas-pricing#quotas-limits */
const LARGEST_FILE = 2 * 1024 ** 3;

export function listVersions({ cloud, request }: HostingScene, site: string): unknown {
  const wanted = /^status\s*=\s*"?([A-Z]+)"?$/.exec(request.parameters.get("filter") ?? "")?.[1];
  const all = cloud
    .list(VERSION, versionId(site, ""))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map(({ attributes }) => text(attributes, "version_id"))
    .filter((version) => wanted === undefined || versionFacts(cloud, site, version)?.status === wanted);
  const { items, nextPageToken } = page(all, request, 25, 100);
  return {
    versions: items.map((version) => versionResource(cloud, request, site, version)),
    ...(nextPageToken ? { nextPageToken } : {}),
  };
}

export function getVersion({ cloud, request }: HostingScene, site: string, version: string): unknown {
  requireVersion(cloud, site, version);
  return versionResource(cloud, request, site, version);
}

export function createVersion({ cloud, request }: HostingScene, site: string): unknown {
  const version = newVersion(cloud, site, {
    status: "CREATED",
    config: configField(request),
    labels: textsField(request.body, "labels"),
    files: {},
    createTime: cloud.now,
  });
  return versionResource(cloud, request, site, version);
}

/** Finalizes a version, or abandons it; until then its configuration and labels may change too. */
export function updateVersion(
  { cloud, files, request }: HostingScene,
  site: string,
  version: string,
): unknown {
  const facts = requireVersion(cloud, site, version);
  const mask = maskOf(request);
  if (mask.includes("config")) {
    requireOpen(facts, version);
    facts.config = configField(request);
  }
  if (mask.includes("labels")) facts.labels = textsField(request.body, "labels");
  const status = mask.includes("status") ? textField(request.body, "status") : undefined;
  if (status === "FINALIZED" && facts.status !== "FINALIZED") finalize(facts, files, version, cloud.now);
  else if (status === "ABANDONED") {
    requireOpen(facts, version);
    facts.status = "ABANDONED";
  } else if (status !== undefined && status !== facts.status) {
    throw new HostingError(400, `A version that is ${facts.status} can't become ${status}.`);
  }
  saveVersion(cloud, site, version, facts);
  return versionResource(cloud, request, site, version);
}

export function deleteVersion({ cloud }: HostingScene, site: string, version: string): unknown {
  requireVersion(cloud, site, version);
  cloud.delete(VERSION, versionId(site, version));
  cloud.putFact(versionFact(site, version), undefined);
  return {};
}

/** Adds files by their hashes, and tells which of them nobody has uploaded yet. */
export function populateFiles(
  { cloud, files, request }: HostingScene,
  site: string,
  version: string,
): unknown {
  const facts = requireVersion(cloud, site, version);
  requireOpen(facts, version);
  const added = textsField(request.body, "files");
  for (const [path, hash] of Object.entries(added)) {
    if (!path.startsWith("/")) throw new HostingError(400, `Invalid path \`${path}\`: it must start with /.`);
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new HostingError(400, `Invalid hash of ${path}: \`${hash}\`.`);
  }
  Object.assign(facts.files, added);
  saveVersion(cloud, site, version, facts);
  const missing = [...new Set(Object.values(added))].filter((hash) => !files.has(hash));
  return {
    uploadUrl: `${request.origin}/upload-firebasehosting.googleapis.com/upload/${versionId(site, version)}/files`,
    ...(missing.length === 0 ? {} : { uploadRequiredHashes: missing }),
  };
}

/** Takes one gzipped file under its hash. */
export function uploadFile(
  scene: HostingScene,
  site: string,
  version: string,
  hash: string,
  gzip: Buffer,
): void {
  const { cloud, files } = scene;
  const facts = requireVersion(cloud, site, version);
  requireOpen(facts, version);
  if (createHash("sha256").update(gzip).digest("hex") !== hash) {
    throw new HostingError(400, `The content's SHA-256 is not ${hash}.`);
  }
  try {
    gunzipSync(gzip, { maxOutputLength: LARGEST_FILE });
  } catch {
    throw new HostingError(400, `The content of ${hash} is not gzipped.`);
  }
  if (!files.has(hash)) files.put(hash, gzip);
}

export function listFiles({ cloud, files, request }: HostingScene, site: string, version: string): unknown {
  const facts = requireVersion(cloud, site, version);
  const all = Object.entries(facts.files).map(([path, hash]) => ({
    path,
    hash,
    status: files.has(hash) ? "ACTIVE" : "EXPECTED",
  }));
  const wanted = request.parameters.get("status");
  const { items, nextPageToken } = page(
    all.filter(({ status }) => !wanted || status === wanted),
    request,
    1_000,
    1_000,
  );
  return { files: items, ...(nextPageToken ? { nextPageToken } : {}) };
}

/** The same content again, on this or another site: an operation that is done at once. */
export function cloneVersion({ cloud, request }: HostingScene, site: string): unknown {
  const source = textField(request.body, "sourceVersion") ?? "";
  const [, fromSite = "", from = ""] =
    /^(?:projects\/[^/]+\/)?sites\/([^/]+)\/versions\/([^/]+)$/.exec(source) ?? [];
  const facts = requireVersion(cloud, fromSite, from);
  if (facts.status !== "FINALIZED") throw new HostingError(400, `Version ${source} is not finalized.`);
  const finalized = request.body.finalize === true;
  const version = newVersion(cloud, site, {
    ...structuredClone(facts),
    status: finalized ? "FINALIZED" : "CREATED",
    createTime: cloud.now,
    ...(finalized ? { finalizeTime: cloud.now } : {}),
  });
  return operationResource(cloud, request, site, version);
}

export function operationResource(
  cloud: CloudView,
  request: HostingRequest,
  site: string,
  version: string,
): unknown {
  requireVersion(cloud, site, version);
  const type = "type.googleapis.com/google.firebase.hosting.v1beta1.Version";
  return {
    name: nameBefore(request, `sites/${site}/operations/${version}`),
    done: true,
    response: { "@type": type, ...versionResource(cloud, request, site, version) },
  };
}

/** @throws {HostingError} 404 */
export function requireVersion(cloud: CloudView, site: string, version: string): VersionFacts {
  const facts = versionFacts(cloud, site, version);
  if (facts === undefined) throw new HostingError(404, `Version ${version} was not found on site ${site}.`);
  return facts;
}

export function versionResource(
  cloud: CloudView,
  request: HostingRequest,
  site: string,
  version: string,
): { name: string; status: VersionStatus } & { [field: string]: unknown } {
  const { files, ...facts } = requireVersion(cloud, site, version);
  return {
    name: nameBefore(request, versionId(site, version)),
    ...facts,
    fileCount: String(Object.keys(files).length),
    createUser: { email: "sandbox@groundwork.invalid" },
  };
}

function newVersion(cloud: CloudTransaction, site: string, facts: VersionFacts): string {
  const version = hexId(16, VERSION, site, String(cloud.next(`hosting-version ${site}`)), cloud.now);
  saveVersion(cloud, site, version, facts);
  return version;
}

function saveVersion(cloud: CloudTransaction, site: string, version: string, facts: VersionFacts): void {
  const name = versionId(site, version);
  const attributes = {
    id: name,
    name,
    site_id: site,
    version_id: version,
    config: [configAttribute(facts.config)],
    timeouts: null,
  };
  cloud.put({ type: VERSION, id: name, attributes });
  cloud.putFact(versionFact(site, version), asValue(facts));
}

function finalize(facts: VersionFacts, files: SiteFiles, version: string, now: string): void {
  requireOpen(facts, version);
  const missing = Object.entries(facts.files).filter(([, hash]) => !files.has(hash));
  if (missing.length > 0) {
    const [path] = missing[0] ?? [];
    throw new HostingError(400, `Version ${version} misses ${missing.length} uploads, ${path} among them.`);
  }
  facts.status = "FINALIZED";
  facts.finalizeTime = now;
}

function requireOpen({ status }: VersionFacts, version: string): void {
  if (status !== "CREATED")
    throw new HostingError(400, `Version ${version} is ${status} and can't be changed.`);
}

function configField({ body }: HostingRequest): ServingConfig {
  const config = body.config ?? {};
  if (typeof config !== "object" || Array.isArray(config)) {
    throw new HostingError(400, "Invalid value at 'config': an object is expected.");
  }
  return config as ServingConfig;
}
