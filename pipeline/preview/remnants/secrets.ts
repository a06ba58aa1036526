import { z } from "zod";
import { pullRequestOf } from "../../../environments/preview-names";
import type { CloudApi } from "../clouds/cloud-api";
import { pagesOf } from "../clouds/google-pages";
import type { PreviewRemnant } from "../contract";
import type { Side } from "./side";

const secret = z.object({ name: z.string(), createTime: z.string().optional() });

/**
 * Secrets that carry the label of a pull request.
 * https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/list, https://cloud.google.com/secret-manager/docs/filtering
 */
export class SecretSide implements Side {
  readonly sides = ["secret"] as const;

  /** @param api `secretmanager.googleapis.com` */
  constructor(
    private readonly api: CloudApi,
    private readonly project: string,
  ) {}

  async read(): Promise<PreviewRemnant[]> {
    const query = { pageSize: "250", filter: "labels.pr:*" };
    const secrets = await pagesOf(this.api, this.path, "secrets", secret, query);
    return secrets.flatMap(({ name: full, createTime }) => {
      const name = full.slice(full.lastIndexOf("/") + 1);
      const pr = pullRequestOf(name);
      if (pr === undefined) return [];
      const created = createTime === undefined ? {} : { createdAt: createTime };
      return [{ side: "secret" as const, name, pr, ...created }];
    });
  }

  remove({ name }: PreviewRemnant): Promise<boolean> {
    return this.api.remove(`${this.path}/${encodeURIComponent(name)}`);
  }

  private get path(): string {
    return `/v1/projects/${this.project}/secrets`;
  }
}
