import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, inSeconds } from "../units";

/** What a page may load, by kind; each beside the site itself. */
export interface ContentSources {
  /** Scripts: `https://js.payments.example`, or the hash of an inline one, `'sha256-…'`. @default - the site's own */
  readonly scripts?: readonly string[];
  /** Style sheets; `'unsafe-inline'` for frameworks that write styles into the page. @default - the site's own */
  readonly styles?: readonly string[];
  /** Images. @default - the site's own and those inside a page (`data:`) */
  readonly images?: readonly string[];
  /** Fonts. @default - the site's own */
  readonly fonts?: readonly string[];
  /** What scripts talk to: the API, `https://api.shop.example`. @default - the site alone */
  readonly connections?: readonly string[];
  /** Pages inside a page: a payment form. @default - none */
  readonly frames?: readonly string[];
  /** Where forms are sent. @default - the site alone */
  readonly forms?: readonly string[];
  /** Background scripts. @default - the site's own */
  readonly workers?: readonly string[];
}

/** Features of a browser that pages ask people for. */
export const browserFeatures = [
  "accelerometer",
  "autoplay",
  "camera",
  "display-capture",
  "fullscreen",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "usb",
] as const;
export type BrowserFeature = (typeof browserFeatures)[number];

/** What browsers are told to be strict about. Everything has a strict default; a looser one is written out. */
export interface SecurityHeaders {
  /** How long browsers refuse plain HTTP after a visit, subdomains included, at least 1 day. @default "1 year" */
  readonly httpsOnly?: Duration;
  /** What pages may load beside the site's own content. @default - nothing */
  readonly sources?: ContentSources;
  /** Sites that may show this one inside their pages. @default "none" */
  readonly framedBy?: "none" | "self";
  /** What other sites learn of where a visitor comes from. @default "strict-origin-when-cross-origin" */
  readonly referrer?:
    | "no-referrer"
    | "same-origin"
    | "strict-origin"
    | "strict-origin-when-cross-origin"
    | "no-referrer-when-downgrade";
  /** Features of the browser that the site itself may ask for. @default - none */
  readonly features?: readonly BrowserFeature[];
  /** Whether a window that opens this site, or is opened by it, sees it: signing in in a window of its own needs `popups`. @default "popups" */
  readonly windows?: "alone" | "popups";
}

const kinds: Record<keyof ContentSources, string> = {
  scripts: "script-src",
  styles: "style-src",
  images: "img-src",
  fonts: "font-src",
  connections: "connect-src",
  frames: "frame-src",
  forms: "form-action",
  workers: "worker-src",
};

const remote = /^(https|wss):\/\/(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+(:\d{1,5})?(\/[^\s;,']*)?$/;
const hash = /^'sha(256|384|512)-[A-Za-z0-9+/_-]+={0,2}'$/;
const inPage: Partial<Record<keyof ContentSources, readonly string[]>> = {
  images: ["data:", "blob:"],
  fonts: ["data:"],
  styles: ["'unsafe-inline'"],
  workers: ["blob:"],
};

/** What is wrong with what browsers are told. */
export function securityHeaderProblems(
  { httpsOnly = "1 year", sources = {}, features = [] }: SecurityHeaders,
  field: string,
): (Problem | undefined)[] {
  return [
    check(inSeconds(httpsOnly) >= 86_400, `${field}.httpsOnly`, httpsOnly, "at least 1 day"),
    ...(Object.keys(kinds) as (keyof ContentSources)[]).flatMap((kind) =>
      (sources[kind] ?? []).map((source) => {
        const allowed = inPage[kind] ?? [];
        return check(
          remote.test(source) || allowed.includes(source) || (hash.test(source) && kind === "scripts"),
          `${field}.sources.${kind}`,
          source,
          expectedSource(source, kind, allowed),
        );
      }),
    ),
    ...features.map((feature) =>
      check(
        (browserFeatures as readonly string[]).includes(feature),
        `${field}.features`,
        feature,
        `one of ${browserFeatures.join(", ")}`,
      ),
    ),
  ];
}

function expectedSource(source: string, kind: keyof ContentSources, allowed: readonly string[]): string {
  if (source.startsWith("'unsafe-")) {
    return `no ${source}: whoever gets a line into a page would run it; a hash ('sha256-…') names one inline script`;
  }
  if (source.startsWith("'nonce-")) {
    return "no nonce: a file is the same for everybody, so its nonce would be known";
  }
  return ["https:// and a host", ...(kind === "scripts" ? ["a hash"] : []), ...allowed].join(", or ");
}

/** The headers, by name. */
export function securityHeaders({
  httpsOnly = "1 year",
  sources = {},
  framedBy = "none",
  referrer = "strict-origin-when-cross-origin",
  features = [],
  windows = "popups",
}: SecurityHeaders): Record<string, string> {
  return {
    "Strict-Transport-Security": `max-age=${inSeconds(httpsOnly)}; includeSubDomains`,
    "Content-Security-Policy": contentPolicy(sources, framedBy),
    "X-Frame-Options": framedBy === "none" ? "DENY" : "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": referrer,
    "Permissions-Policy": browserFeatures
      .map((feature) => `${feature}=${features.includes(feature) ? "(self)" : "()"}`)
      .join(", "),
    "Cross-Origin-Opener-Policy": windows === "alone" ? "same-origin" : "same-origin-allow-popups",
  };
}

function contentPolicy(sources: ContentSources, framedBy: "none" | "self"): string {
  const defaults: Partial<Record<keyof ContentSources, string[]>> = { images: ["data:"] };
  const directives = (Object.keys(kinds) as (keyof ContentSources)[]).map((kind) => {
    const given = [...(defaults[kind] ?? []), ...(sources[kind] ?? [])];
    const self = kind === "frames" ? (given.length > 0 ? [] : ["'none'"]) : ["'self'"];
    return [kinds[kind], ...new Set([...self, ...given])].join(" ");
  });
  return [
    "default-src 'self'",
    ...directives,
    "object-src 'none'",
    "base-uri 'self'",
    `frame-ancestors '${framedBy}'`,
    "upgrade-insecure-requests",
  ].join("; ");
}
