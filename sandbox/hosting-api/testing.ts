import { createHash } from "node:crypto";
import { request } from "node:http";
import { gunzipSync, gzipSync } from "node:zlib";
import { TrialCloud } from "../services/trial-cloud";
import { type StateServer, startStateServer } from "../state-server/state-server";
import { hostingOverHttp } from "./http";

/** A page as a browser gets it. */
export interface SeenPage {
  status: number;
  headers: { [name: string]: string | string[] | undefined };
  body: string;
}

/** A cloud with a Firebase project `acme-dev`, its site `acme-shop`, and Hosting's API and content over real HTTP. */
export class TrialHosting {
  readonly token = "t0ken";
  private constructor(
    readonly trial: TrialCloud,
    readonly server: StateServer,
  ) {}

  static async start(): Promise<TrialHosting> {
    const trial = new TrialCloud();
    const besides = hostingOverHttp({ store: trial.store, token: "t0ken" });
    const server = await startStateServer({ buckets: trial.store.buckets, token: "t0ken", besides });
    const hosting = new TrialHosting(trial, server);
    await hosting.addSite();
    return hosting;
  }

  async addSite(): Promise<void> {
    await this.trial.created("google_firebase_project", { project: "acme-dev" });
    await this.trial.created("google_firebase_hosting_site", { site_id: "acme-shop" });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.trial.close();
  }

  /** Calls the API; `path` below `/v1beta1/`. */
  async call<Body = { [field: string]: unknown }>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Body }> {
    const answer = await fetch(
      `http://127.0.0.1:${this.server.port}/firebasehosting.googleapis.com/v1beta1/${path}`,
      {
        method,
        headers: { authorization: `Bearer ${this.token}`, connection: "close" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    );
    return { status: answer.status, body: (await answer.json()) as Body };
  }

  /** Deploys files with a configuration to a channel, as a client does. */
  async deploy(channel: string, files: { [path: string]: string }, config: object): Promise<void> {
    const version = (await this.call<{ name: string }>("POST", "sites/acme-shop/versions", { config })).body
      .name;
    const gzips = new Map<string, Buffer>();
    const hashes = Object.entries(files).map(([path, text]) => {
      const gzip = gzipSync(text);
      const hash = createHash("sha256").update(gzip).digest("hex");
      gzips.set(hash, gzip);
      return [path, hash];
    });
    const populated = await this.call<{ uploadUrl: string; uploadRequiredHashes?: string[] }>(
      "POST",
      `${version}:populateFiles`,
      { files: Object.fromEntries(hashes) },
    );
    for (const hash of populated.body.uploadRequiredHashes ?? []) {
      const sent = await fetch(`${populated.body.uploadUrl}/${hash}`, {
        method: "POST",
        headers: { authorization: `Bearer ${this.token}`, connection: "close" },
        body: new Uint8Array(gzips.get(hash) ?? []),
      });
      if (!sent.ok) throw new Error(await sent.text());
    }
    await this.call("PATCH", `${version}?updateMask=status`, { status: "FINALIZED" });
    const released = await this.call(
      "POST",
      `sites/acme-shop/channels/${channel}/releases?versionName=${version}`,
      {},
    );
    if (released.status !== 200) throw new Error(JSON.stringify(released.body));
  }

  /** Opens an address of a channel; not every machine resolves `*.localhost`. */
  open(url: string, headers: { [name: string]: string } = {}, method = "GET"): Promise<SeenPage> {
    const { host, port, pathname, search } = new URL(url);
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: "127.0.0.1", port, path: `${pathname}${search}`, method, headers: { ...headers, host } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("end", () => {
            const raw = Buffer.concat(chunks);
            const zipped = answer.headers["content-encoding"] === "gzip" && raw.length > 0;
            const body = (zipped ? gunzipSync(raw) : raw).toString();
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
          });
        },
      );
      sent.on("error", reject);
      sent.end();
    });
  }
}
