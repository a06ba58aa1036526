import { blocksOf, isFalse, isTrue, type JsonObject, textAt, textsOf, textsWithin } from "../reading/json";
import type { Resource, SynthesizedEnvironment } from "../reading/synthesized";
import { versionTypes } from "../reading/terms";
import type { SynthRule, Violation } from "../rule";
import type { Settings } from "../settings-type";

/** What must be watched, and how to recognise that it is. */
const required = {
  application: [
    { what: "server errors (5xx)", pattern: /response_count[\s\S]*\b5(xx|\.\.|\d\d)/ },
    { what: "latency", pattern: /response_latencies/ },
    { what: "CPU", pattern: /cpu[/_]utilization|cpu[/_]usage/ },
    { what: "memory", pattern: /memory[/_]usage/ },
  ],
  cluster: [
    { what: "database connections", pattern: /CONNECTIONS_PERCENT/ },
    { what: "database disk", pattern: /DISK_PARTITION_SPACE_USED/ },
    { what: "a cluster without a primary", pattern: /NO_PRIMARY/ },
  ],
  gateway: [{ what: "uptime", pattern: /uptime_check/ }],
} as const;

export const alertsAreComplete: SynthRule = {
  id: "S26",
  title: "What must not go unnoticed raises an alert, which reaches somebody and tells what to do",
  why: "An alert that is missing, switched off or sent to nobody is found out by the customers.",
  mapsTo: [],
  check: (environment, settings) => {
    const has = (...types: string[]) => environment.all(...types).length > 0;
    const policies = environment.all("google_monitoring_alert_policy");
    const atlas = environment.all("mongodbatlas_alert_configuration");
    const wanted = [
      ...(has(...versionTypes) ? required.application : []),
      ...(has("mongodbatlas_advanced_cluster") ? required.cluster : []),
      ...(has("google_api_gateway_gateway") ? required.gateway : []),
    ];
    if (wanted.length + policies.length + atlas.length === 0) return "not applicable";
    return [
      ...missing(environment, wanted, [...policies, ...atlas]),
      ...policies.flatMap((policy) => wiring(policy, environment, settings)),
      ...atlas.flatMap(atlasWiring),
    ];
  },
};

function missing(
  environment: SynthesizedEnvironment,
  wanted: readonly { what: string; pattern: RegExp }[],
  alerts: readonly Resource[],
): Violation[] {
  const texts = alerts.map(({ values }) =>
    textsWithin({
      conditions: values.conditions,
      metric: values.metric_threshold_config,
      event: values.event_type,
    })
      .map(({ text }) => text)
      .join("\n"),
  );
  return wanted
    .filter(({ pattern }) => !texts.some((text) => pattern.test(text)))
    .map(({ what }) =>
      environment.missing("observability", `no alert on ${what}`, "add one, with a severity and a runbook"),
    );
}

function wiring(policy: Resource, environment: SynthesizedEnvironment, settings: Settings): Violation[] {
  const { values } = policy;
  const severity = textAt(values, "severity");
  const channels = textsOf(values.notification_channels);
  const problems: Violation[] = [];
  if (isFalse(values, "enabled")) {
    problems.push(policy.violation("enabled", "switched off", "set it to true, or remove the alert"));
  }
  if (severity === undefined) {
    problems.push(policy.violation("severity", "none", "say CRITICAL (P1), WARNING (P2) or another"));
  }
  if (channels.length === 0) {
    problems.push(policy.violation("notification_channels", "nobody is told", "name a channel"));
  } else if (severity === "CRITICAL" && !channels.some((one) => wakes(policy, one, environment, settings))) {
    problems.push(
      policy.violation(
        "notification_channels",
        "a P1 alert that wakes nobody",
        `add a channel of type ${settings.pagers.join(" or ")}`,
      ),
    );
  }
  const documentation = blocksOf(values.documentation);
  if (!documentation.some((one) => /https:\/\//.test(textAt(one, "content") ?? "") || hasLink(one))) {
    problems.push(policy.violation("documentation", "no link to a runbook", "say what to do, with a link"));
  }
  return problems;
}

function hasLink(documentation: JsonObject): boolean {
  return blocksOf(documentation.links).length > 0;
}

/** What can't be looked up (a channel's bare number) may wake somebody. */
function wakes(
  policy: Resource,
  channel: string,
  environment: SynthesizedEnvironment,
  { pagers }: Settings,
): boolean {
  const type = textAt(environment.referred(policy.stack, channel)?.values, "type");
  return type === undefined || pagers.includes(type);
}

function atlasWiring(alert: Resource): Violation[] {
  return [
    ...(isTrue(alert.values, "enabled")
      ? []
      : [alert.violation("enabled", "switched off, which is Atlas's default", "set it to true")]),
    ...(blocksOf(alert.values.notification).length > 0
      ? []
      : [alert.violation("notification", "nobody is told", "name who is told")]),
  ];
}
