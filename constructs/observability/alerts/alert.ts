import {
  MonitoringAlertPolicy,
  type MonitoringAlertPolicyConfig,
  type MonitoringAlertPolicyDocumentation,
} from "@cdktf/provider-google/lib/monitoring-alert-policy";
import type { Problem } from "@groundwork/user-error";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { inSeconds } from "../../units";
import type { TieredChannels } from "../channels/tier";
import type { AlertRow, AlertSettings } from "./alert-row";
import { type AlertName, alertRow } from "./alert-table";
import type { Condition } from "./condition";

/** What all alerts of an environment have in common. */
export interface Alerting {
  /** First word of every title: `prod`. */
  readonly environment: string;
  /** Who is told, by tier. */
  readonly channels: TieredChannels;
  /** Address of the folder with the runbooks, without a slash at the end; a page is `<address>/<alert>.md`. */
  readonly runbooks: string;
}

/** A row of the table after an environment's settings. */
export type SetRow = AlertRow & { readonly name: AlertName };

/** Props of `Alert`. */
export interface AlertProps extends Transformable<{ policy: MonitoringAlertPolicyConfig }> {
  readonly alerting: Alerting;
  /** Which line of the alert table. */
  readonly alert: AlertName;
  /** What the settings make of the line; see `withSettings`. @default - the line as it stands */
  readonly row?: AlertRow;
  /** What it is about, the first words of the title: `orders`. @default - the title stands alone */
  readonly subject?: string;
  /** Labels of the policy next to `alert` and `tier`: `{ service: "orders" }`. Lowercase letters, digits, - and _. */
  readonly labels?: Readonly<Record<string, string>>;
  /** When it is raised. PromQL allows one condition. */
  readonly conditions: readonly Condition[];
  /** Whether one condition is enough, or all must hold. @default "any" */
  readonly when?: "any" | "all";
}

/**
 * One alert of the table: its tier decides who is told, its name where to read what to do.
 *
 * @throws UserError when the runbooks' address doesn't start with https:// or ends with a slash
 */
export class Alert extends Construct {
  constructor(scope: Construct, id: string, props: AlertProps) {
    super(scope, id);
    refuse(this, `alert ${props.alert}`, checkAlerting(props.alerting));
    google(this);
    this.createPolicy(props, props.row ?? alertRow(props.alert));
  }

  private createPolicy(props: AlertProps, row: AlertRow): void {
    const { alerting, alert, labels, conditions, when = "any", transform } = props;
    const title = titleOf(props, row);
    new MonitoringAlertPolicy(
      this,
      "policy",
      transformed<MonitoringAlertPolicyConfig>(
        {
          displayName: title,
          combiner: when === "any" ? "OR" : "AND",
          enabled: true,
          severity: row.severity,
          userLabels: { alert, tier: row.tier.toLowerCase(), ...labels },
          notificationChannels: alerting.channels.channelsOf(row.tier).map(({ channelName }) => channelName),
          conditions: [...conditions],
          alertStrategy: { autoClose: "86400s", notificationPrompts: ["OPENED", "CLOSED"] },
          documentation: documentation(title, alert, row, alerting),
        },
        transform?.policy,
      ),
    );
  }
}

/** The title of the incident: `prod: orders answers with server errors`. */
export function titleOf({ alerting, subject }: Pick<AlertProps, "alerting" | "subject">, row: AlertRow) {
  return `${alerting.environment}: ${subject === undefined ? "" : `${subject} `}${row.title}`;
}

/** The line of the table as an environment wants it. */
export function withSettings(alert: AlertName, settings: AlertSettings = {}): AlertRow {
  const { threshold, ...times } = settings;
  const row = alertRow(alert);
  return {
    ...row,
    ...times,
    ...(threshold === undefined ? {} : { threshold: { ...row.threshold, value: threshold } }),
  };
}

/** What is wrong with the settings of an alert; fields begin with its name. */
export function checkSettings(alert: AlertName, settings: AlertSettings = {}): (Problem | undefined)[] {
  const { threshold, window, lasting, minimumRequests } = settings;
  const { unit } = alertRow(alert).threshold;
  const fits = threshold === undefined || (threshold > 0 && (unit !== "share" || threshold < 1));
  return [
    check(
      fits,
      `${alert}.threshold`,
      threshold,
      unit === "share" ? "a share between 0 and 1" : `a number of ${unit} above 0`,
    ),
    check(
      window === undefined || (isMinutes(inSeconds(window)) && inSeconds(window) > 0),
      `${alert}.window`,
      window,
      "whole minutes, at most 24 hours",
    ),
    check(
      lasting === undefined || isMinutes(inSeconds(lasting)),
      `${alert}.lasting`,
      lasting,
      "whole minutes, at most 24 hours",
    ),
    check(
      minimumRequests === undefined || (Number.isInteger(minimumRequests) && minimumRequests >= 0),
      `${alert}.minimumRequests`,
      minimumRequests,
      "a whole number, 0 or more",
    ),
  ];
}

/** What is wrong with what all alerts share. */
export function checkAlerting({ runbooks }: Alerting): (Problem | undefined)[] {
  return [
    check(
      /^https:\/\/\S+[^/\s]$/.test(runbooks),
      "runbooks",
      runbooks,
      "an address that starts with https:// and doesn't end with a slash",
    ),
  ];
}

/** Monitoring looks back over a day at most. @see https://cloud.google.com/monitoring/quotas#alerting_uptime_limits */
function isMinutes(seconds: number): boolean {
  return seconds % 60 === 0 && seconds >= 0 && seconds <= 86_400;
}

function documentation(
  title: string,
  alert: AlertName,
  row: AlertRow,
  { runbooks }: Alerting,
): MonitoringAlertPolicyDocumentation {
  const runbook = `${runbooks}/${alert}.md`;
  return {
    subject: title,
    mimeType: "text/markdown",
    content: `**${row.tier}, ${row.severity.toLowerCase()}.** ${row.meaning}\n\nWhat to do: ${runbook}`,
    links: [{ displayName: "Runbook", url: runbook }],
  };
}
