import {
  AlertConfiguration,
  type AlertConfigurationConfig,
} from "@cdktf/provider-mongodbatlas/lib/alert-configuration";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type AtlasAlert, type AtlasAlertName, atlasAlerts, type Severity } from "./alert-table";
import type { AtlasProjectLike } from "./atlas-project";
import type { AtlasNotification } from "./notification";

/** Attributes that would put a key into the state. */
const secrets = [
  "apiToken",
  "datadogApiKey",
  "microsoftTeamsWebhookUrl",
  "opsGenieApiKey",
  "serviceKey",
  "victorOpsApiKey",
  "victorOpsRoutingKey",
  "webhookSecret",
  "webhookUrl",
] as const;

/** Props of `AtlasAlerts`. */
export interface AtlasAlertsProps extends Transformable<{ alert: AlertConfigurationConfig }> {
  readonly project: AtlasProjectLike;
  /** Who is told, by urgency; somebody for each. */
  readonly tell: Readonly<Record<Severity, readonly AtlasNotification[]>>;
  /**
   * Alerts that this project goes without, such as those of exports where there are none.
   *
   * @default - none
   */
  readonly without?: readonly AtlasAlertName[];
  /**
   * Other thresholds, in the unit of the table.
   *
   * @default - those of the table
   */
  readonly thresholds?: { readonly [Alert in AtlasAlertName]?: number };
}

/**
 * The alerts of `atlasAlerts`, switched on. Atlas shows no text of ours beside an alert: which runbook belongs to it is
 * in the table, and the runbook is found by the alert's name.
 *
 * @throws UserError when nobody is told of a severity, or a threshold is none
 */
export class AtlasAlerts extends Construct {
  constructor(scope: Construct, id: string, props: AtlasAlertsProps) {
    super(scope, id);
    const names = (Object.keys(atlasAlerts) as AtlasAlertName[]).filter(
      (name) => !props.without?.includes(name),
    );
    this.validate(props, names);
    atlas(this);
    for (const name of names) {
      this.createAlert(name, atlasAlerts[name], props);
    }
  }

  private validate({ tell, thresholds = {} }: AtlasAlertsProps, names: readonly AtlasAlertName[]): void {
    const needed = [...new Set(names.map((name) => atlasAlerts[name].severity))];
    refuse(this, "the alerts", [
      ...needed.map((severity) =>
        check(tell[severity].length > 0, `tell.${severity}`, "nobody", `somebody who is told of ${severity}`),
      ),
      ...Object.entries(thresholds).map(([name, amount]) => checkThreshold(name as AtlasAlertName, amount)),
    ]);
  }

  private createAlert(
    name: AtlasAlertName,
    { event, severity, delayMinutes, metric, threshold }: AtlasAlert,
    { project, tell, thresholds, transform }: AtlasAlertsProps,
  ): void {
    const config = transformed<AlertConfigurationConfig>(
      {
        projectId: project.projectId,
        eventType: event,
        // Off unless said: the provider's default.
        enabled: true,
        notification: tell[severity].map(({ block }) => ({ ...block, delayMin: delayMinutes })),
        ...(metric
          ? {
              metricThresholdConfig: [
                {
                  metricName: metric.name,
                  operator: metric.operator,
                  threshold: thresholds?.[name] ?? metric.threshold,
                  units: "RAW",
                  mode: "AVERAGE",
                },
              ],
            }
          : {}),
        ...(threshold
          ? {
              thresholdConfig: [
                {
                  operator: threshold.operator,
                  threshold: thresholds?.[name] ?? threshold.amount,
                  units: threshold.units,
                },
              ],
            }
          : {}),
      },
      transform?.alert,
    );
    const notifications = Array.isArray(config.notification) ? config.notification : [];
    refuse(this, `alert ${name}`, [
      ...secrets.map((secret) =>
        check(
          notifications.every((notification) => notification[secret] === undefined),
          "transform.alert",
          secret,
          "no key: it would stand in the state; enter it in Atlas and give the integration's id",
        ),
      ),
    ]);
    new AlertConfiguration(this, name, config);
  }
}

function checkThreshold(name: AtlasAlertName, amount: number | undefined): Problem | undefined {
  const { metric, threshold }: AtlasAlert = atlasAlerts[name];
  return check(
    amount === undefined || (amount > 0 && (metric !== undefined || threshold !== undefined)),
    `thresholds.${name}`,
    amount,
    metric || threshold ? "more than 0" : "nothing: this alert has no threshold",
  );
}
