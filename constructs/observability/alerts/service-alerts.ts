import type { MonitoringAlertPolicyConfig } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../../problems";
import type { Transformable } from "../../transform";
import { Alert, type Alerting, checkAlerting, checkSettings, withSettings } from "./alert";
import type { AlertSettings } from "./alert-row";
import { type AlertNameAbout, alertsAbout } from "./alert-table";
import { promQl } from "./condition";
import { type ServiceLoad, serviceQueries } from "./service-queries";

/** Settings by alert, where they differ from the table. */
export type ServiceAlertSettings = { readonly [Name in AlertNameAbout<"service">]?: AlertSettings };

/** Props of `ServiceAlerts`. */
export interface ServiceAlertsProps
  extends ServiceLoad,
    Transformable<{
      /** Each of the alerts. */
      policy: MonitoringAlertPolicyConfig;
    }> {
  readonly alerting: Alerting;
  /** @default - the alert table */
  readonly settings?: ServiceAlertSettings;
}

/**
 * The alerts of the table that every App Engine service has: server errors, slow answers, CPU, memory. Google measures
 * no memory of flexible instances, so those have no alert on it.
 *
 * @throws UserError when the service's name is none, or a setting doesn't fit
 */
export class ServiceAlerts extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAlertsProps) {
    super(scope, id);
    this.validate(props);
    for (const name of alertsAbout("service")) {
      this.createAlert(name, props);
    }
  }

  private validate({ service, alerting, settings = {} }: ServiceAlertsProps): void {
    const names: readonly string[] = alertsAbout("service");
    refuse(this, `the alerts of service ${service}`, [
      checkServiceName(service),
      ...checkAlerting(alerting),
      ...Object.keys(settings).map((name) =>
        check(names.includes(name), `settings.${name}`, name, `one of ${names.join(", ")}`),
      ),
      ...alertsAbout("service").flatMap((name) =>
        checkSettings(name, settings[name]).map(
          (problem) => problem && { ...problem, field: `settings.${problem.field}` },
        ),
      ),
    ]);
  }

  private createAlert(name: AlertNameAbout<"service">, props: ServiceAlertsProps): void {
    const { alerting, service, settings, transform } = props;
    const row = withSettings(name, settings?.[name]);
    const query = serviceQueries[name](props, row);
    if (query === undefined) return;
    new Alert(this, name, {
      alerting,
      alert: name,
      row,
      subject: service,
      labels: { service },
      conditions: [promQl(`${service} ${row.title}`, { query, lasting: row.lasting })],
      ...(transform ? { transform } : {}),
    });
  }
}

/** A problem unless the name can be an App Engine service's. */
export function checkServiceName(service: string): Problem | undefined {
  return checkName(
    service,
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "service",
    "1 to 63 lowercase letters, digits and hyphens",
  );
}
