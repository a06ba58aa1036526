import type { ServingConfig } from "../hosting-api/model";
import { type Decision, decide, headersFor } from "./decide";

const files = ["/index.html", "/about.html", "/docs/index.html", "/docs/guide.html", "/app.js", "/404.html"];

/** What a path comes to, in short: a file, `404 file`, or `301 → place`. */
function outcome(path: string, config: ServingConfig, present: string[] = files): string {
  const [bare = "", query] = path.split(/\?(.*)/s);
  const address = { path: bare, query: query === undefined ? "" : `?${query}` };
  return said(decide(address, config, (file) => present.includes(file)));
}

function said(decision: Decision): string {
  switch (decision.kind) {
    case "file":
      return decision.status === 200 ? decision.path : `404 ${decision.path}`;
    case "redirect":
      return `${decision.status} → ${decision.location}`;
    case "backend":
      return decision.what;
    case "not found":
      return "404";
  }
}

describe("addresses of files", () => {
  test.each<[path: string, kept: string, added: string, removed: string]>([
    ["/", "/index.html", "/index.html", "/index.html"],
    ["/app.js", "/app.js", "/app.js", "/app.js"],
    ["/about", "/about.html", "301 → /about/", "/about.html"],
    ["/about/", "404 /404.html", "/about.html", "301 → /about"],
    ["/about.html", "301 → /about", "301 → /about/", "301 → /about"],
    ["/docs", "/docs/index.html", "301 → /docs/", "/docs/index.html"],
    ["/docs/", "/docs/index.html", "/docs/index.html", "301 → /docs"],
    ["/docs/index.html", "301 → /docs", "301 → /docs/", "301 → /docs"],
    ["/index.html?a=1", "301 → /?a=1", "301 → /?a=1", "301 → /?a=1"],
    ["/docs/guide.html", "301 → /docs/guide", "301 → /docs/guide/", "301 → /docs/guide"],
    ["//docs//guide", "/docs/guide.html", "301 → /docs/guide/", "/docs/guide.html"],
    ["/nothing", "404 /404.html", "404 /404.html", "404 /404.html"],
  ])("GIVEN clean addresses WHEN %s is asked for", (path, kept, added, removed) => {
    expect(outcome(path, { cleanUrls: true })).toBe(kept);
    expect(outcome(path, { cleanUrls: true, trailingSlashBehavior: "ADD" })).toBe(added);
    expect(outcome(path, { cleanUrls: true, trailingSlashBehavior: "REMOVE" })).toBe(removed);
  });

  test.each([
    ["/about", "404 /404.html"],
    ["/about.html", "/about.html"],
    ["/docs", "301 → /docs/"],
    ["/docs/", "/docs/index.html"],
    ["/docs/index.html", "/docs/index.html"],
  ])("GIVEN addresses as they are WHEN %s is asked for THEN %s", (path, expected) => {
    expect(outcome(path, {})).toBe(expected);
  });
});

test("GIVEN everything overlaps WHEN asked THEN reserved, redirect, file, rewrite, 404 page, in this order", () => {
  const config: ServingConfig = {
    redirects: [
      { glob: "/__/x", location: "/" },
      { glob: "/about.html", location: "/us", statusCode: 302 },
    ],
    rewrites: [
      { glob: "/app.js", path: "/index.html" },
      { glob: "/api/**", run: { serviceId: "orders" } },
      { glob: "/f", function: "pay" },
      { glob: "/broken", path: "/missing.html" },
      { regex: "^/shop/\\d+$", path: "/about.html" },
      { glob: "/app/**", path: "/index.html" },
    ],
  };
  expect(outcome("/__/x", config)).toBe("404");
  expect(outcome("/about.html?b", config)).toBe("302 → /us?b");
  expect(outcome("/app.js", config)).toBe("/app.js");
  expect(outcome("/api/1", config)).toBe("Cloud Run service orders");
  expect(outcome("/f", config)).toBe("function pay");
  expect(outcome("/broken", config)).toBe("404 /404.html");
  expect(outcome("/shop/12", config)).toBe("/about.html");
  expect(outcome("/app/deep/link", config)).toBe("/index.html");
  expect(outcome("/else", config)).toBe("404 /404.html");
  expect(outcome("/else", config, ["/index.html"])).toBe("404");
});

test("GIVEN a single page WHEN any path is asked for THEN files are files, the rest is the page", () => {
  const config: ServingConfig = { rewrites: [{ glob: "**", path: "/index.html" }], cleanUrls: true };
  expect(["/", "/orders/7", "/app.js"].map((path) => outcome(path, config))).toEqual([
    "/index.html",
    "/index.html",
    "/app.js",
  ]);
});

test("GIVEN redirects that keep parts WHEN they fit THEN the target has them, and the query", () => {
  const config: ServingConfig = {
    redirects: [
      { glob: "/blog/:post*", location: "https://blog.example:8443/:post" },
      { glob: "/users/:id/profile", location: "/people?id=:id", statusCode: 308 },
      { regex: "/y(\\d+)", location: "/year/:1", statusCode: 302 },
    ],
  };
  expect(outcome("/blog/2026/ä?x=1", config)).toBe("301 → https://blog.example:8443/2026/%C3%A4?x=1");
  expect(outcome("/users/7/profile?x=1", config)).toBe("308 → /people?id=7&x=1");
  expect(outcome("/y26", config)).toBe("302 → /year/26");
});

test("GIVEN headers of several entries WHEN a path fits more than one THEN the last value of each counts", () => {
  const config: ServingConfig = {
    headers: [
      { glob: "**", headers: { "X-Frame-Options": "DENY", "Cache-Control": "no-cache" } },
      { glob: "/assets/**", headers: { "cache-control": "public, max-age=31536000" } },
      { regex: "\\.js$", headers: { "X-Kind": "script" } },
    ],
  };
  expect(headersFor("/assets/app.js", config)).toEqual({
    "x-frame-options": "DENY",
    "cache-control": "public, max-age=31536000",
    "x-kind": "script",
  });
  expect(headersFor("/", config)).toEqual({ "x-frame-options": "DENY", "cache-control": "no-cache" });
});
