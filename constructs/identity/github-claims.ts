/** Runs that are trusted: all that is named has to hold. */
export interface Trust {
  /** GitHub environment of the job, whose own rules (reviewers, branches) then guard it: `prod`. */
  readonly environment: string;
  /**
   * Git refs that the run is for: `refs/heads/main`; with a star at the end all that start so: `refs/pull/*`.
   *
   * @default - any; the GitHub environment's own branch rules are then the only limit
   */
  readonly refs?: readonly string[];
  /**
   * Workflows that define the job, with their ref: `hazelwick/platform/.github/workflows/apply.yml@refs/heads/main`.
   *
   * @default - any workflow of the repository
   */
  readonly workflows?: readonly string[];
}

/**
 * What Google keeps of GitHub's token. The subject is the run, so that audit logs lead to it; the token's own `sub` is
 * not used: its form is the repository's to change.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const attributeMapping: Record<string, string> = {
  "google.subject": 'assertion.repository_id + ":" + assertion.run_id + ":" + assertion.run_attempt',
  "attribute.actor_id": "assertion.actor_id",
  "attribute.environment": "assertion.environment",
  "attribute.event_name": "assertion.event_name",
  "attribute.job_workflow_ref": "assertion.job_workflow_ref",
  "attribute.ref": "assertion.ref",
  "attribute.repository_id": "assertion.repository_id",
  "attribute.repository_owner_id": "assertion.repository_owner_id",
  "attribute.workload": 'assertion.environment + ":" + assertion.job_workflow_ref',
};

/** Longest condition that Google takes, in characters. */
export const longestCondition = 4096;

/** Which tokens are let in, in the Common Expression Language. */
export function attributeCondition(
  repository: { readonly ownerId: string; readonly id: string },
  trusts: readonly Trust[],
): string {
  const any = trusts.map(trusted);
  return [
    equals("repository_owner_id", repository.ownerId),
    equals("repository_id", repository.id),
    any.length === 1 ? any[0] : `(${any.map((each) => `(${each})`).join(" || ")})`,
  ].join(" && ");
}

function trusted({ environment, refs, workflows }: Trust): string {
  return [
    equals("environment", environment),
    ...(refs ? [anyOf("ref", refs)] : []),
    ...(workflows ? [anyOf("job_workflow_ref", workflows)] : []),
  ].join(" && ");
}

function anyOf(claim: string, values: readonly string[]): string {
  const each = values.map((value) =>
    value.endsWith("*") ? `assertion.${claim}.startsWith("${value.slice(0, -1)}")` : equals(claim, value),
  );
  return each.length === 1 ? (each[0] ?? "") : `(${each.join(" || ")})`;
}

function equals(claim: string, value: string): string {
  return `assertion.${claim} == "${value}"`;
}
