import type { Problem } from "@groundwork/user-error";
import { check } from "../problems";
import { variableProblems } from "./environment-variables";
import { type Handler, handlerProblems } from "./handlers";
import { classesFor, type InstanceClass } from "./instance-classes";
import { kindOf, type Scaling, scalingProblems } from "./scaling";

/** Runtimes that may be deployed. `nodejs20` was decommissioned in October 2026. */
export const runtimes = ["nodejs22", "nodejs24"] as const;
export type Runtime = (typeof runtimes)[number];

/** What leaves through the VPC connector. */
export const egressSettings = {
  "private-ranges": "PRIVATE_IP_RANGES",
  "all-traffic": "ALL_TRAFFIC",
} as const;
export type Egress = keyof typeof egressSettings | "none";

/** Calls that App Engine makes to a version by itself. */
export const inboundServices = {
  /** `/_ah/warmup`, before an instance gets requests. */
  warmup: "INBOUND_SERVICE_WARMUP",
  /** Mail to the application; needs `bundledServices`. */
  mail: "INBOUND_SERVICE_MAIL",
  /** Mail of the application that came back; needs `bundledServices`. */
  "mail-bounce": "INBOUND_SERVICE_MAIL_BOUNCE",
} as const;
export type InboundService = keyof typeof inboundServices;

/**
 * How a version runs, as plain data. All of it is part of the version's content, and so of its id; what is left out is
 * not, and means the default.
 */
export interface StandardVersionSettings {
  readonly runtime: Runtime;
  /** Command that starts the server. */
  readonly entrypoint: string;
  /** `F…` for automatic scaling, `B…` for basic and manual. */
  readonly instanceClass: InstanceClass;
  readonly scaling: Scaling;
  /** Environment variables; anything that looks like a secret is refused. */
  readonly env: Readonly<Record<string, string>>;
  readonly egress: Egress;
  /** @default - everything goes to the server, over HTTPS only */
  readonly handlers?: readonly Handler[] | undefined;
  /** @default - `warmup` with automatic scaling, none with basic and manual, which know no warm-up */
  readonly inboundServices?: readonly InboundService[] | undefined;
  /** App Engine's own APIs of before (mail, task queues, …), which only a few runtimes still need. @default false */
  readonly bundledServices?: boolean | undefined;
}

/** What App Engine calls by itself, after the default. */
export function inboundServicesOf({ scaling, inboundServices: asked }: StandardVersionSettings) {
  return asked ?? (kindOf(scaling) === "automatic" ? (["warmup"] as const) : []);
}

/** What is wrong with settings, in the words of whoever wrote them. */
export function settingsProblems(settings: StandardVersionSettings): (Problem | undefined)[] {
  const { runtime, entrypoint, instanceClass, scaling, env, handlers = [] } = settings;
  const kind = kindOf(scaling);
  const classes = classesFor(kind === "automatic" ? "automatic" : "basic-or-manual");
  return [
    check(runtimes.includes(runtime), "runtime", runtime, `one of ${runtimes.join(", ")}`),
    check(
      /\S/.test(entrypoint),
      "entrypoint",
      JSON.stringify(entrypoint),
      "the command that starts the server",
    ),
    check(
      classes.includes(instanceClass),
      "instanceClass",
      `${instanceClass} with ${kind} scaling`,
      `one of ${classes.join(", ")}`,
    ),
    ...scalingProblems(scaling),
    ...variableProblems(env),
    ...handlerProblems(handlers),
    ...inboundProblems(settings),
  ];
}

function inboundProblems(settings: StandardVersionSettings): (Problem | undefined)[] {
  const services: readonly InboundService[] = inboundServicesOf(settings);
  return [
    check(
      kindOf(settings.scaling) === "automatic" || !services.includes("warmup"),
      "inboundServices",
      `warmup with ${kindOf(settings.scaling)} scaling`,
      "no warm-up: App Engine calls /_ah/start instead",
    ),
    check(
      settings.bundledServices === true || !services.some((service) => service.startsWith("mail")),
      "inboundServices",
      "mail without bundledServices",
      "bundledServices: true, which mail comes through",
    ),
  ];
}
