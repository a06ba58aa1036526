import type { Faults } from "../faults/faults";
import { resourceType } from "../schemas/catalogue";
import { ANSWERED_BY, ApiError } from "../services/api-error";
import type { Services } from "../services/contract";
import type { SandboxStore } from "../store/open-store";
import type { Diagnostic } from "../values/diagnostic";
import type { ObjectValue } from "../values/value";
import { atlasCollections } from "./atlas";
import type { Collection, Entry, PathNames } from "./collection";
import { googleCollections } from "./google";

/** A request to an API of Google or Atlas. */
export interface RestRequest {
  method: string;
  /** `appengine.googleapis.com`. */
  host: string;
  /** Behind the host, encoded. */
  path: string;
  parameters: URLSearchParams;
}

/** A JSON document, or none. */
export interface RestAnswer {
  status: number;
  body?: unknown;
}

export interface RestApiOptions {
  store: SandboxStore;
  /** With faults around. */
  services: Services;
  faults: Pick<Faults, "intercept">;
}

const collections = [...googleCollections, ...atlasCollections].map((collection) => ({
  collection,
  pattern: new RegExp(`^${collection.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}(?<rest>/.+)?$`),
}));

/** The hosts that are answered for. */
export const restHosts: ReadonlySet<string> = new Set(collections.map(({ collection }) => collection.host));

/**
 * The few lists of the REST APIs of Google and Atlas that are read beside Terraform, over the objects that Terraform made:
 * an entry is deleted by the rules by which Terraform deletes it, and faults strike here too.
 */
export class RestApi {
  constructor(private readonly options: RestApiOptions) {}

  async answer(request: RestRequest): Promise<RestAnswer> {
    const isAtlas = !request.host.endsWith(".googleapis.com");
    try {
      return await this.route(request);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status, reason } = error;
      const message = `${error.message} ${ANSWERED_BY}`;
      const body = isAtlas
        ? { error: status, errorCode: reason ?? "UNEXPECTED_ERROR", detail: message }
        : { error: { code: status, message } };
      return { status, body };
    }
  }

  private async route(request: RestRequest): Promise<RestAnswer> {
    const { method, host, path } = request;
    // Deleting is answered before it is done; here it is done by then.
    if (method === "GET" && /\/operations\/[^/]+$/.test(path)) {
      return { status: 200, body: { name: path.replace(/^\/v1\//, ""), done: true } };
    }
    const { collection, names, rest } = matched(host, path);
    if (rest === undefined) {
      if (method !== "GET") throw new ApiError(405, `Method ${method} is not allowed here.`);
      return this.list(collection, names, request);
    }
    const { store } = this.options;
    const entry = store.read((cloud) => collection.entries(cloud, names).find(({ name }) => name === rest));
    if (method === "GET") {
      await this.struck("read", entry?.type ?? collection.type);
      if (entry === undefined) throw notFound(host, path);
      return { status: 200, body: entry.resource };
    }
    if (method !== "DELETE") throw new ApiError(405, `Method ${method} is not allowed here.`);
    await this.struck("delete", entry?.type ?? collection.type);
    if (entry === undefined) throw notFound(host, path);
    await this.remove(collection, names, entry);
    const body = collection.deleted?.(names);
    return body === undefined ? { status: 204 } : { status: 200, body };
  }

  private async list(
    { type, field, entries }: Collection,
    names: PathNames,
    { host, parameters }: RestRequest,
  ): Promise<RestAnswer> {
    await this.struck("read", type);
    const all = this.options.store.read((cloud) => entries(cloud, names)).map(({ resource }) => resource);
    if (field === undefined) return { status: 200, body: all };
    if (host.endsWith(".googleapis.com")) {
      const size = Number(parameters.get("pageSize") ?? parameters.get("maxResults") ?? 100);
      const from = Number(parameters.get("pageToken") ?? 0);
      const more = from + size < all.length ? { nextPageToken: String(from + size) } : {};
      return { status: 200, body: { [field]: all.slice(from, from + size), ...more } };
    }
    const size = Number(parameters.get("itemsPerPage") ?? 100);
    const from = (Number(parameters.get("pageNum") ?? 1) - 1) * size;
    return { status: 200, body: { [field]: all.slice(from, from + size), totalCount: all.length } };
  }

  private async remove(collection: Collection, names: PathNames, entry: Entry): Promise<void> {
    const { store, services } = this.options;
    const { object } = entry;
    if (object === undefined) {
      await store.transact((cloud) => collection.remove?.(cloud, names, entry));
      return;
    }
    const provider = object.type.startsWith("mongodbatlas_") ? "mongodbatlas" : "google";
    const type = resourceType(provider, object.type) ?? resourceType("google-beta", object.type);
    if (type === undefined) throw new Error(`no resource type ${object.type}`);
    const { diagnostics } = await services.apply({
      type,
      provider: { name: type.provider, config: projectConfig(names) },
      prior: object.attributes,
      planned: null,
      config: null,
    });
    refuse(diagnostics);
  }

  private async struck(operation: "read" | "delete", type: string): Promise<void> {
    refuse((await this.options.faults.intercept(operation, type)) ?? []);
  }
}

/** What the provider would be configured with. */
function projectConfig({ project, app }: PathNames): ObjectValue {
  return { project: project ?? app ?? null };
}

/** A list in an entry of another list has the longer path. */
function matched(host: string, path: string): { collection: Collection; names: PathNames; rest?: string } {
  const found = collections.flatMap(({ collection, pattern }) => {
    const groups = collection.host === host ? pattern.exec(path)?.groups : undefined;
    return groups === undefined ? [] : [{ collection, groups }];
  });
  const [best] = found.sort((a, b) => (a.groups.rest ?? "").length - (b.groups.rest ?? "").length);
  if (best === undefined) throw notFound(host, path);
  const { rest, ...names } = best.groups;
  const decoded = Object.fromEntries(
    Object.entries(names).map(([name, value = ""]) => [name, decodeURIComponent(value)]),
  );
  if (rest === undefined) return { collection: best.collection, names: decoded };
  return {
    collection: best.collection,
    names: decoded,
    rest: rest.slice(1).split("/").map(decodeURIComponent).join("/"),
  };
}

function notFound(host: string, path: string): ApiError {
  return new ApiError(404, `There is no https://${host}${path}.`, "RESOURCE_NOT_FOUND");
}

/** What the services say in the words of Terraform's providers, as the API said it. */
function refuse(diagnostics: readonly Diagnostic[]): void {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error === undefined) return;
  const [, status = "400"] = /(?:Error|HTTP) (\d{3})\b/.exec(error.summary) ?? [];
  throw new ApiError(Number(status), error.summary.replace(/^.*?(?:Error|HTTP) \d{3}:? ?/, ""));
}
