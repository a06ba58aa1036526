import type { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { attributeCondition, longestCondition, type Trust } from "./github-claims";
import type { GithubIdentityProps, Workload } from "./github-identity";

const poolName = /^(?!gcp-)[a-z0-9-]{4,32}$/;
const poolNameText = "4 to 32 lowercase letters, digits and hyphens, not starting with gcp-";
const workflowText = "OWNER/REPOSITORY/.github/workflows/FILE.yml@refs/heads/BRANCH";

/**
 * Stops an identity from being made when it would let in more than was meant.
 *
 * @throws UserError with everything that is wrong
 */
export function refuseIdentity(scope: Construct, props: GithubIdentityProps): void {
  const { poolId, providerId = "github", repository, trusts } = props;
  refuse(scope, `identity pool ${poolId}`, [
    checkName(poolId, poolName, "poolId", poolNameText),
    checkName(providerId, poolName, "providerId", poolNameText),
    checkName(repository.ownerId, /^[1-9]\d*$/, "repository.ownerId", "digits: the owner's numeric id"),
    checkName(repository.id, /^[1-9]\d*$/, "repository.id", "digits: the repository's numeric id"),
    check(trusts.length > 0, "trusts", trusts, "at least one"),
    ...trusts.flatMap((trust, index) => trustProblems(trust, `trusts[${index}]`)),
    check(
      attributeCondition(repository, trusts).length <= longestCondition,
      "trusts",
      `a condition of ${attributeCondition(repository, trusts).length} characters`,
      `fewer: Google takes ${longestCondition}`,
    ),
  ]);
}

/**
 * Refuses access for runs that the provider lets in nowhere: the account could never be used.
 *
 * @throws UserError
 */
export function refuseWorkload(
  scope: Construct,
  trusts: readonly Trust[],
  { environment, workflow }: Workload,
): void {
  const ofEnvironment = trusts.filter((trust) => trust.environment === environment);
  const admits = (wanted: string) =>
    ofEnvironment.some(({ workflows }) => workflows?.some((pattern) => matches(pattern, wanted)) ?? true);
  refuse(scope, "the workload", [
    check(
      ofEnvironment.length > 0,
      "environment",
      environment,
      `a trusted one: ${[...new Set(trusts.map((trust) => trust.environment))].join(", ")}`,
    ),
    workflow === undefined || ofEnvironment.length === 0
      ? undefined
      : check(
          isWorkflow(workflow) && !workflow.endsWith("*") && admits(workflow),
          "workflow",
          workflow,
          `a trusted one of ${environment}, in full: ${workflowText}`,
        ),
  ]);
}

function trustProblems({ environment, refs, workflows }: Trust, field: string) {
  return [
    checkName(
      environment,
      /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,254}$/,
      `${field}.environment`,
      "the name of a GitHub environment",
    ),
    refs && check(refs.length > 0, `${field}.refs`, refs, "at least one, or left out"),
    workflows && check(workflows.length > 0, `${field}.workflows`, workflows, "at least one, or left out"),
    ...(refs ?? []).map((ref, index) =>
      checkName(
        ref,
        /^refs\/(heads|tags|pull)\/[A-Za-z0-9._/-]*\*?$/,
        `${field}.refs[${index}]`,
        "a ref in full, such as refs/heads/main or refs/pull/*",
      ),
    ),
    ...(workflows ?? []).map((workflow, index) =>
      check(isWorkflow(workflow), `${field}.workflows[${index}]`, workflow, workflowText),
    ),
  ];
}

function isWorkflow(workflow: string): boolean {
  return /^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+\/\.github\/workflows\/[A-Za-z0-9._-]+\.ya?ml@(\*|refs\/[A-Za-z0-9._/-]*\*?)$/.test(
    workflow,
  );
}

function matches(pattern: string, value: string): boolean {
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : pattern === value;
}
