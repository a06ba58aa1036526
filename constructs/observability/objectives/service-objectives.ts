import type { MonitoringAlertPolicyConfig } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import {
  MonitoringCustomService,
  type MonitoringCustomServiceConfig,
} from "@cdktf/provider-google/lib/monitoring-custom-service";
import {
  MonitoringSlo,
  type MonitoringSloConfig,
  type MonitoringSloRequestBasedSli,
} from "@cdktf/provider-google/lib/monitoring-slo";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { type Duration, googleDuration, inDays, inSeconds } from "../../units";
import { Alert, type Alerting, checkAlerting } from "../alerts/alert";
import { alertsAbout } from "../alerts/alert-table";
import { metricComparison } from "../alerts/condition";
import { checkServiceName } from "../alerts/service-alerts";
import { burnRateOf } from "./burn-rates";

/** What good means: no server error, or an answer within a time. */
export type Indicator =
  | { readonly kind: "availability" }
  | { readonly kind: "latency"; readonly within: Duration };

/** What a service promises for one indicator. */
export interface Objective {
  /** Which requests count as good. */
  readonly indicator: Indicator;
  /** Share of good requests, above 0, at most 0.9999: `0.995`. */
  readonly goal: number;
}

/** Props of `ServiceObjectives`. */
export interface ServiceObjectivesProps
  extends Transformable<{
    service: MonitoringCustomServiceConfig;
    /** Each of the objectives. */
    objective: MonitoringSloConfig;
    /** Each of the alerts. */
    policy: MonitoringAlertPolicyConfig;
  }> {
  readonly alerting: Alerting;
  /** App Engine's name of the service. */
  readonly service: string;
  /** One or two, each of another kind. */
  readonly objectives: readonly Objective[];
  /** Rolling period over which the objectives hold, 1 to 30 days. @default "30 days" */
  readonly period?: Duration;
}

/**
 * What an App Engine service promises, and alerts when it spends its error budget too fast: each alert over a long
 * window, which shows that the loss matters, and a short one, which shows that it still goes on.
 *
 * @throws UserError when a goal, a time or the period doesn't fit, or a kind of indicator stands twice
 */
export class ServiceObjectives extends Construct {
  constructor(scope: Construct, id: string, props: ServiceObjectivesProps) {
    super(scope, id);
    const days = inDays(props.period ?? "30 days");
    this.validate(props, days);
    google(this);
    const service = this.createService(props);
    for (const objective of props.objectives) {
      this.createAlerts(props, objective, days, this.createObjective(props, service, objective, days));
    }
  }

  private validate({ alerting, service, objectives, period }: ServiceObjectivesProps, days: number): void {
    const kinds = objectives.map(({ indicator }) => indicator.kind);
    refuse(this, `the objectives of service ${service}`, [
      checkServiceName(service),
      ...checkAlerting(alerting),
      check(objectives.length > 0, "objectives", "none", "at least one objective"),
      check(Number.isInteger(days) && days >= 1 && days <= 30, "period", period, "1 to 30 days"),
      ...objectives.flatMap(({ goal, indicator }, index) => [
        check(
          goal > 0 && goal <= 0.9999,
          `objectives[${index}].goal`,
          goal,
          "a share above 0, at most 0.9999: an objective of 100 % has no budget",
        ),
        check(
          kinds.indexOf(indicator.kind) === index,
          `objectives[${index}].indicator`,
          indicator.kind,
          "each kind of indicator once",
        ),
        check(
          indicator.kind === "availability" || inSeconds(indicator.within) > 0,
          `objectives[${index}].indicator.within`,
          indicator,
          "a time above 0",
        ),
      ]),
    ]);
  }

  private createService({ service, transform }: ServiceObjectivesProps): MonitoringCustomService {
    return new MonitoringCustomService(
      this,
      "service",
      transformed<MonitoringCustomServiceConfig>(
        { serviceId: `app-engine-${service}`, displayName: service },
        transform?.service,
      ),
    );
  }

  private createObjective(
    { service, transform }: ServiceObjectivesProps,
    { serviceId }: MonitoringCustomService,
    { indicator, goal }: Objective,
    days: number,
  ): MonitoringSlo {
    return new MonitoringSlo(
      this,
      indicator.kind,
      transformed<MonitoringSloConfig>(
        {
          service: serviceId,
          sloId: indicator.kind,
          displayName: `${service}: ${describe(indicator)}, ${percent(goal)} in ${days} days`,
          goal,
          rollingPeriodDays: days,
          requestBasedSli: measured(indicator, service),
        },
        transform?.objective,
      ),
    );
  }

  private createAlerts(
    { alerting, service, transform }: ServiceObjectivesProps,
    { indicator }: Objective,
    days: number,
    slo: MonitoringSlo,
  ): void {
    for (const alert of alertsAbout("objective")) {
      const { rate, long, short } = burnRateOf(alert, days);
      new Alert(this, `${indicator.kind}-${alert}`, {
        alerting,
        alert,
        subject: `${service} (${indicator.kind})`,
        labels: { service, indicator: indicator.kind },
        when: "all",
        conditions: [long, short].map((window) =>
          metricComparison(`More than ${rate} times the allowed rate in ${window}`, {
            filter: `select_slo_burn_rate("${slo.name}", "${googleDuration(window)}")`,
            wrong: "above",
            threshold: rate,
            lasting: "0 seconds",
          }),
        ),
        ...(transform?.policy ? { transform: { policy: transform.policy } } : {}),
      });
    }
  }
}

/** The requests of an App Engine service, in Monitoring's filter language. Latencies are in milliseconds. */
function measured(indicator: Indicator, service: string): MonitoringSloRequestBasedSli {
  const series = (metric: string) =>
    `metric.type="appengine.googleapis.com/http/server/${metric}" AND resource.type="gae_app" AND resource.label.module_id="${service}"`;
  if (indicator.kind === "latency") {
    return {
      distributionCut: {
        distributionFilter: series("response_latencies"),
        range: { max: inSeconds(indicator.within) * 1000 },
      },
    };
  }
  const all = series("response_count");
  return {
    goodTotalRatio: {
      totalServiceFilter: all,
      badServiceFilter: `${all} AND metric.label.response_code>=500`,
    },
  };
}

function describe(indicator: Indicator): string {
  return indicator.kind === "availability" ? "no server error" : `answered within ${indicator.within}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
