import { z } from "zod";
import { PreviewNames, pullRequestOf } from "../../../environments/preview-names";
import type { CloudApi } from "../clouds/cloud-api";
import { pagesOf } from "../clouds/google-pages";
import type { PreviewRemnant } from "../contract";
import type { Side } from "./side";

const account = z.object({ email: z.string() });

/**
 * Accounts that previews run as.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts
 */
export class AccountSide implements Side {
  readonly sides = ["account"] as const;

  /** @param api `iam.googleapis.com` */
  constructor(
    private readonly api: CloudApi,
    private readonly project: string,
  ) {}

  async read(): Promise<PreviewRemnant[]> {
    const accounts = await pagesOf(this.api, this.path, "accounts", account);
    return accounts.flatMap(({ email }) => {
      const name = email.split("@")[0] ?? "";
      const pr = pullRequestOf(name);
      const own = pr !== undefined && name === new PreviewNames(pr).account;
      return own ? [{ side: "account" as const, name, pr }] : [];
    });
  }

  remove({ name }: PreviewRemnant): Promise<boolean> {
    const email = `${name}@${this.project}.iam.gserviceaccount.com`;
    return this.api.remove(`${this.path}/${encodeURIComponent(email)}`);
  }

  private get path(): string {
    return `/v1/projects/${this.project}/serviceAccounts`;
  }
}
