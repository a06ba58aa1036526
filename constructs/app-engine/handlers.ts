import type {
  AppEngineStandardAppVersionHandlers,
  AppEngineStandardAppVersionHandlersStaticFiles,
} from "@cdktf/provider-google/lib/app-engine-standard-app-version";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, googleDuration, inSeconds } from "../units";

/** Who may come without TLS. */
export type Transport =
  /** Nobody: HTTP is sent to HTTPS for ever (301). */
  | "https-only"
  /** Everybody, as they like. */
  | "http-or-https";

interface HandlerBase {
  /** Regular expression over the whole path, starting with `/`: `/assets/.*`. */
  readonly path: string;
  /** @default "https-only" */
  readonly transport?: Transport | undefined;
}

/** Requests that the server answers. */
export interface ServerHandler extends HandlerBase {
  readonly kind: "server";
}

/** Files of the artifact that App Engine answers itself, without an instance. */
export interface StaticHandler extends HandlerBase {
  readonly kind: "static";
  /** Path of the file in the artifact; `\1` stands for the first group of `path`. */
  readonly file: string;
  /** Regular expression of every file that may be answered. */
  readonly uploads: string;
  /** How long browsers and caches keep it. @default - App Engine's, 10 minutes */
  readonly keep?: Duration | undefined;
  /** @default - follows from the file's name */
  readonly mimeType?: string | undefined;
  /** @default - none beyond App Engine's */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A path without its file is somebody else's: the next handler is tried. @default true */
  readonly onlyExisting?: boolean | undefined;
  /** The server can read the file, too. @default false */
  readonly serverReads?: boolean | undefined;
}

/** Which requests go where; the first that fits counts. */
export type Handler = ServerHandler | StaticHandler;

const everything = [".*", "/.*"];
const security = { "https-only": "SECURE_ALWAYS", "http-or-https": "SECURE_OPTIONAL" } as const;

/** What is wrong with them. @see https://cloud.google.com/appengine/docs/standard/reference/app-yaml#handlers_element */
export function handlerProblems(handlers: readonly Handler[]): (Problem | undefined)[] {
  return handlers.flatMap((handler, index) => {
    const field = `handlers[${index}]`;
    const before = handlers.slice(0, index);
    return [
      check(
        isPattern(handler.path) && (/^\//.test(handler.path) || everything.includes(handler.path)),
        `${field}.path`,
        handler.path,
        "a regular expression that starts with /",
      ),
      check(
        !before.some(({ path }) => everything.includes(path)),
        `${field}.path`,
        `${handler.path}, after a handler that takes everything`,
        "a handler before it",
      ),
      check(
        !before.some(({ path }) => path === handler.path && !everything.includes(path)),
        `${field}.path`,
        `${handler.path} a second time`,
        "each path once",
      ),
      ...(handler.kind === "static" ? staticProblems(handler, field) : []),
    ];
  });
}

/** The handlers of a version: those given, and the server for the rest, over HTTPS. */
export function handlerBlocks(handlers: readonly Handler[]): AppEngineStandardAppVersionHandlers[] {
  const complete: Handler[] = handlers.some(({ path }) => everything.includes(path))
    ? [...handlers]
    : [...handlers, { kind: "server", path: ".*" }];
  return complete.map((handler) => {
    const transport = handler.transport ?? "https-only";
    return {
      urlRegex: handler.path,
      securityLevel: security[transport],
      ...(transport === "https-only" ? { redirectHttpResponseCode: "REDIRECT_HTTP_RESPONSE_CODE_301" } : {}),
      ...(handler.kind === "static"
        ? { staticFiles: staticBlock(handler) }
        : { script: { scriptPath: "auto" } }),
    };
  });
}

function staticProblems({ file, uploads, keep }: StaticHandler, field: string): (Problem | undefined)[] {
  return [
    check(/^[^/\s][^\s]*$/.test(file), `${field}.file`, JSON.stringify(file), "a path inside the artifact"),
    check(
      isPattern(uploads),
      `${field}.uploads`,
      JSON.stringify(uploads),
      "a regular expression over the artifact's files",
    ),
    keep === undefined
      ? undefined
      : check(
          inSeconds(keep) >= 0 && inSeconds(keep) <= 366 * 86_400,
          `${field}.keep`,
          keep,
          "at most a year",
        ),
  ];
}

function staticBlock(handler: StaticHandler): AppEngineStandardAppVersionHandlersStaticFiles {
  const { file, uploads, keep, mimeType, headers, onlyExisting = true, serverReads = false } = handler;
  return {
    path: file,
    uploadPathRegex: uploads,
    requireMatchingFile: onlyExisting,
    applicationReadable: serverReads,
    ...(keep === undefined ? {} : { expiration: googleDuration(keep) }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(headers === undefined ? {} : { httpHeaders: { ...headers } }),
  };
}

function isPattern(text: string): boolean {
  try {
    return text !== "" && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
