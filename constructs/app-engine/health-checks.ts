import type {
  AppEngineFlexibleAppVersionLivenessCheck,
  AppEngineFlexibleAppVersionReadinessCheck,
} from "@cdktf/provider-google/lib/app-engine-flexible-app-version";
import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { type Duration, googleDuration, inSeconds } from "../units";

interface HealthCheck {
  /** Path that answers 200 when all is well, starting with `/`. */
  readonly path: string;
  /** Time between checks, 1 second to 5 minutes. */
  readonly every?: Duration | undefined;
  /** An answer that takes longer is a failure; 1 second to 5 minutes, less than `every`. @default "4 seconds" */
  readonly timeout?: Duration | undefined;
  /** Failures in a row that count, 1 to 10. */
  readonly failures?: number | undefined;
  /** Successes in a row that count, 1 to 10. @default 2 */
  readonly successes?: number | undefined;
}

/** Is an instance alive? One that isn't is replaced. By default checked every 30 seconds, dead after 4 failures. */
export interface LivenessCheck extends HealthCheck {
  /** Time after the start in which failures don't count, at most an hour. @default "5 minutes" */
  readonly initialDelay?: Duration | undefined;
}

/** Can an instance take requests? By default checked every 5 seconds, left out after 2 failures. */
export interface ReadinessCheck extends HealthCheck {
  /** A version none of whose instances is ready in this time fails to deploy; at most 30 minutes. @default "5 minutes" */
  readonly startTimeout?: Duration | undefined;
}

/** Both checks, with the API's defaults spelled out. */
export function healthCheckBlocks(
  liveness: LivenessCheck,
  readiness: ReadinessCheck,
): {
  livenessCheck: AppEngineFlexibleAppVersionLivenessCheck;
  readinessCheck: AppEngineFlexibleAppVersionReadinessCheck;
} {
  return {
    livenessCheck: {
      path: liveness.path,
      checkInterval: googleDuration(liveness.every ?? "30 seconds"),
      timeout: googleDuration(liveness.timeout ?? "4 seconds"),
      failureThreshold: liveness.failures ?? 4,
      successThreshold: liveness.successes ?? 2,
      initialDelay: googleDuration(liveness.initialDelay ?? "5 minutes"),
    },
    readinessCheck: {
      path: readiness.path,
      checkInterval: googleDuration(readiness.every ?? "5 seconds"),
      timeout: googleDuration(readiness.timeout ?? "4 seconds"),
      failureThreshold: readiness.failures ?? 2,
      successThreshold: readiness.successes ?? 2,
      appStartTimeout: googleDuration(readiness.startTimeout ?? "5 minutes"),
    },
  };
}

/** What is wrong with them. @see https://cloud.google.com/appengine/docs/flexible/reference/app-yaml#updated_health_checks */
export function healthCheckProblems(
  liveness: LivenessCheck,
  readiness: ReadinessCheck,
): (Problem | undefined)[] {
  return [
    ...checkProblems(liveness, "30 seconds", "liveness"),
    ...checkProblems(readiness, "5 seconds", "readiness"),
    span(liveness.initialDelay, 0, 3600, "liveness.initialDelay", "at most 1 hour"),
    span(readiness.startTimeout, 1, 1800, "readiness.startTimeout", "1 second to 30 minutes"),
  ];
}

function checkProblems(of: HealthCheck, usual: Duration, field: string): (Problem | undefined)[] {
  const { path, every = usual, timeout = "4 seconds", failures = 2, successes = 2 } = of;
  return [
    check(/^\/\S*$/.test(path), `${field}.path`, JSON.stringify(path), "a path that starts with /"),
    span(every, 1, 300, `${field}.every`, "1 second to 5 minutes"),
    span(timeout, 1, 300, `${field}.timeout`, "1 second to 5 minutes"),
    check(
      inSeconds(timeout) < inSeconds(every),
      `${field}.timeout`,
      timeout,
      `less than the time between checks (${every})`,
    ),
    threshold(failures, `${field}.failures`),
    threshold(successes, `${field}.successes`),
  ];
}

function span(
  duration: Duration | undefined,
  least: number,
  most: number,
  field: string,
  expected: string,
): Problem | undefined {
  if (duration === undefined) return undefined;
  const seconds = inSeconds(duration);
  return check(
    Number.isInteger(seconds) && seconds >= least && seconds <= most,
    field,
    duration,
    `${expected}, in whole seconds`,
  );
}

function threshold(value: number, field: string): Problem | undefined {
  return check(Number.isInteger(value) && value >= 1 && value <= 10, field, value, "1 to 10");
}
