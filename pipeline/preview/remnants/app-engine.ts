import { z } from "zod";
import { pullRequestOf } from "../../../environments/preview-names";
import type { CloudApi } from "../clouds/cloud-api";
import { pagesOf } from "../clouds/google-pages";
import type { PreviewRemnant } from "../contract";
import type { Side } from "./side";

const service = z.object({ id: z.string() });
const version = z.object({ id: z.string(), createTime: z.string().optional() });

/**
 * Versions of shared services, and services of previews' own, which go with all their versions.
 * https://cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services.versions
 */
export class AppEngineSide implements Side {
  readonly sides = ["service", "version"] as const;

  /** @param api `appengine.googleapis.com` */
  constructor(
    private readonly api: CloudApi,
    private readonly project: string,
  ) {}

  async read(): Promise<PreviewRemnant[]> {
    const services = await pagesOf(this.api, this.services, "services", service);
    const found = services.map(async ({ id }): Promise<PreviewRemnant[]> => {
      const pr = pullRequestOf(id);
      return pr === undefined ? this.versionsOf(id) : [{ side: "service", name: id, pr }];
    });
    return (await Promise.all(found)).flat();
  }

  remove({ side, name, within = "" }: PreviewRemnant): Promise<boolean> {
    const below = side === "service" ? [name] : [within, "versions", name];
    return this.api.remove([this.services, ...below.map(encodeURIComponent)].join("/"));
  }

  private get services(): string {
    return `/v1/apps/${this.project}/services`;
  }

  private async versionsOf(within: string): Promise<PreviewRemnant[]> {
    const path = `${this.services}/${encodeURIComponent(within)}/versions`;
    const versions = await pagesOf(this.api, path, "versions", version);
    return versions.flatMap(({ id: name, createTime }) => {
      const pr = pullRequestOf(name);
      if (pr === undefined) return [];
      const created = createTime === undefined ? {} : { createdAt: createTime };
      return [{ side: "version" as const, name, pr, within, ...created }];
    });
  }
}
