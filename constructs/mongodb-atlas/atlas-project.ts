import { MaintenanceWindow } from "@cdktf/provider-mongodbatlas/lib/maintenance-window";
import { Project, type ProjectConfig } from "@cdktf/provider-mongodbatlas/lib/project";
import { Construct } from "constructs";
import { check, checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** A day of the week. */
export type Weekday = (typeof days)[number];

/** An Atlas project, made here or elsewhere. */
export interface AtlasProjectLike {
  /** 24 hexadecimal digits; known only after the project is made. */
  readonly projectId: string;
}

/** Props of `AtlasProject`. */
export interface AtlasProjectProps extends Transformable<{ project: ProjectConfig }> {
  /** At most 64 characters, unique in the organisation. */
  readonly name: string;
  /** 24 hexadecimal digits. */
  readonly organisationId: string;
  /** Tags, as labels in Google Cloud. */
  readonly tags: Readonly<Record<string, string>>;
  /** When Atlas may restart nodes; UTC. */
  readonly maintenance: { readonly day: Weekday; readonly hour: number };
}

/**
 * An Atlas project and its maintenance window.
 *
 * @throws UserError when the name, the organisation's id or the hour is none
 */
export class AtlasProject extends Construct implements AtlasProjectLike {
  readonly projectId: string;

  constructor(scope: Construct, id: string, props: AtlasProjectProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.projectId = this.createProject(props).id;
    this.createMaintenanceWindow(props);
  }

  private validate({ name, organisationId, maintenance }: AtlasProjectProps): void {
    refuse(this, `Atlas project ${name}`, [
      checkName(
        name,
        /^[A-Za-z0-9 ()@&+:._'-]{1,64}$/,
        "name",
        "1 to 64 letters, digits, spaces and ()@&+:._'-",
      ),
      checkName(organisationId, /^[0-9a-f]{24}$/, "organisationId", "24 hexadecimal digits"),
      check(
        Number.isInteger(maintenance.hour) && maintenance.hour >= 0 && maintenance.hour <= 23,
        "maintenance.hour",
        maintenance.hour,
        "0 to 23",
      ),
    ]);
  }

  private createProject({ name, organisationId, tags, transform }: AtlasProjectProps): Project {
    return new Project(
      this,
      "project",
      transformed<ProjectConfig>(
        { name, orgId: organisationId, tags: { ...tags }, withDefaultAlertsSettings: true },
        transform?.project,
      ),
    );
  }

  private createMaintenanceWindow({ maintenance }: AtlasProjectProps): void {
    new MaintenanceWindow(this, "maintenance-window", {
      projectId: this.projectId,
      dayOfWeek: days.indexOf(maintenance.day) + 1,
      hourOfDay: maintenance.hour,
    });
  }
}
