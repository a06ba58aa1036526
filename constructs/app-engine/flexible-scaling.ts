import type { AppEngineFlexibleAppVersionConfig } from "@cdktf/provider-google/lib/app-engine-flexible-app-version";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, googleDuration, inSeconds } from "../units";
import type { ManualScaling } from "./scaling";

/** As many machines as the load needs, within limits; at least one always runs. */
export interface FlexibleAutomaticScaling {
  /** @default "automatic" */
  readonly kind?: "automatic" | undefined;
  /** Machines that always run, 1 to 1000; two or more survive the loss of one. */
  readonly minInstances: number;
  /** Machines at most, 1 to 1000. */
  readonly maxInstances: number;
  /** CPU share, averaged over the machines, above which another starts; above 0, at most 1. */
  readonly targetCpu: number;
  /** Time after a start in which no further machine is started, at least a minute. @default "2 minutes" */
  readonly coolDown?: Duration | undefined;
  /** Requests that one machine serves at once before another starts, 1 to 1000. @default - App Engine's */
  readonly targetConcurrentRequests?: number | undefined;
}

/** How a version of the flexible environment gets its machines. */
export type FlexibleScaling = FlexibleAutomaticScaling | ManualScaling;

/** Machines that always run, and machines at most. */
export function machineLimits(scaling: FlexibleScaling): { readonly least: number; readonly most: number } {
  return scaling.kind === "manual"
    ? { least: scaling.instances, most: scaling.instances }
    : { least: scaling.minInstances, most: scaling.maxInstances };
}

/** What is wrong with it. @see https://cloud.google.com/appengine/docs/flexible/reference/app-yaml#services */
export function flexibleScalingProblems(scaling: FlexibleScaling): (Problem | undefined)[] {
  if (scaling.kind === "manual") {
    return [whole(scaling.instances, 1, 200, "scaling.instances", "1 to 200")];
  }
  const {
    minInstances,
    maxInstances,
    targetCpu,
    coolDown = "2 minutes",
    targetConcurrentRequests = 1,
  } = scaling;
  return [
    whole(maxInstances, 1, 1000, "scaling.maxInstances", "1 to 1000"),
    whole(
      minInstances,
      1,
      maxInstances,
      "scaling.minInstances",
      `1 to maxInstances (${maxInstances}): flexible never scales to none`,
    ),
    check(targetCpu > 0 && targetCpu <= 1, "scaling.targetCpu", targetCpu, "above 0, at most 1"),
    check(
      Number.isInteger(inSeconds(coolDown)) && inSeconds(coolDown) >= 60,
      "scaling.coolDown",
      coolDown,
      "at least 1 minute, in whole seconds",
    ),
    whole(targetConcurrentRequests, 1, 1000, "scaling.targetConcurrentRequests", "1 to 1000"),
  ];
}

/** The scaling block of a version's configuration. */
export function flexibleScalingBlock(
  scaling: FlexibleScaling,
): Pick<AppEngineFlexibleAppVersionConfig, "automaticScaling" | "manualScaling"> {
  if (scaling.kind === "manual") return { manualScaling: { instances: scaling.instances } };
  const { targetConcurrentRequests } = scaling;
  return {
    automaticScaling: {
      minTotalInstances: scaling.minInstances,
      maxTotalInstances: scaling.maxInstances,
      coolDownPeriod: googleDuration(scaling.coolDown ?? "2 minutes"),
      cpuUtilization: { targetUtilization: scaling.targetCpu },
      ...(targetConcurrentRequests === undefined ? {} : { requestUtilization: { targetConcurrentRequests } }),
    },
  };
}

function whole(
  value: number,
  least: number,
  most: number,
  field: string,
  expected: string,
): Problem | undefined {
  return check(Number.isInteger(value) && value >= least && value <= most, field, value, expected);
}
