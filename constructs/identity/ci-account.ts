import type { Construct } from "constructs";
import { Account, type AccountProps } from "./account";
import type { Job } from "./jobs";
import type { Principal } from "./principal";

/** What CI does with an environment: an account for each, so that none can do another's job. */
export const ciAccounts = {
  plan: { accountId: "tf-plan", job: "read-project", purpose: "Plans every stack; reads only." },
  "apply-foundation": {
    accountId: "tf-apply-foundation",
    job: "apply-foundation",
    purpose: "Applies the foundation: APIs, keys, buckets, accounts.",
  },
  "apply-network": {
    accountId: "tf-apply-network",
    job: "apply-network",
    purpose: "Applies the network.",
  },
  "apply-data": {
    accountId: "tf-apply-data",
    job: "apply-data",
    purpose: "Applies databases, secrets' containers and the accounts of services.",
  },
  "apply-platform": {
    accountId: "tf-apply-platform",
    job: "apply-platform",
    purpose: "Applies App Engine, sites, APIs and load balancers.",
  },
  "apply-release": {
    accountId: "tf-apply-release",
    job: "apply-release",
    purpose: "Applies versions and traffic outside of a release.",
  },
  "apply-observability": {
    accountId: "tf-apply-observability",
    job: "apply-observability",
    purpose: "Applies alerts, dashboards and logs.",
  },
  "apply-previews": {
    accountId: "tf-preview",
    job: "apply-previews",
    purpose: "Brings previews of pull requests up and down, and sweeps; in the preview project only.",
  },
  release: { accountId: "release", job: "release", purpose: "Releases: versions, traffic, gates." },
  "upload-artifacts": {
    accountId: "ci-artifacts",
    job: "upload-artifacts",
    purpose: "Uploads the services' artifacts.",
  },
  "deploy-sites": {
    accountId: "firebase-deploy",
    job: "deploy-sites",
    purpose: "Deploys the sites' content.",
  },
  "test-backups": {
    accountId: "backup-test",
    job: "test-backups",
    purpose: "Restores backups elsewhere and checks them.",
  },
} as const satisfies Record<string, { accountId: string; job: Job; purpose: string }>;

/** Name of an account that CI works as. */
export type CiAccountName = keyof typeof ciAccounts;

/** Props of `CiAccount`. */
export interface CiAccountProps extends Pick<AccountProps, "transform"> {
  /** What CI does as this account. */
  readonly does: CiAccountName;
  /** The workflows that may work as it: `identity.workload({ environment: "prod" })`. At least one, or nobody can. */
  readonly workflows: readonly Principal[];
  /** Other first part of the address. @default - as in `ciAccounts` */
  readonly accountId?: string;
}

/** An account that workflows of CI work as, without a key, and with the roles of one job. */
export class CiAccount extends Account {
  constructor(scope: Construct, id: string, { does, workflows, accountId, ...props }: CiAccountProps) {
    const known = ciAccounts[does];
    super(scope, id, {
      ...props,
      accountId: accountId ?? known.accountId,
      purpose: known.purpose,
      jobs: [known.job],
    });
    workflows.forEach((workflow, index) => {
      this.grantWorkload(`workflow-${index}`, workflow);
    });
  }
}
