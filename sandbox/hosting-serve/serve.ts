import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { channelAt, servedVersion } from "../hosting-api/hosted";
import type { VersionFacts } from "../hosting-api/model";
import type { SandboxStore } from "../store/open-store";
import { decide, headersFor } from "./decide";
import { mediaType } from "./media-types";

/** What Hosting sets itself, where the configuration doesn't. https://firebase.google.com/docs/hosting/manage-cache */
const USUAL_HEADERS = { "cache-control": "max-age=3600", vary: "x-fh-requested-host, accept-encoding" };

interface Page {
  status: number;
  headers?: { [name: string]: string };
  body?: Buffer;
}

/** Serves what was released to channels, each under a host of its own: `shop--pr-12-k3j9x0ab.localhost`. */
export class HostedSites {
  constructor(private readonly store: Pick<SandboxStore, "read" | "files">) {}

  /** The first part of a host of ours; undefined for any other host. */
  labelOf(host: string | undefined, port: number): string | undefined {
    const [, label, given] = /^([a-z0-9._-]+)\.localhost:(\d+)$/i.exec(host ?? "") ?? [];
    return given === String(port) ? label?.toLowerCase() : undefined;
  }

  /** Answers a request for a host of ours. */
  serve(label: string, message: IncomingMessage, response: ServerResponse): void {
    const page = this.pageFor(label, message);
    const body = page.body ?? Buffer.alloc(0);
    response.writeHead(page.status, {
      ...page.headers,
      // An open connection would keep the sandbox alive as long as the browser.
      connection: "close",
      ...(page.status === 304 ? {} : { "content-length": body.length }),
    });
    response.end(message.method === "HEAD" || page.status === 304 ? undefined : body);
  }

  private pageFor(label: string, message: IncomingMessage): Page {
    if (message.method !== "GET" && message.method !== "HEAD") {
      return plain(405, "Only GET and HEAD", { allow: "GET, HEAD" });
    }
    const served = this.store.read((cloud) => {
      const place = channelAt(cloud, label);
      return place && servedVersion(cloud, place.site, place.channel);
    });
    if (served === undefined) return plain(404, "Site Not Found: nothing is released here");
    const [encoded = "/", rest] = (message.url ?? "/").split(/\?(.*)/s);
    const path = decoded(encoded);
    if (path === undefined) return plain(400, "The address can't be read");
    return this.answer({ path, query: rest === undefined ? "" : `?${rest}` }, served, message);
  }

  private answer(
    address: { path: string; query: string },
    { facts, releasedAt }: { facts: VersionFacts; releasedAt: string },
    message: IncomingMessage,
  ): Page {
    const decision = decide(address, facts.config, (file) => Object.hasOwn(facts.files, file));
    const headers = { ...USUAL_HEADERS, ...headersFor(address.path, facts.config) };
    switch (decision.kind) {
      case "redirect":
        return plain(decision.status, `Moved to ${decision.location}`, {
          ...headers,
          location: decision.location,
        });
      case "backend":
        return plain(501, `The ${decision.what} would answer here; the sandbox runs none`, headers);
      case "not found":
        return plain(404, "Page Not Found", headers);
      case "file": {
        const hash = facts.files[decision.path] ?? "";
        const gzip = this.store.files.get(hash);
        if (gzip === undefined) throw new Error(`the content of ${decision.path} (${hash}) is missing`);
        return filePage(decision, { hash, gzip, releasedAt }, headers, message);
      }
    }
  }
}

function filePage(
  { path, status }: { path: string; status: number },
  { hash, gzip, releasedAt }: { hash: string; gzip: Buffer; releasedAt: string },
  given: { [name: string]: string },
  message: IncomingMessage,
): Page {
  const etag = `"${hash}"`;
  const headers = {
    "content-type": mediaType(path),
    etag,
    "last-modified": new Date(releasedAt).toUTCString(),
    ...given,
  };
  if (status === 200 && message.headers["if-none-match"]?.includes(etag)) return { status: 304, headers };
  if (/\bgzip\b/.test(String(message.headers["accept-encoding"] ?? ""))) {
    return { status, headers: { ...headers, "content-encoding": "gzip" }, body: gzip };
  }
  return { status, headers, body: gunzipSync(gzip) };
}

function plain(status: number, text: string, headers: { [name: string]: string } = {}): Page {
  return {
    status,
    headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
    body: Buffer.from(`${text}. Answered by the Groundwork sandbox.\n`),
  };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
