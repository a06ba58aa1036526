import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { isZip } from "./artifact";
import { variableProblems } from "./environment-variables";
import { type FlexibleScaling, flexibleScalingProblems } from "./flexible-scaling";
import { healthCheckProblems, type LivenessCheck, type ReadinessCheck } from "./health-checks";
import { type Machine, machineProblems } from "./machine";

/**
 * Runtimes of the flexible environment; `custom` is an image of your own, or a zip with a Dockerfile.
 *
 * @see https://cloud.google.com/appengine/docs/flexible/lifecycle/runtime-lifecycle
 */
export const flexibleRuntimes = {
  nodejs22: { runtime: "nodejs", runtimeVersion: "22", operatingSystem: "ubuntu22" },
  nodejs24: { runtime: "nodejs", runtimeVersion: "24", operatingSystem: "ubuntu24" },
  custom: { runtime: "custom" },
} as const;
export type FlexibleRuntime = keyof typeof flexibleRuntimes;

/**
 * How a version of the flexible environment runs, as plain data. All of it is part of the version's content, and so of
 * its id; what is left out is not, and means the default.
 */
export interface FlexibleVersionSettings {
  readonly runtime: FlexibleRuntime;
  /** Command that starts the server. @default - none: with `custom`, the image knows it */
  readonly entrypoint?: string | undefined;
  readonly machine: Machine;
  readonly scaling: FlexibleScaling;
  readonly liveness: LivenessCheck;
  readonly readiness: ReadinessCheck;
  /** Environment variables; anything that looks like a secret is refused. */
  readonly env: Readonly<Record<string, string>>;
  /** A caller's requests go to the same machine, for WebSockets. @default false */
  readonly sessionAffinity?: boolean | undefined;
  /** Ports of the machine that lead to the container, `8081` or `8081:80`, `/udp` behind. @default - only the server's */
  readonly forwardedPorts?: readonly string[] | undefined;
}

/** Whether it is an image that can't change under its name. */
export function isImage(artifact: string): boolean {
  return /^[a-z0-9.-]+(\/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$/.test(artifact);
}

/** What is wrong with settings and what they run. */
export function flexibleProblems(
  settings: FlexibleVersionSettings,
  artifact: string,
  filesCount = 1,
): (Problem | undefined)[] {
  const { runtime, entrypoint = "", machine, scaling, liveness, readiness, env } = settings;
  return [
    check(
      runtime in flexibleRuntimes,
      "runtime",
      runtime,
      `one of ${Object.keys(flexibleRuntimes).join(", ")}`,
    ),
    check(
      runtime === "custom" || /\S/.test(entrypoint),
      "entrypoint",
      JSON.stringify(entrypoint),
      "the command that starts the server",
    ),
    check(
      isZip(artifact) || isImage(artifact),
      "artifact",
      artifact,
      "the address of a zip, gs://bucket/name.zip, or an image by its digest, host/path@sha256:…",
    ),
    check(
      runtime === "custom" || !isImage(artifact),
      "runtime",
      `${runtime} with an image`,
      "custom, which an image needs",
    ),
    check(filesCount >= 1 && filesCount <= 10_000, "filesCount", filesCount, "1 to 10000"),
    ...machineProblems(machine),
    ...flexibleScalingProblems(scaling),
    ...healthCheckProblems(liveness, readiness),
    ...(settings.forwardedPorts ?? []).map((port, index) =>
      check(
        /^\d{1,5}(:\d{1,5})?(\/(tcp|udp))?$/.test(port),
        `forwardedPorts[${index}]`,
        port,
        "a port such as 8081, 8081:80 or 8081/udp",
      ),
    ),
    ...variableProblems(env),
  ];
}
