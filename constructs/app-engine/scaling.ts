import type { AppEngineStandardAppVersionConfig } from "@cdktf/provider-google/lib/app-engine-standard-app-version";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, googleDuration, inSeconds } from "../units";

/** A span of milliseconds: `"100 ms"`. */
export type Latency = `${number} ms`;

/** As many instances as the requests need, within limits; always explicit, as App Engine's own have no upper one. */
export interface AutomaticScaling {
  /** @default "automatic" */
  readonly kind?: "automatic" | undefined;
  /** Instances kept running, 0 to 1000. They are billed. */
  readonly minInstances: number;
  /** Instances at most, 1 to 1000. */
  readonly maxInstances: number;
  /** CPU share above which another instance starts, 0.5 to 0.95. */
  readonly targetCpu: number;
  /** Requests that one instance serves at once, 1 to 1000. */
  readonly maxConcurrentRequests: number;
  /** Share of `maxConcurrentRequests` above which another instance starts, 0.5 to 0.95. @default - App Engine's, 0.6 */
  readonly targetThroughput?: number | undefined;
  /** Instances kept ready above those that work, 0 to 1000; only for the version that has the traffic. @default - none */
  readonly minIdleInstances?: number | undefined;
  /** Idle instances at most, 1 to 1000; more are stopped. @default - App Engine decides */
  readonly maxIdleInstances?: number | undefined;
  /** A request waits at least so long before another instance starts, 10 to 15000 ms. @default - App Engine's */
  readonly minPendingLatency?: Latency | undefined;
  /** A request that waited so long starts another instance, 10 to 15000 ms. @default - App Engine's */
  readonly maxPendingLatency?: Latency | undefined;
}

/** An instance per piece of work, stopped when idle: for work that comes now and then and may take up to a day. */
export interface BasicScaling {
  readonly kind: "basic";
  /** Instances at most, 1 to 200. */
  readonly maxInstances: number;
  /** An instance without requests stops after this time, at least a minute. @default "15 minutes" */
  readonly idleTimeout?: Duration | undefined;
}

/** Always the same number of instances, whatever the load. */
export interface ManualScaling {
  readonly kind: "manual";
  /** Instances, 1 to 200. All are billed. */
  readonly instances: number;
}

/** How a version of the standard environment gets its instances. */
export type Scaling = AutomaticScaling | BasicScaling | ManualScaling;

/** What kind it is; automatic scaling needn't say so. */
export function kindOf(scaling: Scaling): "automatic" | "basic" | "manual" {
  return scaling.kind ?? "automatic";
}

/** Instances that always run, and instances at most. */
export function instanceLimits(scaling: Scaling): { readonly least: number; readonly most: number } {
  switch (scaling.kind) {
    case "basic":
      return { least: 0, most: scaling.maxInstances };
    case "manual":
      return { least: scaling.instances, most: scaling.instances };
    default:
      return { least: scaling.minInstances, most: scaling.maxInstances };
  }
}

/** What is wrong with it. @see https://cloud.google.com/appengine/docs/standard/reference/app-yaml#scaling_elements */
export function scalingProblems(scaling: Scaling): (Problem | undefined)[] {
  switch (scaling.kind) {
    case "basic":
      return basicProblems(scaling);
    case "manual":
      return [within(scaling.instances, 1, 200, "scaling.instances")];
    default:
      return automaticProblems(scaling);
  }
}

/** The scaling block of a version's configuration. */
export function scalingBlock(
  scaling: Scaling,
): Pick<AppEngineStandardAppVersionConfig, "automaticScaling" | "basicScaling" | "manualScaling"> {
  switch (scaling.kind) {
    case "basic":
      return {
        basicScaling: {
          maxInstances: scaling.maxInstances,
          idleTimeout: googleDuration(scaling.idleTimeout ?? "15 minutes"),
        },
      };
    case "manual":
      return { manualScaling: { instances: scaling.instances } };
    default:
      return { automaticScaling: automaticBlock(scaling) };
  }
}

function automaticProblems(scaling: AutomaticScaling): (Problem | undefined)[] {
  const { minInstances, maxInstances, targetCpu, targetThroughput = 0.6, maxConcurrentRequests } = scaling;
  const { minIdleInstances = 0, maxIdleInstances = 1000, minPendingLatency, maxPendingLatency } = scaling;
  return [
    within(maxInstances, 1, 1000, "scaling.maxInstances"),
    check(
      Number.isInteger(minInstances) && minInstances >= 0 && minInstances <= maxInstances,
      "scaling.minInstances",
      minInstances,
      `0 to maxInstances (${maxInstances})`,
    ),
    check(targetCpu >= 0.5 && targetCpu <= 0.95, "scaling.targetCpu", targetCpu, "0.5 to 0.95"),
    check(
      targetThroughput >= 0.5 && targetThroughput <= 0.95,
      "scaling.targetThroughput",
      targetThroughput,
      "0.5 to 0.95",
    ),
    within(maxConcurrentRequests, 1, 1000, "scaling.maxConcurrentRequests"),
    within(minIdleInstances, 0, 1000, "scaling.minIdleInstances"),
    within(maxIdleInstances, 1, 1000, "scaling.maxIdleInstances"),
    check(
      minIdleInstances <= maxIdleInstances,
      "scaling.minIdleInstances",
      minIdleInstances,
      `at most maxIdleInstances (${maxIdleInstances})`,
    ),
    latencyProblem(minPendingLatency, "scaling.minPendingLatency"),
    latencyProblem(maxPendingLatency, "scaling.maxPendingLatency"),
    minPendingLatency && maxPendingLatency
      ? check(
          milliseconds(minPendingLatency) <= milliseconds(maxPendingLatency),
          "scaling.minPendingLatency",
          minPendingLatency,
          `at most maxPendingLatency (${maxPendingLatency})`,
        )
      : undefined,
  ];
}

function basicProblems({ maxInstances, idleTimeout = "15 minutes" }: BasicScaling): (Problem | undefined)[] {
  return [
    within(maxInstances, 1, 200, "scaling.maxInstances"),
    check(inSeconds(idleTimeout) >= 60, "scaling.idleTimeout", idleTimeout, "at least 1 minute"),
  ];
}

function automaticBlock(scaling: AutomaticScaling) {
  const { targetThroughput, minIdleInstances, maxIdleInstances, minPendingLatency, maxPendingLatency } =
    scaling;
  return {
    maxConcurrentRequests: scaling.maxConcurrentRequests,
    ...(minIdleInstances === undefined ? {} : { minIdleInstances }),
    ...(maxIdleInstances === undefined ? {} : { maxIdleInstances }),
    ...(minPendingLatency === undefined ? {} : { minPendingLatency: inGoogleSeconds(minPendingLatency) }),
    ...(maxPendingLatency === undefined ? {} : { maxPendingLatency: inGoogleSeconds(maxPendingLatency) }),
    standardSchedulerSettings: {
      minInstances: scaling.minInstances,
      maxInstances: scaling.maxInstances,
      targetCpuUtilization: scaling.targetCpu,
      ...(targetThroughput === undefined ? {} : { targetThroughputUtilization: targetThroughput }),
    },
  };
}

function within(value: number, least: number, most: number, field: string): Problem | undefined {
  return check(
    Number.isInteger(value) && value >= least && value <= most,
    field,
    value,
    `a whole number from ${least} to ${most}`,
  );
}

function latencyProblem(latency: Latency | undefined, field: string): Problem | undefined {
  if (latency === undefined) return undefined;
  const value = milliseconds(latency);
  return check(
    Number.isInteger(value) && value >= 10 && value <= 15_000,
    field,
    latency,
    "10 ms to 15000 ms, in whole milliseconds",
  );
}

function milliseconds(latency: Latency): number {
  return Number(latency.replace(/ ms$/, ""));
}

/** `"0.100s"`: three digits or none, as the API answers, so that no plan shows a difference. */
function inGoogleSeconds(latency: Latency): string {
  const value = milliseconds(latency);
  return value % 1000 === 0 ? `${value / 1000}s` : `${(value / 1000).toFixed(3)}s`;
}
