import { z } from "zod";
import { pullRequestOf } from "../../../environments/preview-names";
import type { CloudApi } from "../clouds/cloud-api";
import type { PreviewRemnant } from "../contract";
import type { Side } from "./side";

const project = z.object({ id: z.string() });
const user = z.object({
  username: z.string(),
  databaseName: z.string(),
  roles: z.array(z.object({ roleName: z.string() })).default([]),
});
const role = z.object({ roleName: z.string() });
const cluster = z.object({ name: z.string(), createDate: z.string().optional() });

/** https://www.mongodb.com/docs/atlas/api/versioned-api-overview/ */
const version = { accept: "application/vnd.atlas.2023-01-01+json" };
const flexVersion = { accept: "application/vnd.atlas.2024-11-13+json" };
const pageSize = 500;

/**
 * Users, roles and Flex clusters in the Atlas project of previews. A user is a preview's by its roles: its name is that of
 * an account at Google.
 * https://www.mongodb.com/docs/atlas/reference/api-resources-spec/v2/
 */
export class AtlasSide implements Side {
  readonly sides = ["user", "role", "cluster"] as const;

  /**
   * @param api `cloud.mongodb.com`
   * @param projectName `hazelwick-preview`
   */
  constructor(
    private readonly api: CloudApi,
    private readonly projectName: string,
  ) {}

  async read(): Promise<PreviewRemnant[]> {
    const group = await this.group();
    if (group === undefined) return [];
    const [users, roles, clusters] = await Promise.all([
      this.pages(`${group}/databaseUsers`, user, version),
      this.api.get(`${group}/customDBRoles/roles`, version),
      this.pages(`${group}/flexClusters`, cluster, flexVersion),
    ]);
    return [
      ...users.flatMap(({ username: name, databaseName: within, roles: own }) => {
        // One with a password, of a preview's own cluster, is named as its database is.
        const marks = within === "admin" ? [name] : own.map(({ roleName }) => roleName);
        const [pr, ...others] = new Set(marks.map(pullRequestOf));
        return pr === undefined || others.length > 0 ? [] : [{ side: "user" as const, name, pr, within }];
      }),
      ...z
        .array(role)
        .parse(roles ?? [])
        .flatMap(({ roleName: name }) => {
          const pr = pullRequestOf(name);
          return pr === undefined ? [] : [{ side: "role" as const, name, pr }];
        }),
      ...clusters.flatMap(({ name, createDate }) => {
        const pr = pullRequestOf(name);
        if (pr === undefined) return [];
        const created = createDate === undefined ? {} : { createdAt: createDate };
        return [{ side: "cluster" as const, name, pr, ...created }];
      }),
    ];
  }

  async remove({ side, name, within = "" }: PreviewRemnant): Promise<boolean> {
    const group = await this.group();
    if (group === undefined) return false;
    const own = encodeURIComponent(name);
    if (side === "user") {
      return this.api.remove(`${group}/databaseUsers/${encodeURIComponent(within)}/${own}`, version);
    }
    if (side === "role") return this.api.remove(`${group}/customDBRoles/roles/${own}`, version);
    return this.api.remove(`${group}/flexClusters/${own}`, flexVersion);
  }

  /** Path of the project; undefined when there is none. */
  private async group(): Promise<string | undefined> {
    const path = `/api/atlas/v2/groups/byName/${encodeURIComponent(this.projectName)}`;
    const answer = await this.api.get(path, version);
    return answer === undefined ? undefined : `/api/atlas/v2/groups/${project.parse(answer).id}`;
  }

  private async pages<T>(path: string, item: z.ZodType<T>, headers: typeof version): Promise<T[]> {
    const page = z.object({ results: z.array(item).default([]) });
    const found: T[] = [];
    for (let number = 1; ; number++) {
      const answer = await this.api.get(`${path}?itemsPerPage=${pageSize}&pageNum=${number}`, headers);
      const { results } = page.parse(answer ?? {});
      found.push(...results);
      if (results.length < pageSize) return found;
    }
  }
}
