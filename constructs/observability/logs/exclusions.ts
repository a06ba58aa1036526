import type { LogExclusionRule } from "./log-sink";

/** What is left out by name. */
export const exclusionRules = {
  /** Requests of uptime checks, load balancers and warm-up that were answered well: most of an idle service's log. */
  "health-checks": {
    name: "health-checks",
    filter: [
      'resource.type=("gae_app" OR "http_load_balancer")',
      "httpRequest.status<400",
      '(httpRequest.userAgent=~"^(GoogleStackdriverMonitoring-UptimeChecks|GoogleHC/)" OR httpRequest.requestUrl=~"/(healthz|_ah/(warmup|health))([?]|$)")',
    ].join(" AND "),
    reason: "A health check that went well tells nothing; the uptime check's metric counts it.",
  },
  /** Requests for static files that were answered well. */
  "static-files": {
    name: "static-files",
    filter: [
      'resource.type="gae_app"',
      "httpRequest.status<400",
      'httpRequest.requestUrl=~"[.](css|js|map|png|jpe?g|svg|ico|woff2?)([?]|$)"',
    ].join(" AND "),
    reason: "Static files come from Hosting; what App Engine serves of them needs no log.",
  },
} as const satisfies Record<string, LogExclusionRule>;

/** Name of an exclusion. */
export type ExclusionName = keyof typeof exclusionRules;
