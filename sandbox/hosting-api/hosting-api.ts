import { timingSafeEqual } from "node:crypto";
import type { HttpFaults } from "../faults/faults";
import { ApiError } from "../services/api-error";
import type { SandboxStore } from "../store/open-store";
import {
  createChannel,
  deleteChannel,
  getChannel,
  listChannels,
  requireChannel,
  updateChannel,
} from "./channels";
import { CHANNEL, RELEASE, SITE, VERSION } from "./model";
import { createRelease, getRelease, listReleases } from "./releases";
import { HostingError, type HostingRequest, type HostingScene } from "./request";
import { createSite, getSite, listSites, requireSite } from "./sites";
import { answerSurroundings } from "./surroundings";
import {
  cloneVersion,
  createVersion,
  deleteVersion,
  getVersion,
  listFiles,
  listVersions,
  operationResource,
  populateFiles,
  updateVersion,
  uploadFile,
} from "./versions";

/** A request as it came over HTTP; its body was read. */
export interface RawRequest {
  method: string;
  path: string;
  parameters: URLSearchParams;
  authorization: string | undefined;
  body: Buffer;
  /** Where this API was asked, and may be asked again: `http://127.0.0.1:8123`. */
  origin: string;
  port: number;
}

export interface RawAnswer {
  status: number;
  /** JSON. */
  body: unknown;
  /** The work was done, but the client shall not hear of it. */
  lost?: boolean;
}

export interface HostingApiOptions {
  store: SandboxStore;
  /** What requests carry as `Authorization: Bearer …`, or as the password of `Basic …`. @default - none is asked for */
  token?: string;
  /** @default - nothing goes wrong on purpose */
  faults?: HttpFaults;
  /** Told about errors of the API itself. @default - they are only answered with 500 */
  onError?: (error: unknown) => void;
}

/** Statuses as Google writes them. https://cloud.google.com/apis/design/errors#handling_errors */
const STATUS: { [code: number]: string } = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ALREADY_EXISTS",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  501: "UNIMPLEMENTED",
  503: "UNAVAILABLE",
};

const OPERATIONS: { [method: string]: "create" | "read" | "update" | "delete" } = {
  GET: "read",
  POST: "create",
  PATCH: "update",
  DELETE: "delete",
};

const UPLOAD =
  /^\/upload-firebasehosting\.googleapis\.com\/upload\/sites\/([^/]+)\/versions\/([^/]+)\/files\/([^/]+)$/;
const API =
  /^\/firebasehosting\.googleapis\.com\/v1beta1\/(?:projects\/([^/]+)\/)?(sites(?:\/.*)?|operations\/.*)$/;

/**
 * The REST API of Firebase Hosting over the simulated cloud, and the few calls beside it that the Firebase CLI makes.
 *
 * @see https://firebase.google.com/docs/reference/hosting/rest
 */
export class HostingApi {
  constructor(private readonly options: HostingApiOptions) {}

  /** Whether a path is of this API. */
  answers(path: string): boolean {
    return UPLOAD.test(path) || API.test(path) || answerSurroundings(path) !== undefined;
  }

  async answer(raw: RawRequest): Promise<RawAnswer> {
    try {
      return await this.answerOrThrow(raw);
    } catch (error) {
      if (error instanceof HostingError || error instanceof ApiError)
        return errorAnswer(error.status, error.message);
      this.options.onError?.(error);
      return errorAnswer(500, "Internal error.");
    }
  }

  private async answerOrThrow(raw: RawRequest): Promise<RawAnswer> {
    const surroundings = answerSurroundings(raw.path);
    if (surroundings !== undefined) {
      return { status: 200, body: surroundings(raw.body.toString()) };
    }
    this.checkToken(raw.authorization);
    const upload = UPLOAD.exec(raw.path);
    const { work, type } = upload ? uploading(upload, raw) : routed(raw);
    const operation = OPERATIONS[raw.method] ?? "read";
    const fault = await this.options.faults?.http(operation, type);
    if (fault?.status !== undefined)
      return errorAnswer(fault.status, "Injected by `groundwork sandbox fault`.");
    const { store } = this.options;
    const request = requestOf(raw);
    const body = await store.transactAside((cloud) => work({ cloud, files: store.files, request }));
    return { status: 200, body, ...(fault?.lost ? { lost: true } : {}) };
  }

  private checkToken(authorization: string | undefined): void {
    const { token } = this.options;
    if (token === undefined) return;
    const [, basic] = /^Basic (\S+)$/i.exec(authorization ?? "") ?? [];
    const [, bearer = ""] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
    const password =
      basic &&
      Buffer.from(basic, "base64")
        .toString()
        .replace(/^[^:]*:/, "");
    const given = Buffer.from(password ?? bearer);
    const wanted = Buffer.from(token);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new HostingError(401, "This is a local sandbox, and the request does not carry its token.");
    }
  }
}

interface Routed {
  /** For faults. */
  type: string;
  work: (scene: HostingScene) => unknown;
}

function uploading([, site = "", version = "", hash = ""]: RegExpExecArray, { body }: RawRequest): Routed {
  return { type: VERSION, work: (scene) => uploadFile(scene, site, version, hash, body) ?? {} };
}

function routed(raw: RawRequest): Routed {
  const [, , rest = ""] = API.exec(raw.path) ?? [];
  const parts = rest.split("/").map((part) => decodeURIComponent(part));
  const [, site = "", kind = "", id, below, belowId] = parts;
  const call = (routes: { [method: string]: (scene: HostingScene) => unknown }, type: string): Routed => {
    const work = routes[raw.method];
    if (work === undefined) throw new HostingError(404, `The sandbox answers no ${raw.method} ${raw.path}.`);
    const checked = (scene: HostingScene) => {
      if (kind !== "") requireSite(scene, site);
      if (kind === "channels" && id !== undefined && below !== undefined) requireChannel(scene, site, id);
      return work(scene);
    };
    return { type, work: checked };
  };
  if (parts.length === 1) return call({ GET: listSites, POST: createSite }, SITE);
  if (kind === "") return call({ GET: (scene) => getSite(scene, site) }, SITE);
  if (kind === "versions:clone") return call({ POST: (scene) => cloneVersion(scene, site) }, VERSION);
  if (kind === "operations" && id !== undefined) {
    return call({ GET: ({ cloud, request }) => operationResource(cloud, request, site, id) }, VERSION);
  }
  if (kind === "channels" && below === undefined) {
    if (id === undefined) {
      return call(
        { GET: (scene) => listChannels(scene, site), POST: (scene) => createChannel(scene, site) },
        CHANNEL,
      );
    }
    return call(
      {
        GET: (scene) => getChannel(scene, site, id),
        PATCH: (scene) => updateChannel(scene, site, id),
        DELETE: (scene) => deleteChannel(scene, site, id),
      },
      CHANNEL,
    );
  }
  if (kind === "versions") return versionRoutes(call, site, id, below);
  const [channel, release] =
    kind === "releases" ? ["live", id] : below === "releases" ? [id ?? "", belowId] : [undefined, undefined];
  if (channel !== undefined) {
    if (release !== undefined)
      return call({ GET: (scene) => getRelease(scene, site, channel, release) }, RELEASE);
    return call(
      {
        GET: (scene) => listReleases(scene, site, channel),
        POST: (scene) => createRelease(scene, site, channel),
      },
      RELEASE,
    );
  }
  throw new HostingError(404, `The sandbox answers no ${raw.method} ${raw.path}.`);
}

function versionRoutes(
  call: (routes: { [method: string]: (scene: HostingScene) => unknown }, type: string) => Routed,
  site: string,
  id: string | undefined,
  below: string | undefined,
): Routed {
  if (id === undefined) {
    return call(
      { GET: (scene) => listVersions(scene, site), POST: (scene) => createVersion(scene, site) },
      VERSION,
    );
  }
  if (id.endsWith(":populateFiles")) {
    const version = id.slice(0, -":populateFiles".length);
    return call({ POST: (scene) => populateFiles(scene, site, version) }, VERSION);
  }
  if (below === "files") return call({ GET: (scene) => listFiles(scene, site, id) }, VERSION);
  return call(
    {
      GET: (scene) => getVersion(scene, site, id),
      PATCH: (scene) => updateVersion(scene, site, id),
      DELETE: (scene) => deleteVersion(scene, site, id),
    },
    VERSION,
  );
}

function requestOf({ method, path, parameters, body, origin, port }: RawRequest): HostingRequest {
  const isUpload = UPLOAD.test(path);
  let parsed: unknown = {};
  try {
    if (body.length > 0 && !isUpload) parsed = JSON.parse(body.toString());
  } catch {
    throw new HostingError(400, "The request's body is no JSON.");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new HostingError(400, "The request's body is no JSON object.");
  }
  return {
    method,
    project: isUpload ? undefined : API.exec(path)?.[1],
    parameters,
    body: parsed as { [field: string]: unknown },
    origin,
    port,
  };
}

function errorAnswer(code: number, message: string): RawAnswer {
  const status = STATUS[code] ?? "UNKNOWN";
  return {
    status: code,
    body: { error: { code, message: `${message} Answered by the Groundwork sandbox.`, status } },
  };
}
