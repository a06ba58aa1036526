import type { AlertConfigurationNotification } from "@cdktf/provider-mongodbatlas/lib/alert-configuration";

/** Services that Atlas tells through an integration of the project. Its key is entered in Atlas, never in code. */
export type IntegrationKind =
  | "PAGER_DUTY"
  | "OPS_GENIE"
  | "VICTOR_OPS"
  | "DATADOG"
  | "WEBHOOK"
  | "MICROSOFT_TEAMS"
  | "SLACK";

/** These page until somebody answers; Atlas refuses an interval of its own. */
const pagers: readonly string[] = ["PAGER_DUTY", "OPS_GENIE", "VICTOR_OPS"];

/** Minutes after which somebody is told again. */
const again = 60;

/** Who is told of an alert. Made by `Notify`, which has no way to put in a key. */
export interface AtlasNotification {
  readonly block: AlertConfigurationNotification;
}

/** The ways to tell somebody without a secret in the code or the state. */
export const Notify = {
  /**
   * By an integration that was set up in Atlas.
   *
   * @param integrationId 24 hexadecimal digits
   * @param channel of Slack
   */
  integration: (kind: IntegrationKind, integrationId: string, channel?: string): AtlasNotification => ({
    block: {
      typeName: kind,
      integrationId,
      ...(channel === undefined ? {} : { channelName: channel }),
      ...(pagers.includes(kind) ? {} : { intervalMin: again }),
    },
  }),

  /** One address. */
  email: (address: string): AtlasNotification => ({
    block: { typeName: "EMAIL", emailAddress: address, intervalMin: again },
  }),

  /** Everybody with one of these roles in the project, by e-mail: `GROUP_OWNER`, `GROUP_CLUSTER_MANAGER`. */
  roles: (...roles: readonly string[]): AtlasNotification => ({
    block: {
      typeName: "GROUP",
      roles: [...roles],
      emailEnabled: true,
      smsEnabled: false,
      intervalMin: again,
    },
  }),

  /** A team of the organisation, by e-mail. */
  team: (teamId: string): AtlasNotification => ({
    block: { typeName: "TEAM", teamId, emailEnabled: true, smsEnabled: false, intervalMin: again },
  }),
} as const;
