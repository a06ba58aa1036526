import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { secretProblems } from "./secret-looking";

/** Memory of an instance in MB, by class. @see https://cloud.google.com/appengine/docs/standard#instance_classes */
export const memoryOf = { F1: 384, F2: 768, F4: 1536, F4_1G: 3072 } as const;

/** Class of an instance with automatic scaling. */
export type InstanceClass = keyof typeof memoryOf;

/** Runtimes that may be deployed. `nodejs20` was decommissioned in October 2026. */
export const runtimes = ["nodejs22", "nodejs24"] as const;
export type Runtime = (typeof runtimes)[number];

/** What leaves through the VPC connector. */
export const egressSettings = {
  "private-ranges": "PRIVATE_IP_RANGES",
  "all-traffic": "ALL_TRAFFIC",
} as const;
export type Egress = keyof typeof egressSettings | "none";

/** Automatic scaling, always explicit: App Engine's own defaults have no upper limit. */
export interface AutomaticScaling {
  /** Instances kept running, 0 to 1000. */
  readonly minInstances: number;
  /** Instances at most, 1 to 1000. */
  readonly maxInstances: number;
  /** CPU share above which another instance starts, 0.5 to 0.95. */
  readonly targetCpu: number;
  /** Requests that one instance serves at once, 1 to 1000. */
  readonly maxConcurrentRequests: number;
}

/** How a version runs. All of it is part of the version's content, and so of its id. */
export interface StandardVersionSettings {
  readonly runtime: Runtime;
  /** Command that starts the server. */
  readonly entrypoint: string;
  readonly instanceClass: InstanceClass;
  readonly scaling: AutomaticScaling;
  /** Environment variables; anything that looks like a secret is refused. */
  readonly env: Readonly<Record<string, string>>;
  readonly egress: Egress;
}

/** What is wrong with settings, in the words of whoever wrote them. */
export function settingsProblems({
  runtime,
  entrypoint,
  scaling,
  env,
}: StandardVersionSettings): (Problem | undefined)[] {
  const { minInstances, maxInstances, targetCpu, maxConcurrentRequests } = scaling;
  return [
    check(runtimes.includes(runtime), "runtime", runtime, `one of ${runtimes.join(", ")}`),
    check(
      /\S/.test(entrypoint),
      "entrypoint",
      JSON.stringify(entrypoint),
      "the command that starts the server",
    ),
    check(maxInstances >= 1 && maxInstances <= 1000, "scaling.maxInstances", maxInstances, "1 to 1000"),
    check(
      minInstances >= 0 && minInstances <= maxInstances,
      "scaling.minInstances",
      minInstances,
      `0 to maxInstances (${maxInstances})`,
    ),
    check(targetCpu >= 0.5 && targetCpu <= 0.95, "scaling.targetCpu", targetCpu, "0.5 to 0.95"),
    check(
      maxConcurrentRequests >= 1 && maxConcurrentRequests <= 1000,
      "scaling.maxConcurrentRequests",
      maxConcurrentRequests,
      "1 to 1000",
    ),
    ...secretProblems(env),
  ];
}
