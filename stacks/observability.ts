import type { Alerting } from "@groundwork/constructs/observability/alerts/alert";
import { ServiceAlerts } from "@groundwork/constructs/observability/alerts/service-alerts";
import { AlertChannels } from "@groundwork/constructs/observability/channels/alert-channels";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** Who is told what. */
export class ObservabilityStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "observability");
    this.attempt("alerts", () => {
      const alerting = this.createAlerting();
      this.createServiceAlerts(alerting);
    });
  }

  private createAlerting(): Alerting {
    const { environment, organisation } = this.loaded;
    return {
      environment: environment.name,
      channels: new AlertChannels(this, "channels", {
        title: `${organisation.title}, ${environment.name}`,
        p2: [{ email: environment.alerts.email }],
      }),
      runbooks: `${organisation.repository}/blob/main/docs/runbooks`,
    };
  }

  private createServiceAlerts(alerting: Alerting): void {
    const { services, alerts } = this.loaded.environment;
    for (const [service, { instanceClass }] of Object.entries(services)) {
      new ServiceAlerts(this, `alerts-${service}`, {
        alerting,
        service,
        runsOn: instanceClass,
        settings: { "server-errors": { threshold: alerts.errorShare, window: alerts.errorWindow } },
      });
    }
  }
}
