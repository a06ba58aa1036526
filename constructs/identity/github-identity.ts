import {
  IamWorkloadIdentityPool,
  type IamWorkloadIdentityPoolConfig,
} from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import {
  IamWorkloadIdentityPoolProvider,
  type IamWorkloadIdentityPoolProviderConfig,
} from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import { Construct } from "constructs";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { attributeCondition, attributeMapping, type Trust } from "./github-claims";
import { refuseIdentity, refuseWorkload } from "./github-problems";
import type { Principal } from "./principal";

/** Props of `GithubIdentity`. */
export interface GithubIdentityProps
  extends Transformable<{
    pool: IamWorkloadIdentityPoolConfig;
    provider: IamWorkloadIdentityPoolProviderConfig;
  }> {
  /** 4 to 32 lowercase letters, digits and hyphens, not starting with `gcp-`. Not free again for 30 days after deletion. */
  readonly poolId: string;
  /** As `poolId`. @default "github" */
  readonly providerId?: string;
  /** The one repository whose workflows are trusted, by numbers, which never pass to somebody else as names do. */
  readonly repository: {
    /** Numeric id of the organisation or user: `gh api orgs/NAME --jq .id`. */
    readonly ownerId: string;
    /** Numeric id of the repository: `gh api repos/OWNER/NAME --jq .id`. */
    readonly id: string;
  };
  /** Which of its workflow runs are trusted; at least one. */
  readonly trusts: readonly Trust[];
  /** Who signs the tokens. @default "https://token.actions.githubusercontent.com" */
  readonly issuer?: string;
  /** Terraform refuses to destroy both: their ids would be blocked for 30 days. @default true */
  readonly protected?: boolean;
}

/** Which workflow run works as an account. */
export interface Workload {
  /** GitHub environment of the run's job, one that is trusted. */
  readonly environment: string;
  /** The workflow that defines the job, as `Trust.workflows` has it. @default - every trusted one of the environment */
  readonly workflow?: string;
}

/**
 * Lets workflows of one GitHub repository in, without keys: Google checks the token that GitHub signs for each run
 * against the condition written here, by repository number, environment, branch and workflow. What a run may then do is
 * said account by account (`CiAccount`).
 *
 * @throws UserError when an id is none, or trust is not limited
 * @see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 */
export class GithubIdentity extends Construct {
  /** Full name of the provider, with the project's number: what a workflow signs in with. */
  readonly providerName: string;
  readonly #poolName: string;
  readonly #trusts: readonly Trust[];

  constructor(scope: Construct, id: string, props: GithubIdentityProps) {
    super(scope, id);
    refuseIdentity(this, props);
    google(this);
    this.#trusts = props.trusts;
    const pool = this.createPool(props);
    this.#poolName = pool.name;
    this.providerName = this.createProvider(props, pool).name;
  }

  /**
   * The runs of an environment's jobs, or those that one workflow defines, as somebody who can be given access.
   *
   * @throws UserError when such runs are not let in
   */
  workload({ environment, workflow }: Workload): Principal {
    refuseWorkload(this, this.#trusts, { environment, ...(workflow !== undefined && { workflow }) });
    const attribute =
      workflow === undefined ? `environment/${environment}` : `workload/${environment}:${workflow}`;
    return { member: `principalSet://iam.googleapis.com/${this.#poolName}/attribute.${attribute}` };
  }

  private createPool(props: GithubIdentityProps): IamWorkloadIdentityPool {
    const { poolId, transform } = props;
    return new IamWorkloadIdentityPool(
      this,
      "pool",
      transformed<IamWorkloadIdentityPoolConfig>(
        {
          workloadIdentityPoolId: poolId,
          displayName: poolId,
          description: "Workflows in continuous integration.",
          lifecycle: { preventDestroy: props.protected ?? true },
        },
        transform?.pool,
      ),
    );
  }

  private createProvider(
    props: GithubIdentityProps,
    pool: IamWorkloadIdentityPool,
  ): IamWorkloadIdentityPoolProvider {
    const { providerId = "github", repository, trusts, transform } = props;
    return new IamWorkloadIdentityPoolProvider(
      this,
      "provider",
      transformed<IamWorkloadIdentityPoolProviderConfig>(
        {
          workloadIdentityPoolId: pool.workloadIdentityPoolId,
          workloadIdentityPoolProviderId: providerId,
          displayName: providerId,
          description: "Tokens that GitHub signs for workflow runs.",
          attributeMapping,
          attributeCondition: attributeCondition(repository, trusts),
          oidc: { issuerUri: props.issuer ?? "https://token.actions.githubusercontent.com" },
          lifecycle: { preventDestroy: props.protected ?? true },
        },
        transform?.provider,
      ),
    );
  }
}
