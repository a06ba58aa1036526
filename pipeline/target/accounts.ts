import { UserError } from "@groundwork/user-error";
import type { Stack } from "../synthesis/stack-list";

/** What says as whom Terraform works on the cloud. */
const variable = "GROUNDWORK_ACCOUNTS";

/** Variables that make Terraform's providers, its state backend and our own requests work as an account. */
export type Impersonation = Readonly<Record<string, string>>;

/** As whom a run works. Both answer nothing where it works as whoever it is. */
export interface Accounts {
  /** For a stack's Terraform. */
  ofStack(stack: Pick<Stack, "stack" | "project">): Impersonation;
  /** For plans and records in the state bucket of a stack's environment. */
  ofBucket(stack: Pick<Stack, "project">): Impersonation;
}

const nobody: Accounts = { ofStack: () => ({}), ofBucket: () => ({}) };

/**
 * With `GROUNDWORK_ACCOUNTS=stack`, each stack is applied as its own account, `tf-apply-<stack>` of its project, and no
 * account can do another's job. Whoever runs this must be let work as them, as the workflows of an environment are.
 *
 * @throws UserError when the variable says something else
 */
export function accountsOf(env: NodeJS.ProcessEnv): Accounts {
  const found = env[variable];
  if (found === undefined || found === "") return nobody;
  if (found !== "stack") {
    throw new UserError("There are no such accounts.", [
      { field: variable, found, expected: "stack, or nothing: as whoever runs this" },
    ]);
  }
  return {
    ofStack: ({ stack, project }) => as(`tf-apply-${stack}`, project),
    // It makes the bucket, so it may do everything in it.
    ofBucket: ({ project }) => as("tf-apply-foundation", project),
  };
}

function as(account: string, project: string): Impersonation {
  return { GOOGLE_IMPERSONATE_SERVICE_ACCOUNT: `${account}@${project}.iam.gserviceaccount.com` };
}
