import type { ServingConfig } from "../hosting-api/model";
import { matchPattern } from "./pattern";

/** What a path is answered with. */
export type Decision =
  | { kind: "file"; path: string; status: 200 | 404 }
  | { kind: "redirect"; location: string; status: number }
  /** A rewrite to what runs nowhere here: `Cloud Run service orders`. */
  | { kind: "backend"; what: string }
  | { kind: "not found" };

export interface Address {
  /** Decoded, with its leading slash. */
  path: string;
  /** With its question mark; "" without. */
  query: string;
}

/**
 * Decides as Hosting does: reserved paths, redirects, files, rewrites, the site's own 404 page.
 *
 * @param has whether the version has a file of this path
 * @see https://firebase.google.com/docs/hosting/full-config#hosting_priority_order
 */
export function decide(address: Address, config: ServingConfig, has: (path: string) => boolean): Decision {
  const path = address.path.replace(/\/{2,}/g, "/");
  if (path.startsWith("/__/")) return { kind: "not found" };
  return (
    redirected({ ...address, path }, config) ??
    content({ ...address, path }, config, has) ??
    rewritten(path, config, has) ??
    (has("/404.html") ? { kind: "file", path: "/404.html", status: 404 } : { kind: "not found" })
  );
}

/**
 * The headers of a path: every entry that fits, and of a header's several values the last. They follow the path that was
 * asked for, whatever it was rewritten to.
 */
export function headersFor(path: string, { headers = [] }: ServingConfig): { [name: string]: string } {
  const byName: { [name: string]: string } = {};
  for (const entry of headers) {
    if (matchPattern(entry, path) === undefined) continue;
    for (const [name, value] of Object.entries(entry.headers ?? {})) byName[name.toLowerCase()] = value;
  }
  return byName;
}

function redirected({ path, query }: Address, { redirects = [] }: ServingConfig): Decision | undefined {
  for (const redirect of redirects) {
    const captures = matchPattern(redirect, path);
    if (captures === undefined) continue;
    const target = redirect.location.replace(/:([A-Za-z_]\w*|\d+)\*?/g, (whole, name: string) =>
      Object.hasOwn(captures, name) ? encodeURI(captures[name] ?? "") : whole,
    );
    return { kind: "redirect", location: withQuery(target, query), status: redirect.statusCode ?? 301 };
  }
  return undefined;
}

function withQuery(target: string, query: string): string {
  return target.includes("?") ? `${target}${query.replace("?", "&")}` : `${target}${query}`;
}

/** Files by their path, as directories, and without `.html`; addresses that aren't as configured lead to those that are. */
function content(
  { path, query }: Address,
  { cleanUrls = false, trailingSlashBehavior }: ServingConfig,
  has: (path: string) => boolean,
): Decision | undefined {
  const [add, remove] = [trailingSlashBehavior === "ADD", trailingSlashBehavior === "REMOVE"];
  const slash = path.endsWith("/");
  const bare = slash ? path.slice(0, -1) : path;
  const to = (target: string): Decision => ({
    kind: "redirect",
    location: `${encodeURI(target || "/")}${query}`,
    status: 301,
  });
  const file = (found: string): Decision => ({ kind: "file", path: found, status: 200 });

  if (!slash && has(path)) {
    if (!cleanUrls || !path.endsWith(".html")) return file(path);
    const clean = path.replace(/(\/index)?\.html$/, "");
    return to(add && clean !== "" ? `${clean}/` : clean);
  }
  if (has(`${bare}/index.html`)) {
    if (path === "/") return file("/index.html");
    if (slash && remove) return to(bare);
    if (!slash && (add || (!remove && !cleanUrls))) return to(`${path}/`);
    return file(`${bare}/index.html`);
  }
  if (cleanUrls && has(`${bare}.html`)) {
    if (slash && remove) return to(bare);
    if (slash && !add) return undefined;
    if (!slash && add) return to(`${path}/`);
    return file(`${bare}.html`);
  }
  return undefined;
}

function rewritten(
  path: string,
  { rewrites = [] }: ServingConfig,
  has: (path: string) => boolean,
): Decision | undefined {
  const rewrite = rewrites.find((one) => matchPattern(one, path) !== undefined);
  if (rewrite === undefined) return undefined;
  if (rewrite.run) return { kind: "backend", what: `Cloud Run service ${rewrite.run.serviceId}` };
  if (rewrite.function) return { kind: "backend", what: `function ${rewrite.function}` };
  if (rewrite.path === undefined) return { kind: "backend", what: "Dynamic Link" };
  const target = rewrite.path.startsWith("/") ? rewrite.path : `/${rewrite.path}`;
  const found = [target, `${target}.html`, `${target.replace(/\/$/, "")}/index.html`].find(has);
  return found === undefined ? undefined : { kind: "file", path: found, status: 200 };
}
