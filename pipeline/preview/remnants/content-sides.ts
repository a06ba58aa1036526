import { pullRequestOf } from "../../../environments/preview-names";
import type { ContentDeployer, PreviewDatabase, PreviewRemnant } from "../contract";
import type { Side } from "./side";

/** Channels of the preview environment's sites. */
export class ChannelSide implements Side {
  readonly sides = ["channel"] as const;

  /** @param siteIds ids in Firebase Hosting */
  constructor(
    private readonly deployer: Pick<ContentDeployer, "list" | "remove">,
    private readonly siteIds: readonly string[],
  ) {}

  async read(): Promise<PreviewRemnant[]> {
    const lists = await Promise.all(this.siteIds.map((siteId) => this.deployer.list(siteId)));
    return lists.flat().flatMap(({ siteId: within, channel: name, createdAt }) => {
      const pr = pullRequestOf(name);
      if (pr === undefined) return [];
      const created = createdAt === undefined ? {} : { createdAt };
      return [{ side: "channel" as const, name, pr, within, ...created }];
    });
  }

  remove({ name, within = "" }: PreviewRemnant): Promise<boolean> {
    return this.deployer.remove(within, name);
  }
}

/** Databases in the shared cluster. */
export class DatabaseSide implements Side {
  readonly sides = ["database"] as const;

  constructor(private readonly database: Pick<PreviewDatabase, "list" | "drop">) {}

  async read(): Promise<PreviewRemnant[]> {
    return (await this.database.list()).flatMap((name) => {
      const pr = pullRequestOf(name);
      return pr === undefined ? [] : [{ side: "database" as const, name, pr }];
    });
  }

  remove({ name }: PreviewRemnant): Promise<boolean> {
    return this.database.drop(name);
  }
}
