import type { SandboxLease } from "@groundwork/sandbox/process/contract";
import { StorageBucket } from "../../pipeline/bucket/storage-bucket";
import { transportOf } from "../../pipeline/bucket/transport";
import { previewSides } from "../../pipeline/preview/beyond-terraform";
import type { PreviewDatabase, PreviewPlace, PreviewRemnant } from "../../pipeline/preview/contract";
import { cloudSides } from "../../pipeline/preview/remnants/cloud-sides";
import { ChannelSide, DatabaseSide } from "../../pipeline/preview/remnants/content-sides";
import { readSides } from "../../pipeline/preview/remnants/read-sides";
import type { Side } from "../../pipeline/preview/remnants/side";
import { previewEnvironment } from "../../pipeline/preview/workshop";

/** The clouds fail here too. */
const attempts = 20;

/** What there is of each pull request, as the clouds tell it. */
export class Presence {
  private readonly sides: readonly Side[];
  private readonly database: PreviewDatabase | undefined;

  constructor(root: string, lease: SandboxLease) {
    const loaded = previewEnvironment();
    const place: PreviewPlace = {
      target: "sandbox",
      loaded,
      get env() {
        return lease.env;
      },
      bucket: (name) => new StorageBucket(name, { transport: (request) => transportOf(lease.env)(request) }),
      root,
      stop: new AbortController().signal,
      note: () => {},
    };
    const { content, database } = previewSides(place);
    this.database = database;
    const siteIds = Object.keys(loaded.environment.sites).map((name) => loaded.names.site(name));
    this.sides = [
      ...cloudSides(place),
      ...(content ? [new ChannelSide(content, siteIds)] : []),
      ...(database ? [new DatabaseSide(database)] : []),
    ];
  }

  /**
   * Everything on every side, by pull request; sorted.
   *
   * @param text what is told of each thing
   */
  async read(text: (one: PreviewRemnant) => string): Promise<Map<number, string[]>> {
    for (let attempt = 1; ; attempt++) {
      const { remnants, unread } = await readSides(this.sides, async () => []);
      if (unread.length > 0 && attempt < attempts) continue;
      if (unread.length > 0) throw new Error(`not read: ${JSON.stringify(unread)}`);
      const found = new Map<number, string[]>();
      // A lease is who works there, and comes and goes.
      for (const one of remnants.filter(({ side }) => side !== "lease")) {
        found.set(one.pr, [...(found.get(one.pr) ?? []), text(one)].sort());
      }
      return found;
    }
  }

  async close(): Promise<void> {
    await this.database?.close();
  }
}
