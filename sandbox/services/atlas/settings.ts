import type { Behaviours } from "../behaviour";

/**
 * Settings that every project has: creating one changes it, deleting one resets it.
 * Source: internal/service/{maintenancewindow,auditing,alertconfiguration}/resource*.go, v1.41.1.
 */
export const settingsBehaviours: Behaviours = {
  mongodbatlas_maintenance_window: {
    existing: "adopt",
    unread: ["defer", "auto_defer"],
    computed: {
      hour_of_day: () => 0,
      number_of_deferrals: () => 0,
      start_asap: () => false,
      auto_defer_once_enabled: () => false,
      auto_defer: () => false,
      defer: () => false,
      time_zone_id: () => "Etc/UTC",
    },
  },
  mongodbatlas_auditing: {
    existing: "adopt",
    computed: {
      configuration_type: () => "FILTER_JSON",
      audit_filter: () => "",
      enabled: () => false,
      audit_authorization_success: () => false,
    },
  },
  mongodbatlas_alert_configuration: {
    computed: {
      enabled: () => false,
      created: ({ cloud }) => cloud.now,
      updated: ({ cloud }) => cloud.now,
      "notification.team_name": () => "",
      "notification.integration_id": () => "",
      "notification.delay_min": () => 0,
      "notification.interval_min": () => 0,
      "notification.email_enabled": () => false,
      "notification.sms_enabled": () => false,
    },
  },
};
