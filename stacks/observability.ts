import type { Alerting } from "@groundwork/constructs/observability/alerts/alert";
import type { AlertNameAbout } from "@groundwork/constructs/observability/alerts/alert-table";
import { ServiceAlerts } from "@groundwork/constructs/observability/alerts/service-alerts";
import { AlertChannels } from "@groundwork/constructs/observability/channels/alert-channels";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** Who is told what. */
export class ObservabilityStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "observability");
    this.attempt("observability.channels", () => {
      const alerting = this.createAlerting();
      if (alerting) {
        this.createServiceAlerts(alerting);
      }
    });
  }

  private createAlerting(): Alerting | undefined {
    const { environment, organisation } = this.loaded;
    const { channels } = environment.observability;
    if (channels === "none") {
      return undefined;
    }
    const { owner, repository } = organisation.github;
    return {
      environment: environment.name,
      channels: new AlertChannels(this, "channels", {
        title: `${organisation.title}, ${environment.name}`,
        p2: channels.p2,
        ...(channels.p1.length > 0 ? { paging: true, p1: channels.p1 } : {}),
        ...(channels.p3.length > 0 ? { p3: channels.p3 } : {}),
      }),
      runbooks: `https://github.com/${owner}/${repository}/blob/main/docs/runbooks`,
    };
  }

  private createServiceAlerts(alerting: Alerting): void {
    for (const [service, { instanceClass }] of Object.entries(this.loaded.environment.services)) {
      new ServiceAlerts(this, `alerts-${service}`, {
        alerting,
        service,
        runsOn: instanceClass,
        settings: this.settingsOf(["server-errors", "slow-responses", "high-cpu", "high-memory"]),
      });
    }
  }

  /** What the environment sets otherwise than the table, of these alerts. */
  private settingsOf<About extends "service">(names: readonly AlertNameAbout<About>[]) {
    const { alerts } = this.loaded.environment.observability;
    return Object.fromEntries(names.flatMap((name) => (alerts[name] ? [[name, alerts[name]]] : [])));
  }
}
