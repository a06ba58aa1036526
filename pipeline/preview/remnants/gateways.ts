import { z } from "zod";
import { pullRequestOf } from "../../../environments/preview-names";
import type { CloudApi } from "../clouds/cloud-api";
import { pagesOf } from "../clouds/google-pages";
import type { PreviewRemnant } from "../contract";
import type { Side } from "./side";

const resource = z.object({ name: z.string(), createTime: z.string().optional() });

/**
 * Gateways of previews' own, and the APIs behind them, which go with their configurations.
 * https://cloud.google.com/api-gateway/docs/reference/rest/v1/projects.locations.gateways
 */
export class GatewaySide implements Side {
  readonly sides = ["gateway", "api"] as const;

  /**
   * @param api `apigateway.googleapis.com`
   * @param regions in which there can be gateways
   */
  constructor(
    private readonly api: CloudApi,
    private readonly project: string,
    private readonly regions: readonly string[],
  ) {}

  async read(): Promise<PreviewRemnant[]> {
    const lists = [
      ...this.regions.map((region) => `locations/${region}/gateways`),
      "locations/global/apis",
    ].map((list) => this.listed(list));
    return (await Promise.all(lists)).flat();
  }

  async remove({ side, name, within = "" }: PreviewRemnant): Promise<boolean> {
    const path = `${this.path}/${within}/${encodeURIComponent(name)}`;
    // An API can't be deleted before its configurations, nor those before the gateways that serve them.
    if (side === "api") {
      for (const config of await pagesOf(this.api, `${path}/configs`, "apiConfigs", resource)) {
        await this.api.remove(`/v1/${config.name}`);
      }
    }
    return this.api.remove(path);
  }

  private get path(): string {
    return `/v1/projects/${this.project}`;
  }

  private async listed(within: string): Promise<PreviewRemnant[]> {
    const field = within.slice(within.lastIndexOf("/") + 1);
    const found = await pagesOf(this.api, `${this.path}/${within}`, field, resource);
    return found.flatMap(({ name: full, createTime }) => {
      const name = full.slice(full.lastIndexOf("/") + 1);
      const pr = pullRequestOf(name);
      if (pr === undefined) return [];
      const created = createTime === undefined ? {} : { createdAt: createTime };
      const side = field === "apis" ? ("api" as const) : ("gateway" as const);
      return [{ side, name, pr, within, ...created }];
    });
  }
}
