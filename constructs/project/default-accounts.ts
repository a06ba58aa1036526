import {
  ProjectDefaultServiceAccounts,
  type ProjectDefaultServiceAccountsConfig,
} from "@cdktf/provider-google/lib/project-default-service-accounts";
import { Construct } from "constructs";
import { cloudOf, google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/** Props of `DefaultAccounts`. */
export interface DefaultAccountsProps
  extends Transformable<{ accounts: ProjectDefaultServiceAccountsConfig }> {
  /**
   * `deprivilege` takes their roles in the project; `disable` stops them, which breaks builds of App Engine that run as
   * one.
   *
   * @default "deprivilege"
   */
  readonly action?: "deprivilege" | "disable";
}

/**
 * Takes from Google's default accounts (of Compute Engine and App Engine) the editor role that they are born with.
 *
 * It acts once, on the accounts that are there when it is made: make it after the APIs are on, and forbid the automatic
 * grant by the organisation policy `iam.automaticIamGrantsForDefaultServiceAccounts` for those that come later.
 */
export class DefaultAccounts extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { action = "deprivilege", transform }: DefaultAccountsProps = {},
  ) {
    super(scope, id);
    google(this);
    new ProjectDefaultServiceAccounts(
      this,
      "accounts",
      transformed<ProjectDefaultServiceAccountsConfig>(
        {
          project: cloudOf(this).project,
          action: action === "disable" ? "DISABLE" : "DEPRIVILEGE",
          restorePolicy: "REVERT_AND_IGNORE_FAILURE",
        },
        transform?.accounts,
      ),
    );
  }
}
