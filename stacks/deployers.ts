import type { Account } from "@groundwork/constructs/identity/account";
import { type CiAccountName, ciAccounts } from "@groundwork/constructs/identity/ci-account";
import { accountByEmail } from "@groundwork/constructs/identity/principal";
import type { LoadedEnvironment } from "../environments/load";

/** The accounts of CI that make versions and gateways' configurations. */
const releasers = ["apply-release", "release"] as const satisfies readonly CiAccountName[];

/**
 * Lets those who release make things that run as this account: Google demands it of whoever deploys, account by
 * account. The foundation makes them; here they are known by name.
 *
 * @see https://cloud.google.com/iam/docs/attach-service-accounts
 */
export function letReleasersActAs(account: Account, loaded: LoadedEnvironment): void {
  letActAs(account, loaded, releasers);
}

/** As `letReleasersActAs`, for other accounts of CI. */
export function letActAs(
  account: Account,
  { names }: LoadedEnvironment,
  who: readonly CiAccountName[],
): void {
  for (const name of who) {
    account.grantActAs(`${name}-acts-as`, accountByEmail(names.email(ciAccounts[name].accountId)));
  }
}
