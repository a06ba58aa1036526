import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, inSeconds } from "../units";
import { type SecurityHeaders, securityHeaderProblems } from "./security-headers";

/** A path that another content answers, while the address in the browser stays. */
export type Rewrite = {
  /** Paths, as a glob: `/shop/**`. */
  readonly from: string;
} & (
  | { /** A file of the site: `/shop/index.html`. */ readonly file: string }
  | { /** A Cloud Run service. */ readonly run: { readonly service: string; readonly region: string } }
  | { /** A Cloud Function. */ readonly function: { readonly name: string; readonly region: string } }
);

/** A path whose visitors are sent somewhere else. */
export interface Redirect {
  /** Paths, as a glob, or with parts to keep: `/blog/:post*`. */
  readonly from: string;
  /** A path of the site or an https address: `/news/:post`. */
  readonly to: string;
  /** Whether browsers and search engines may remember it for good. @default true */
  readonly permanent?: boolean;
}

/** How long files may be kept without asking again. */
export interface Caching {
  /** Files, as a glob: `/assets/**`. */
  readonly files: string;
  /** By browsers; `always ask`: they keep a file, but ask each time whether it is still the same. */
  readonly keep: Duration | "always ask" | "never keep";
  /** Whether a file never changes under its name: browsers don't even ask when a page is reloaded. @default false */
  readonly immutable?: boolean;
}

/** How a site is served. */
export interface HostingSettings {
  /** Folder with the built site, relative to where it is deployed from. @default "dist" */
  readonly folder?: string;
  /** What is not deployed, as globs. @default - `firebase.json`, hidden files, `node_modules` */
  readonly ignore?: readonly string[];
  /** Whether a path without a file is answered with `/index.html`, which finds out itself what to show. @default true */
  readonly singlePage?: boolean;
  /** What browsers are told to be strict about. @default - as strict as a site without strangers' content can be */
  readonly security?: SecurityHeaders;
  /** Further headers, by glob of the paths that have them. @default - none */
  readonly headers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** @default - none but that of a single page */
  readonly rewrites?: readonly Rewrite[];
  /** The first that fits counts. @default - none */
  readonly redirects?: readonly Redirect[];
  /**
   * The last that fits counts.
   *
   * @default - everything is kept and asked for each time, `/assets/**` (names with a hash) is kept for a year
   */
  readonly caching?: readonly Caching[];
  /** Whether `/about` answers for `about.html`, and `/about.html` leads there. @default true */
  readonly cleanUrls?: boolean;
  /** Whether addresses end with a slash, lose it, or stay as they were asked for. @default "remove" */
  readonly trailingSlash?: "add" | "remove" | "keep";
}

/** Headers that are set by `security`. */
const typed =
  /^(strict-transport-security|content-security-policy|x-frame-options|x-content-type-options|referrer-policy|permissions-policy|cross-origin-opener-policy)$/i;

/** What is wrong with how a site is to be served. */
export function hostingProblems(settings: HostingSettings): Problem[] {
  const {
    folder = "dist",
    security = {},
    headers = {},
    rewrites = [],
    redirects = [],
    caching = [],
  } = settings;
  return [
    check(
      /^(?!\/)(?!.*(^|\/)\.\.(\/|$))[\w@./-]+$/.test(folder),
      "folder",
      folder,
      "a folder below the one that is deployed from",
    ),
    ...securityHeaderProblems(security, "security"),
    ...Object.entries(headers).flatMap(([files, byName]) => headerProblems(files, byName)),
    ...rewrites.flatMap((rewrite, index) => rewriteProblems(rewrite, `rewrites[${index}]`)),
    ...redirects.flatMap((redirect, index) => redirectProblems(redirect, `redirects[${index}]`)),
    ...caching.flatMap(({ files, keep, immutable = false }, index) => [
      globProblem(files, `caching[${index}].files`),
      check(
        !immutable || !(keep === "always ask" || keep === "never keep"),
        `caching[${index}].immutable`,
        true,
        "a time to keep what never changes",
      ),
      check(
        keep === "always ask" || keep === "never keep" || inSeconds(keep) <= 31_622_400,
        `caching[${index}].keep`,
        keep,
        "at most 1 year",
      ),
    ]),
  ].filter((problem) => problem !== undefined);
}

function globProblem(glob: string, field: string): Problem | undefined {
  return check(/^(\/|\*\*)\S*$/.test(glob), field, glob, "a glob that starts with / or **");
}

function headerProblems(files: string, byName: Readonly<Record<string, string>>): (Problem | undefined)[] {
  const field = `headers.${files}`;
  return [
    globProblem(files, field),
    ...Object.entries(byName).flatMap(([name, value]) => [
      check(/^[A-Za-z0-9-]+$/.test(name), `${field}.${name}`, name, "the name of a header"),
      check(/^[^\r\n]+$/.test(value), `${field}.${name}`, JSON.stringify(value), "a value on one line"),
      check(!typed.test(name), `${field}.${name}`, name, "the settings under security, which are checked"),
      check(!/^cache-control$/i.test(name), `${field}.${name}`, name, "the settings under caching"),
      check(
        !/^set-cookie$/i.test(name),
        `${field}.${name}`,
        name,
        "no cookies: content is the same for everybody",
      ),
    ]),
  ];
}

function rewriteProblems(rewrite: Rewrite, field: string): (Problem | undefined)[] {
  const target = "file" in rewrite ? rewrite.file : undefined;
  return [
    globProblem(rewrite.from, `${field}.from`),
    target === undefined
      ? undefined
      : check(
          /^\/\S*$/.test(target),
          `${field}.file`,
          target,
          /:\/\/|appspot\.com|gateway\.dev/.test(target)
            ? "a file of the site: Hosting forwards to Cloud Run and functions, never to App Engine, API Gateway or other addresses. Pages call https://api… themselves; the gateway's cors lets them"
            : "a file of the site, from its top: /index.html",
        ),
  ];
}

function redirectProblems({ from, to }: Redirect, field: string): (Problem | undefined)[] {
  return [
    check(/^(\/|\*\*)\S*$/.test(from), `${field}.from`, from, "a path or a glob that starts with / or **"),
    check(
      /^(\/(?!\/)\S*|https:\/\/\S+)$/.test(to),
      `${field}.to`,
      to,
      "a path of the site or an https address",
    ),
    check(from !== to, `${field}.to`, to, "another path: it would lead in circles"),
  ];
}
