import {
  MonitoringDashboard,
  type MonitoringDashboardConfig,
} from "@cdktf/provider-google/lib/monitoring-dashboard";
import { Construct } from "constructs";
import { check, refuse } from "../../problems";
import { google } from "../../provider/providers";
import { type Transformable, transformed } from "../../transform";
import { canonicalJson } from "./canonical-json";
import { dashboardOf } from "./layout";
import type { Section } from "./widget";

/** Props of `Dashboard`. */
export interface DashboardProps extends Transformable<{ dashboard: MonitoringDashboardConfig }> {
  /** Title that people read. */
  readonly title: string;
  /** What it shows, from top to bottom; at most 100 widgets. */
  readonly sections: readonly Section[];
}

/**
 * A dashboard as code. Edits in the console are undone by the next apply.
 *
 * @throws UserError when there is nothing on it, too much, or a tile's height is none
 * @see https://cloud.google.com/monitoring/dashboards/api-dashboard
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    this.validate(props);
    google(this);
    this.createDashboard(props);
  }

  private validate({ title, sections }: DashboardProps): void {
    const tiles = sections.flatMap((section) => section.tiles);
    const count = tiles.length + sections.filter((section) => section.title !== undefined).length;
    refuse(this, `dashboard ${title}`, [
      check(title.trim() !== "", "title", title, "a title"),
      check(count >= 1 && count <= 100, "sections", `${count} widgets`, "1 to 100 widgets, titles included"),
      ...tiles.map(({ height = 16, widget }) =>
        check(
          Number.isInteger(height) && height >= 4 && height <= 64,
          `sections: height of ${widget.title}`,
          height,
          "a whole number from 4 to 64",
        ),
      ),
    ]);
  }

  private createDashboard({ title, sections, transform }: DashboardProps): void {
    new MonitoringDashboard(
      this,
      "dashboard",
      transformed<MonitoringDashboardConfig>(
        { dashboardJson: canonicalJson(dashboardOf(title, sections)) },
        transform?.dashboard,
      ),
    );
  }
}
