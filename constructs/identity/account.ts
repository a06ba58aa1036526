import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount, type ServiceAccountConfig } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { givingOnly, type Job, rolesOf } from "./jobs";
import type { AccountLike, Principal } from "./principal";

/** Props of `Account`. */
export interface AccountProps extends Transformable<{ account: ServiceAccountConfig }> {
  /** First part of the address, 6 to 30 characters. Can't change. */
  readonly accountId: string;
  /** What the account is for, one line. */
  readonly purpose: string;
  /**
   * What it may do in the project, by the name of the job.
   *
   * @default - nothing in the project; access to single things is granted by those things
   */
  readonly jobs?: readonly Job[];
}

/**
 * A service account without keys.
 *
 * @throws UserError when the id is none
 */
export class Account extends Construct implements AccountLike {
  readonly email: string;
  readonly member: string;
  /** The number that Google gives the account; known only after it is made. */
  readonly uniqueId: string;
  readonly #account: ServiceAccount;
  readonly #actAs: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: AccountProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    const account = this.createAccount(props);
    this.#account = account;
    this.email = account.email;
    this.member = account.member;
    this.uniqueId = account.uniqueId;
    this.grantJobs(props.jobs ?? []);
  }

  /** For `dependsOn` of what names the account by its address alone. */
  get resource(): ITerraformDependable {
    return this.#account;
  }

  /** For `dependsOn` of what is started as the account, by those that `grantActAs` lets. */
  get startable(): readonly ITerraformDependable[] {
    return [this.#account, ...this.#actAs];
  }

  /** Lets a workload from outside Google, such as a workflow in CI, work as this account. */
  grantWorkload(id: string, workload: Principal): void {
    this.grant(id, workload, "roles/iam.workloadIdentityUser");
  }

  /** Lets a principal start things that run as this account, such as a version of a service; it can't be this account. */
  grantActAs(id: string, principal: Principal): void {
    this.#actAs.push(this.grant(id, principal, "roles/iam.serviceAccountUser"));
  }

  /** Lets a principal be this account for an hour at a time. */
  grantImpersonation(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/iam.serviceAccountTokenCreator");
  }

  /**
   * Lets a principal show somebody outside Google tokens that say that it is this account; it can't act as it at Google.
   *
   * @see https://cloud.google.com/iam/docs/service-account-permissions#openid-token-creator-role
   */
  grantIdToken(id: string, principal: Principal): void {
    this.grant(id, principal, "roles/iam.serviceAccountOpenIdTokenCreator");
  }

  private validate({ accountId }: AccountProps): void {
    refuse(this, `account ${accountId}`, [
      checkName(
        accountId,
        /^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/,
        "accountId",
        "6 to 30 lowercase letters, digits and hyphens, starting with a letter, not ending with a hyphen",
      ),
    ]);
  }

  private createAccount({ accountId, purpose, transform }: AccountProps): ServiceAccount {
    return new ServiceAccount(
      this,
      "account",
      transformed<ServiceAccountConfig>(
        { accountId, displayName: accountId, description: purpose },
        transform?.account,
      ),
    );
  }

  private grantJobs(jobs: readonly Job[]): void {
    const { project } = cloudOf(this);
    for (const { role, givesOnly } of rolesOf(jobs)) {
      new ProjectIamMember(this, `may-${role.replace("roles/", "")}`, {
        project,
        role,
        member: this.member,
        ...(givesOnly && { condition: givingOnly(givesOnly) }),
      });
    }
  }

  private grant(id: string, principal: Principal, role: string): ITerraformDependable {
    return new ServiceAccountIamMember(this, id, {
      // Its name, in words that are known before it is made.
      serviceAccountId: `projects/${cloudOf(this).project}/serviceAccounts/${this.email}`,
      role,
      member: principal.member,
    });
  }
}
