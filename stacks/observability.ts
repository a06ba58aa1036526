import type { Alerting } from "@groundwork/constructs/observability/alerts/alert";
import { type AlertName, alertsAbout } from "@groundwork/constructs/observability/alerts/alert-table";
import { ServiceAlerts } from "@groundwork/constructs/observability/alerts/service-alerts";
import type { ServiceLoad } from "@groundwork/constructs/observability/alerts/service-queries";
import { AlertChannels } from "@groundwork/constructs/observability/channels/alert-channels";
import { PlatformDashboard } from "@groundwork/constructs/observability/dashboards/platform-dashboard";
import { AuditArchive } from "@groundwork/constructs/observability/logs/audit-archive";
import { LogBucket } from "@groundwork/constructs/observability/logs/log-bucket";
import { LogExclusions } from "@groundwork/constructs/observability/logs/log-exclusions";
import { LogSink } from "@groundwork/constructs/observability/logs/log-sink";
import { ServiceObjectives } from "@groundwork/constructs/observability/objectives/service-objectives";
import { OperationAlerts } from "@groundwork/constructs/observability/operations/operation-alerts";
import { UptimeAlerts } from "@groundwork/constructs/observability/uptime/uptime-alerts";
import { UptimeCheck } from "@groundwork/constructs/observability/uptime/uptime-check";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";
import { durableLocation } from "./places";

/** Who is told what, what is promised, what is looked at, and how long logs are kept. */
export class ObservabilityStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "observability");
    const alerting = this.createAlerting();
    if (alerting) {
      this.createServiceAlerts(alerting);
      this.createObjectives(alerting);
      this.createUptimeChecks(alerting);
      this.createOperationAlerts(alerting);
    }
    this.createDashboard();
    this.createLogs();
    this.createAuditLogs();
  }

  private createAlerting(): Alerting | undefined {
    const { environment, organisation } = this.loaded;
    const { channels } = environment.observability;
    if (channels === "none") {
      return undefined;
    }
    return this.from("observability.channels", () => ({
      environment: environment.name,
      runbooks: this.runbooks,
      channels: new AlertChannels(this, "channels", {
        title: `${organisation.title}, ${environment.name}`,
        p2: channels.p2,
        ...(channels.p1.length > 0 ? { paging: true, p1: channels.p1 } : {}),
        ...(channels.p3.length > 0 ? { p3: channels.p3 } : {}),
      }),
    }));
  }

  private get runbooks(): string {
    const { owner, repository } = this.loaded.organisation.github;
    return `https://github.com/${owner}/${repository}/blob/main/docs/runbooks`;
  }

  private get loads(): ServiceLoad[] {
    return Object.entries(this.loaded.environment.services).map(([service, { instanceClass }]) => ({
      service,
      runsOn: instanceClass,
    }));
  }

  private createServiceAlerts(alerting: Alerting): void {
    for (const load of this.loads) {
      this.attempt("observability.alerts", () => {
        new ServiceAlerts(this, `alerts-${load.service}`, {
          alerting,
          ...load,
          settings: this.settingsOf(alertsAbout("service")),
        });
      });
    }
  }

  /** What the environment sets otherwise than the table, of these alerts. */
  private settingsOf(names: readonly AlertName[]) {
    const { alerts } = this.loaded.environment.observability;
    return Object.fromEntries(names.flatMap((name) => (alerts[name] ? [[name, alerts[name]]] : [])));
  }

  private createObjectives(alerting: Alerting): void {
    const { objectives } = this.loaded.environment.observability;
    if (objectives === "none") {
      return;
    }
    const { availability, fast, period } = objectives;
    for (const { service } of this.loads) {
      this.attempt("observability.objectives", () => {
        new ServiceObjectives(this, `objectives-${service}`, {
          alerting,
          service,
          period,
          objectives: [
            { indicator: { kind: "availability" }, goal: availability },
            { indicator: { kind: "latency", within: fast.within }, goal: fast.share },
          ],
        });
      });
    }
  }

  /** Only what has a domain of its own can be asked: the gateway's own host is Google's to choose. */
  private createUptimeChecks(alerting: Alerting): void {
    const { apis, observability } = this.loaded.environment;
    const { uptimePath } = observability;
    if (uptimePath === "none") {
      return;
    }
    for (const [name, { title, domain }] of Object.entries(apis)) {
      if (domain !== "none") {
        this.attempt("observability.uptimePath", () => {
          const check = new UptimeCheck(this, `uptime-${name}`, {
            title,
            host: domain.host,
            path: uptimePath,
          });
          new UptimeAlerts(this, `uptime-${name}-alerts`, { alerting, check, subject: domain.host });
        });
      }
    }
  }

  private createOperationAlerts(alerting: Alerting): void {
    new OperationAlerts(this, "operations", { alerting, alerts: alertsAbout("operation") });
  }

  private createDashboard(): void {
    const { environment, organisation } = this.loaded;
    if (environment.observability.dashboards) {
      new PlatformDashboard(this, "dashboard", {
        title: `${organisation.title}, ${environment.name}`,
        services: this.loads,
        runbooks: this.runbooks,
      });
    }
  }

  private createLogs(): void {
    const { environment, names } = this.loaded;
    this.attempt("observability.logs", () => {
      const bucket = new LogBucket(this, "logs", {
        name: names.logBucket,
        location: environment.region,
        keep: environment.observability.logs,
        purpose: "Everything that the platform and its services log.",
      });
      new LogSink(this, "all-logs", {
        name: names.logBucket,
        to: bucket,
        filter: "all",
        purpose: "Keeps every log for as long as this environment says.",
      });
      new LogExclusions(this, "noise", { exclude: ["health-checks", "static-files"] });
    });
  }

  private createAuditLogs(): void {
    const { environment, names } = this.loaded;
    const keep = environment.observability.auditLogs;
    this.attempt("observability.auditLogs", () => {
      new AuditArchive(this, "audit-logs", {
        bucket: names.auditLogBucket,
        location: durableLocation(this.loaded),
        keep,
      });
    });
  }
}
