import type { PlanInput, ServiceIntent } from "@groundwork/policies/reading/planned";
import { PlannedEnvironment } from "@groundwork/policies/reading/planned";
import { sameShares, splitChanges } from "@groundwork/policies/reading/traffic";

/** Whether plans only bring back what was there before. */
export interface RollbackVerdict {
  readonly isRollback: boolean;
  /** Addresses of what goes back. */
  readonly back: readonly string[];
  /** Addresses of everything else that changes. */
  readonly beyond: readonly string[];
}

/**
 * Whether plans are a rollback: traffic goes back to what had it before, as the manifest names it, or a gateway goes
 * back to another configuration that exists; and nothing else changes.
 */
export function rollbackOf(
  plans: readonly PlanInput[],
  release: Readonly<Record<string, ServiceIntent>> = {},
): RollbackVerdict {
  const environment = new PlannedEnvironment(plans[0]?.environment ?? "", "prod", plans);
  const splits = splitChanges(environment)
    .filter(({ service, after }) => {
      const previous = release[service]?.previousTraffic;
      return after !== undefined && previous !== undefined && sameShares(after, previous);
    })
    .map(({ change }) => change);
  const gateways = environment.of("google_api_gateway_gateway").filter((change) => {
    return (
      change.updates && !change.isUnknown("api_config") && onlyConfigChanges(change.before, change.after)
    );
  });
  const back = [...splits, ...gateways];
  const beyond = environment.changes.filter((change) => !back.includes(change)).map(({ address }) => address);
  return {
    isRollback: back.length > 0 && beyond.length === 0,
    back: back.map(({ address }) => address),
    beyond,
  };
}

function onlyConfigChanges(before: object, after: object): boolean {
  const without = (values: object) => JSON.stringify({ ...values, api_config: null });
  return without(before) === without(after);
}
