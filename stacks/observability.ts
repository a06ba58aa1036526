import { EmailChannel } from "@groundwork/constructs/observability/email-channel";
import { ErrorAlert } from "@groundwork/constructs/observability/error-alert";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** Who is told what. */
export class ObservabilityStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "observability");
    this.createAlerts();
  }

  private createAlerts(): void {
    const { environment, organisation } = this.loaded;
    const { email, errorShare, errorWindow } = environment.alerts;
    this.attempt("alerts", () => {
      const channel = new EmailChannel(this, "e-mail", {
        title: `${organisation.title}, ${environment.name}`,
        address: email,
      });
      new ErrorAlert(this, "server-errors", {
        title: `${environment.name}: services answer with server errors`,
        errorShare,
        window: errorWindow,
        channels: [channel],
        runbook: `${organisation.repository}/blob/main/docs/runbooks/server-errors.md`,
      });
    });
  }
}
