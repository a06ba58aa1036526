import { UserError } from "@groundwork/user-error";
import { inSeconds } from "../units";
import {
  type Caching,
  type HostingSettings,
  hostingProblems,
  type Redirect,
  type Rewrite,
} from "./hosting-settings";
import { securityHeaders } from "./security-headers";

/** Path of the values that a site reads at run time. */
export const runtimePath = "/config.json";

const usualIgnores = ["firebase.json", "**/.*", "**/node_modules/**"];
const usualCaching: readonly Caching[] = [
  { files: "**", keep: "always ask" },
  { files: "/assets/**", keep: "1 year", immutable: true },
];

/**
 * `firebase.json` of a site, for `firebase deploy`: the same text for the same settings.
 *
 * @param siteId the site in Firebase Hosting
 * @throws UserError with everything that is wrong with the settings
 * @see https://firebase.google.com/docs/hosting/full-config
 */
export function firebaseJson(siteId: string, settings: HostingSettings = {}): string {
  const problems = hostingProblems(settings);
  if (problems.length > 0) {
    throw new UserError(`The site ${siteId} can't be served so.`, problems);
  }
  return `${JSON.stringify({ hosting: hostingOf(siteId, settings) }, null, 2)}\n`;
}

function hostingOf(siteId: string, settings: HostingSettings) {
  const { folder = "dist", ignore = usualIgnores, cleanUrls = true, trailingSlash = "remove" } = settings;
  const { rewrites = [], redirects = [], singlePage = true } = settings;
  return {
    site: siteId,
    public: folder,
    ignore,
    cleanUrls,
    ...(trailingSlash === "keep" ? {} : { trailingSlash: trailingSlash === "add" }),
    headers: headersOf(settings),
    ...(redirects.length > 0 ? { redirects: redirects.map(redirectOf) } : {}),
    rewrites: [
      ...rewrites.map(rewriteOf),
      ...(singlePage ? [{ source: "**", destination: "/index.html" }] : []),
    ],
  };
}

/** Where several entries set the same header, the last one counts; the run-time values come last, they are never kept. */
function headersOf({ security = {}, headers = {}, caching = usualCaching }: HostingSettings) {
  const entry = (source: string, byName: Readonly<Record<string, string>>) => ({
    source,
    headers: Object.entries(byName).map(([key, value]) => ({ key, value })),
  });
  return [
    entry("**", securityHeaders(security)),
    ...caching.map((one) => entry(one.files, { "Cache-Control": cacheControl(one) })),
    ...Object.entries(headers).map(([source, byName]) => entry(source, byName)),
    entry(runtimePath, { "Cache-Control": cacheControl({ files: runtimePath, keep: "always ask" }) }),
  ];
}

function cacheControl({ keep, immutable = false }: Caching): string {
  if (keep === "always ask") {
    return "no-cache";
  }
  return keep === "never keep"
    ? "no-store"
    : `public, max-age=${Math.min(inSeconds(keep), 31_536_000)}${immutable ? ", immutable" : ""}`;
}

function rewriteOf(rewrite: Rewrite): Record<string, unknown> {
  const { from: source } = rewrite;
  if ("file" in rewrite) {
    return { source, destination: rewrite.file };
  }
  return "run" in rewrite
    ? { source, run: { serviceId: rewrite.run.service, region: rewrite.run.region } }
    : { source, function: { functionId: rewrite.function.name, region: rewrite.function.region } };
}

function redirectOf({ from: source, to: destination, permanent = true }: Redirect) {
  return { source, destination, type: permanent ? 301 : 302 };
}
