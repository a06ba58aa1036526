import type { MonitoringDashboardConfig } from "@cdktf/provider-google/lib/monitoring-dashboard";
import { Construct } from "constructs";
import type { Transformable } from "../../transform";
import type { ServiceLoad } from "../alerts/service-queries";
import { Dashboard } from "./dashboard";
import { serviceSection } from "./service-section";
import type { Section } from "./widget";

/** Props of `PlatformDashboard`. */
export interface PlatformDashboardProps extends Transformable<{ dashboard: MonitoringDashboardConfig }> {
  /** Title that people read: `Hazelwick, prod`. */
  readonly title: string;
  /** The services, in the order in which they are shown. */
  readonly services: readonly ServiceLoad[];
  /** Address of the folder with the runbooks. */
  readonly runbooks: string;
}

/** One look at an environment: traffic, errors, latency and load of every service, and the operators' jobs. */
export class PlatformDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { title, services, runbooks, transform }: PlatformDashboardProps,
  ) {
    super(scope, id);
    new Dashboard(this, "platform", {
      title,
      sections: [overview(runbooks), ...services.map(serviceSection), operations()],
      ...(transform ? { transform } : {}),
    });
  }
}

function overview(runbooks: string): Section {
  const count = 'appengine_googleapis_com:http_server_response_count{monitored_resource="gae_app"';
  const share = `sum(rate(${count},response_code=~"5.."}[5m])) / sum(rate(${count}}[5m]))`;
  return {
    tiles: [
      {
        widget: {
          kind: "score",
          title: "Server errors, share of all answers",
          query: { promQl: share },
          badAbove: 0.05,
        },
        width: 16,
        height: 12,
      },
      {
        widget: {
          kind: "score",
          title: "Requests per second",
          query: { promQl: `sum(rate(${count}}[5m]))` },
        },
        width: 16,
        height: 12,
      },
      {
        widget: {
          kind: "text",
          title: "What to do",
          markdown: `[Runbooks](${runbooks}), one page per alert.`,
        },
        width: 16,
        height: 12,
      },
    ],
  };
}

function operations(): Section {
  return {
    title: "Operators' jobs",
    tiles: [
      {
        widget: {
          kind: "logs",
          title: "Backups, restore tests, drift",
          filter: 'log_id("groundwork") resource.type="global"',
        },
        width: 48,
      },
    ],
  };
}
