import fc from "fast-check";
import { refusals } from "../testing";
import { firebaseJson } from "./firebase-json";
import { hostingFiles } from "./hosting-files";
import type { HostingSettings } from "./hosting-settings";
import { type RuntimeValues, runtimeJson } from "./runtime-values";

interface Hosting {
  readonly headers: readonly { source: string; headers: readonly { key: string; value: string }[] }[];
  readonly rewrites: readonly object[];
  readonly redirects?: readonly object[];
  readonly [key: string]: unknown;
}

function hosting(settings: HostingSettings = {}): Hosting {
  return (JSON.parse(firebaseJson("shop-dev-storefront", settings)) as { hosting: Hosting }).hosting;
}

/** The header that a path pattern of the settings ends up with. */
function header(name: string, source: string, settings: HostingSettings = {}): string | undefined {
  const entries = hosting(settings).headers.filter((entry) => entry.source === source);
  return entries.flatMap(({ headers }) => headers).findLast(({ key }) => key === name)?.value;
}

describe("firebase.json", () => {
  test("GIVEN nothing THEN it is a single page with strict headers, whose hashed files are kept for good", () => {
    expect(hosting()).toMatchObject({
      site: "shop-dev-storefront",
      public: "dist",
      cleanUrls: true,
      trailingSlash: false,
      rewrites: [{ source: "**", destination: "/index.html" }],
    });
    expect(header("Strict-Transport-Security", "**")).toBe("max-age=31622400; includeSubDomains");
    expect(header("X-Frame-Options", "**")).toBe("DENY");
    expect(header("X-Content-Type-Options", "**")).toBe("nosniff");
    expect(header("Referrer-Policy", "**")).toBe("strict-origin-when-cross-origin");
    expect(header("Permissions-Policy", "**")).toContain("camera=(), ");
    expect(header("Content-Security-Policy", "**")).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; frame-src 'none'; form-action 'self'; worker-src 'self'; object-src 'none'; " +
        "base-uri 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
    );
    expect(header("Cache-Control", "/assets/**")).toBe("public, max-age=31536000, immutable");
    expect(header("Cache-Control", "**")).toBe("no-cache");
  });

  test("GIVEN an API, a payment form and a camera THEN just these are let in", () => {
    const security: HostingSettings["security"] = {
      httpsOnly: "30 days",
      sources: {
        scripts: ["https://js.payments.example", "'sha256-abc='"],
        connections: ["https://api.shop.example", "wss://live.shop.example"],
        frames: ["https://*.payments.example"],
        styles: ["'unsafe-inline'"],
      },
      framedBy: "self",
      features: ["camera"],
      windows: "alone",
    };
    const policy = header("Content-Security-Policy", "**", { security });
    expect(policy).toContain("script-src 'self' https://js.payments.example 'sha256-abc='");
    expect(policy).toContain("connect-src 'self' https://api.shop.example wss://live.shop.example");
    expect(policy).toContain("frame-src https://*.payments.example");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(header("Permissions-Policy", "**", { security })).toContain("camera=(self)");
    expect(header("X-Frame-Options", "**", { security })).toBe("SAMEORIGIN");
    expect(header("Cross-Origin-Opener-Policy", "**", { security })).toBe("same-origin");
  });

  test("GIVEN rewrites, redirects and headers THEN they stand in their order, the single page last", () => {
    const made = hosting({
      rewrites: [
        { from: "/admin/**", file: "/admin.html" },
        { from: "/render/**", run: { service: "render", region: "europe-west1" } },
        { from: "/hook", function: { name: "hook", region: "europe-west1" } },
      ],
      redirects: [
        { from: "/blog/:post*", to: "/news/:post" },
        { from: "/sale", to: "https://sale.shop.example", permanent: false },
      ],
      headers: { "/.well-known/**": { "Access-Control-Allow-Origin": "*" } },
      trailingSlash: "keep",
    });
    expect(made.rewrites).toEqual([
      { source: "/admin/**", destination: "/admin.html" },
      { source: "/render/**", run: { serviceId: "render", region: "europe-west1" } },
      { source: "/hook", function: { functionId: "hook", region: "europe-west1" } },
      { source: "**", destination: "/index.html" },
    ]);
    expect(made.redirects).toEqual([
      { source: "/blog/:post*", destination: "/news/:post", type: 301 },
      { source: "/sale", destination: "https://sale.shop.example", type: 302 },
    ]);
    expect(made).not.toHaveProperty("trailingSlash");
    expect(hosting({ singlePage: false }).rewrites).toEqual([]);
  });

  test("the values of an environment are never kept, whatever else is", () => {
    const caching = [{ files: "**", keep: "1 year", immutable: true }] as const;
    expect(hosting({ caching }).headers.at(-1)).toEqual({
      source: "/config.json",
      headers: [{ key: "Cache-Control", value: "no-cache" }],
    });
  });

  test.each(["https://orders-dot-shop-dev.ew.r.appspot.com", "https://shop-gateway.ew.gateway.dev/v1"])(
    "GIVEN a rewrite to %s THEN it is refused with the reason",
    (file) => {
      expect(refusals(() => hosting({ rewrites: [{ from: "/api/**", file }] }))).toEqual([
        expect.stringMatching(/^rewrites\[0\]\.file: .*never to App Engine, API Gateway .*cors/),
      ]);
    },
  );

  test("GIVEN settings that are wrong THEN all of it is told", () => {
    const wrong: HostingSettings = {
      folder: "../elsewhere",
      security: {
        httpsOnly: "1 hour",
        sources: { scripts: ["'unsafe-inline'", "'nonce-1'", "http://a.example"], images: ["*"] },
      },
      headers: {
        nowhere: { "Cache-Control": "no-store", "X-Frame-Options": "DENY", "X Y": "a\nb", "Set-Cookie": "a" },
      },
      rewrites: [{ from: "a b", file: "index.html" }],
      redirects: [
        { from: "/a", to: "/a" },
        { from: "/b", to: "//evil.example" },
      ],
      caching: [
        { files: "/x", keep: "always ask", immutable: true },
        { files: "/y", keep: "2 years" },
      ],
    };
    expect(refusals(() => hosting(wrong)).map((one) => one.slice(0, one.indexOf(":")))).toEqual([
      "folder",
      "security.httpsOnly",
      "security.sources.scripts",
      "security.sources.scripts",
      "security.sources.scripts",
      "security.sources.images",
      "headers.nowhere",
      "headers.nowhere.Cache-Control",
      "headers.nowhere.X-Frame-Options",
      "headers.nowhere.X Y",
      "headers.nowhere.X Y",
      "headers.nowhere.Set-Cookie",
      "rewrites[0].from",
      "rewrites[0].file",
      "redirects[0].to",
      "redirects[1].to",
      "caching[0].immutable",
      "caching[1].keep",
    ]);
  });

  test("whatever the rules, the same settings give the same text or the same refusal", () => {
    const glob = fc.oneof(fc.string(), fc.stringMatching(/^\/[a-z*]{1,5}$/));
    const settings = fc.record({
      rewrites: fc.array(fc.record({ from: glob, file: glob })),
      redirects: fc.array(fc.record({ from: glob, to: glob })),
      headers: fc.dictionary(glob, fc.dictionary(fc.string(), fc.string())),
    });
    const outcome = (one: HostingSettings) => {
      try {
        return hosting(one);
      } catch {
        return refusals(() => hosting(one));
      }
    };
    fc.assert(fc.property(settings, (one) => expect(outcome(one)).toEqual(outcome(one))));
  });
});

describe("config.json", () => {
  const values: RuntimeValues = {
    environment: "dev",
    apiUrl: "https://api.dev.shop.example",
    features: { search: true, pageSize: 20 },
  };

  test("holds what a site reads at run time", () => {
    const files = hostingFiles({ siteId: "shop-dev-storefront", values });
    expect(JSON.parse(files["config.json"])).toEqual(values);
    expect(files["firebase.json"]).toBe(firebaseJson("shop-dev-storefront"));
  });

  test.each<[string, RuntimeValues]>([
    ["apiKey", { apiKey: "x" }],
    ["payments.clientSecret", { payments: { clientSecret: "x" } }],
    ["database", { database: "mongodb://user:pa55@host" }],
    ["keys.0", { keys: [`AIza${"a".repeat(35)}`] }],
  ])("refuses what looks like a secret, by its name %s or its value, and never repeats it", (field, some) => {
    expect(refusals(() => runtimeJson(some))).toEqual([expect.stringMatching(`^${field}: no secrets`)]);
    expect(() => runtimeJson(some)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining("pa55") }),
    );
  });

  test("takes a value that looks like a secret when it is said to be public", () => {
    const firebase = { firebase: { apiKey: `AIza${"a".repeat(35)}` } };
    expect(JSON.parse(runtimeJson(firebase, ["firebase.apiKey"]))).toEqual(firebase);
    expect(refusals(() => runtimeJson({}, ["firebase.apiKey"]))).toHaveLength(1);
  });
});
