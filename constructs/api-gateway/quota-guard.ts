import type { Problem } from "@groundwork/user-error";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { check } from "../problems";

/** @see https://cloud.google.com/api-gateway/docs/quotas */
export const limits = { apisPerProject: 50, configsPerApi: 100, gatewaysPerRegion: 50 } as const;

const counts = new WeakMap<TerraformStack, Map<string, number>>();

/**
 * Counts what a stack makes of something that Google limits, and tells when it is too much. What other stacks or hands
 * made beside it can't be seen here.
 *
 * @param what `configs of shop-api`
 * @param more how many are made now
 */
export function quotaProblem(
  scope: Construct,
  what: string,
  more: number,
  limit: number,
  field: string,
): Problem | undefined {
  const stack = TerraformStack.of(scope);
  const ofStack = counts.get(stack) ?? new Map<string, number>();
  counts.set(stack, ofStack);
  const count = (ofStack.get(what) ?? 0) + more;
  ofStack.set(what, count);
  return check(count <= limit, field, `${count} ${what} in this stack`, `at most ${limit}: Google's limit`);
}
