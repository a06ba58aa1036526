import {
  MonitoringAlertPolicy,
  type MonitoringAlertPolicyConfig,
} from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { google } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type Duration, googleDuration, inSeconds, parts } from "../units";
import type { ChannelLike } from "./email-channel";

/** Props of `ErrorAlert`. */
export interface ErrorAlertProps extends Transformable<{ policy: MonitoringAlertPolicyConfig }> {
  /** Title of the alert. */
  readonly title: string;
  /** Share of requests answered with 5xx that raises it, between 0 and 1. */
  readonly errorShare: number;
  /** Time over which the share is taken, whole minutes. */
  readonly window: Duration;
  /**
   * Requests in the window below which nothing is said: one failed request at night is no outage.
   *
   * @default 20
   */
  readonly minimumRequests?: number;
  /** Who is told. */
  readonly channels: readonly ChannelLike[];
  /** Where the reader of the alert finds what to do. */
  readonly runbook: string;
}

/**
 * Tells when too many of App Engine's answers are server errors, per service.
 *
 * @throws UserError when the share, the window or the runbook's address is none
 * @see https://cloud.google.com/monitoring/promql/promql-in-alerting
 */
export class ErrorAlert extends Construct {
  constructor(scope: Construct, id: string, props: ErrorAlertProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createPolicy(props);
  }

  private validate({ errorShare, window, runbook, channels }: ErrorAlertProps): void {
    refuse(this, "the alert", [
      check(errorShare > 0 && errorShare < 1, "errorShare", errorShare, "a share between 0 and 1"),
      check(inSeconds(window) % 60 === 0 && inSeconds(window) > 0, "window", window, "whole minutes"),
      check(/^https:\/\/\S+$/.test(runbook), "runbook", runbook, "an address that starts with https://"),
      check(channels.length > 0, "channels", "none", "at least one channel"),
    ]);
  }

  private createPolicy(props: ErrorAlertProps): void {
    const { title, window, runbook, channels, transform } = props;
    new MonitoringAlertPolicy(
      this,
      "policy",
      transformed<MonitoringAlertPolicyConfig>(
        {
          displayName: title,
          combiner: "OR",
          enabled: true,
          severity: "CRITICAL",
          notificationChannels: channels.map((channel) => channel.channelName),
          conditions: [
            {
              displayName: title,
              conditionPrometheusQueryLanguage: {
                query: errorShareQuery(props),
                duration: googleDuration(window),
                evaluationInterval: "60s",
                ruleGroup: "app-engine",
                alertRule: "ServerErrors",
              },
            },
          ],
          documentation: {
            subject: title,
            mimeType: "text/markdown",
            content: `More than ${props.errorShare * 100} % of a service's answers were server errors for ${window}. What to do: ${runbook}`,
            links: [{ displayName: "Runbook", url: runbook }],
          },
        },
        transform?.policy,
      ),
    );
  }
}

/** The share of 5xx answers per service, where there is traffic worth judging. */
function errorShareQuery({ errorShare, window, minimumRequests = 20 }: ErrorAlertProps): string {
  const { amount, unit } = parts(window);
  const range = `${amount}${unit.slice(0, 1)}`;
  const metric = "appengine_googleapis_com:http_server_response_count";
  const labels = 'monitored_resource="gae_app"';
  const all = `sum by (module_id) (increase(${metric}{${labels}}[${range}]))`;
  const failed = `sum by (module_id) (increase(${metric}{${labels},response_code=~"5.."}[${range}]))`;
  return `(${failed} / ${all}) > ${errorShare} and ${all} > ${minimumRequests}`;
}
