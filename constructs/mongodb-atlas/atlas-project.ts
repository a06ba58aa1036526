import {
  MaintenanceWindow,
  type MaintenanceWindowConfig,
} from "@cdktf/provider-mongodbatlas/lib/maintenance-window";
import { Project, type ProjectConfig } from "@cdktf/provider-mongodbatlas/lib/project";
import { Construct } from "constructs";
import { checkName, refuse } from "../problems";
import { atlas } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { checkMaintenance, type Maintenance, maintenanceWindow } from "./maintenance";
import { type AtlasLimits, checkLimits, defaultPrivateConnections, limitBlocks } from "./project-limits";

/** An Atlas project, made here or elsewhere. */
export interface AtlasProjectLike {
  /** 24 hexadecimal digits; known only after the project is made. */
  readonly projectId: string;
  /**
   * Service attachments of a private link in one region.
   *
   * @default 50 - Atlas's own limit
   */
  readonly privateConnections?: number;
}

/** What people with access to the project may see and use in Atlas's own pages. */
export interface AtlasProjectSettings {
  /**
   * Browse and change documents in Atlas's pages.
   *
   * @default false - data is reached by the ways that are reviewed
   */
  readonly dataExplorer?: boolean;
  /**
   * Suggestions made of slow queries, which show parts of them.
   *
   * @default true
   */
  readonly performanceAdvisor?: boolean;
  /**
   * Live metrics with the operations that run.
   *
   * @default true
   */
  readonly realtimePanel?: boolean;
  /**
   * Suggestions for schemas, made of samples of documents.
   *
   * @default true
   */
  readonly schemaAdvisor?: boolean;
  /**
   * Statistics by database and collection.
   *
   * @default true
   */
  readonly databaseStatistics?: boolean;
  /**
   * Disks larger than 4 TB.
   *
   * @default false
   */
  readonly extendedStorage?: boolean;
}

/** A team of the organisation and what it may do in the project. */
export interface AtlasTeamAccess {
  /** 24 hexadecimal digits. */
  readonly teamId: string;
  /** Atlas's names of roles: `GROUP_READ_ONLY`. */
  readonly roles: readonly string[];
}

/** Props of `AtlasProject`. */
export interface AtlasProjectProps
  extends Transformable<{ project: ProjectConfig; maintenance: MaintenanceWindowConfig }> {
  /** At most 64 characters, unique in the organisation. */
  readonly name: string;
  /** 24 hexadecimal digits. */
  readonly organisationId: string;
  /** Tags, as labels in Google Cloud. */
  readonly tags: Readonly<Record<string, string>>;
  /** When Atlas may restart nodes; UTC. */
  readonly maintenance: Maintenance;
  /**
   * Limits that are not Atlas's own. They are set with the project, before anything in it.
   *
   * @default - Atlas's own limits
   */
  readonly limits?: AtlasLimits;
  /** @default - see the settings */
  readonly settings?: AtlasProjectSettings;
  /**
   * Alerts that Atlas adds to a new project, sent to its owners. Can't change: a plan that changes it is an error.
   *
   * @default true
   */
  readonly defaultAlerts?: boolean;
  /**
   * Teams with access.
   *
   * @default - none; the organisation's owners have access anyway
   */
  readonly teams?: readonly AtlasTeamAccess[];
}

/**
 * An Atlas project with its limits, settings and maintenance window.
 *
 * @throws UserError when the name, an id, a limit or an hour is none
 */
export class AtlasProject extends Construct implements AtlasProjectLike {
  readonly projectId: string;
  readonly privateConnections: number;

  constructor(scope: Construct, id: string, props: AtlasProjectProps) {
    super(scope, id);
    this.validate(props);
    atlas(this);
    this.projectId = this.createProject(props).id;
    this.privateConnections = props.limits?.privateConnections ?? defaultPrivateConnections;
    this.createMaintenanceWindow(props);
  }

  private validate({ name, organisationId, maintenance, limits, teams }: AtlasProjectProps): void {
    refuse(this, `Atlas project ${name}`, [
      checkName(
        name,
        /^[A-Za-z0-9 ()@&+:._'-]{1,64}$/,
        "name",
        "1 to 64 letters, digits, spaces and ()@&+:._'-",
      ),
      checkName(organisationId, /^[0-9a-f]{24}$/, "organisationId", "24 hexadecimal digits"),
      ...checkMaintenance(maintenance),
      ...checkLimits(limits ?? {}),
      ...(teams ?? []).map(({ teamId }, index) =>
        checkName(teamId, /^[0-9a-f]{24}$/, `teams.${index}.teamId`, "24 hexadecimal digits"),
      ),
    ]);
  }

  private createProject(props: AtlasProjectProps): Project {
    const { name, organisationId, tags, limits, settings = {}, teams = [], defaultAlerts = true } = props;
    return new Project(
      this,
      "project",
      transformed<ProjectConfig>(
        {
          name,
          orgId: organisationId,
          tags: { ...tags },
          withDefaultAlertsSettings: defaultAlerts,
          isDataExplorerEnabled: settings.dataExplorer ?? false,
          isPerformanceAdvisorEnabled: settings.performanceAdvisor ?? true,
          isRealtimePerformancePanelEnabled: settings.realtimePanel ?? true,
          isSchemaAdvisorEnabled: settings.schemaAdvisor ?? true,
          isCollectDatabaseSpecificsStatisticsEnabled: settings.databaseStatistics ?? true,
          isExtendedStorageSizesEnabled: settings.extendedStorage ?? false,
          ...(limits ? { limits: limitBlocks(limits) } : {}),
          ...(teams.length > 0
            ? { teams: teams.map(({ teamId, roles }) => ({ teamId, roleNames: [...roles] })) }
            : {}),
        },
        props.transform?.project,
      ),
    );
  }

  private createMaintenanceWindow({ maintenance, transform }: AtlasProjectProps): void {
    new MaintenanceWindow(
      this,
      "maintenance-window",
      transformed(maintenanceWindow(this.projectId, maintenance), transform?.maintenance),
    );
  }
}
