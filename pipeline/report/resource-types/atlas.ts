import { type CostFact, interrupts, isFinal, loses, opens, type ResourceTypeTable } from "./resource-type";

const diskCost = {
  is: "amount",
  what: "disk of each node",
  unit: "GB",
  maybe: true,
  note: "of which a tier includes some",
} as const;

/** Of the nodes of a cluster, by their kind. */
const nodeCosts = [
  { specs: "electable_specs", size: undefined, nodes: "electable nodes" },
  { specs: "read_only_specs", size: "read-only nodes", nodes: "read-only nodes" },
  { specs: "analytics_specs", size: "analytics nodes", nodes: "analytics nodes" },
].flatMap(({ specs, size, nodes }): CostFact[] => {
  const path = `replication_specs.region_configs.${specs}`;
  return [
    { path: `${path}.instance_size`, is: "size", ...(size === undefined ? {} : { what: size }) },
    { path: `${path}.node_count`, is: "amount", what: nodes },
    { ...diskCost, path: `${path}.disk_size_gb` },
  ];
});

/** Of what grows by itself. */
const growthCosts = [
  { growth: "auto_scaling", nodes: "nodes" },
  { growth: "analytics_auto_scaling", nodes: "analytics nodes" },
].flatMap(({ growth, nodes }): CostFact[] => {
  const path = `replication_specs.region_configs.${growth}`;
  const [least, most] = ["compute_min_instance_size", "compute_max_instance_size"];
  return [
    { path: `${path}.compute_enabled`, is: "switch", what: `${nodes} grow by themselves`, maybe: true },
    {
      path: `${path}.${least}`,
      is: "size",
      what: `${nodes} shrink by themselves no further than`,
      maybe: true,
    },
    { path: `${path}.${most}`, is: "size", what: `${nodes} grow by themselves up to`, maybe: true },
    { path: `${path}.disk_gb_enabled`, is: "switch", what: "disks grow by themselves", maybe: true },
  ];
});

/** MongoDB Atlas. @see https://www.mongodb.com/docs/atlas/ */
export const atlasTypes: ResourceTypeTable = {
  mongodbatlas_advanced_cluster: {
    noun: "the cluster",
    identity: ["project_id", "name"],
    deletion: loses(
      "all data is lost unless restored, and its snapshots go with it unless they are retained",
    ),
    replacement: loses("all data is lost unless restored"),
    attributes: [
      {
        path: "termination_protection_enabled",
        when: "is turned off",
        kind: "irreversible",
        text: "the next plan can destroy the cluster",
      },
      {
        path: "backup_enabled",
        when: "is turned off",
        kind: "data loss",
        text: "no more snapshots are taken, and the present ones go",
      },
      {
        path: "pit_enabled",
        when: "is turned off",
        kind: "data loss",
        text: "nobody can go back to a moment between two snapshots",
      },
      {
        path: "retain_backups_enabled",
        when: "is turned off",
        kind: "data loss",
        text: "a deleted cluster takes its snapshots with it",
      },
      { path: "paused", when: "is turned on", kind: "downtime", text: "the cluster takes no connections" },
      {
        path: "mongo_db_major_version",
        when: "is raised",
        kind: "irreversible",
        text: "a major version can't be taken back once the feature compatibility follows it",
      },
      {
        path: "disk_size_gb",
        when: "is lowered",
        kind: "downtime",
        text: "every node is synchronised anew, one after another",
      },
      {
        path: "replication_specs.region_configs.electable_specs.instance_size",
        when: "changes",
        kind: "downtime",
        text: "nodes restart one after another, with an election: connections break for seconds",
      },
      {
        path: "replication_specs.region_configs.electable_specs.node_count",
        when: "is lowered",
        kind: "downtime",
        text: "fewer nodes are left to survive a failure",
      },
      {
        path: "replication_specs.region_configs.region_name",
        when: "changes",
        kind: "downtime",
        text: "the nodes move to another region, with elections",
      },
      {
        path: "cluster_type",
        when: "changes",
        kind: "irreversible",
        text: "a sharded cluster stays sharded",
      },
    ],
    costs: [...nodeCosts, { ...diskCost, path: "disk_size_gb" }, ...growthCosts],
  },
  mongodbatlas_cluster: {
    noun: "the cluster",
    identity: ["project_id", "name"],
    deletion: loses("all data is lost unless restored"),
  },
  mongodbatlas_flex_cluster: {
    noun: "the cluster",
    identity: ["project_id", "name"],
    deletion: loses("all data is lost unless restored"),
    attributes: [
      {
        path: "termination_protection_enabled",
        when: "is turned off",
        kind: "irreversible",
        text: "the next plan can destroy the cluster",
      },
    ],
  },
  mongodbatlas_project: {
    noun: "the Atlas project",
    identity: ["org_id", "name"],
    deletion: loses("its clusters, users and alerts go with it"),
  },
  mongodbatlas_cloud_backup_schedule: {
    noun: "the backup schedule",
    identity: ["project_id", "cluster_name"],
    deletion: loses("no more snapshots are taken by the schedule"),
    attributes: [
      {
        path: "restore_window_days",
        when: "is lowered",
        kind: "data loss",
        text: "older moments can no longer be restored",
      },
      ...["hourly", "daily", "weekly", "monthly", "yearly"].flatMap((period) => [
        {
          path: `policy_item_${period}.retention_value`,
          when: "is lowered" as const,
          kind: "data loss" as const,
          text: `${period} snapshots are kept for a shorter time`,
        },
        {
          path: `policy_item_${period}`,
          when: "is removed" as const,
          kind: "data loss" as const,
          text: `no more ${period} snapshots are taken`,
        },
      ]),
      {
        path: "copy_settings",
        when: "is removed",
        kind: "data loss",
        text: "snapshots are no longer copied to another region",
      },
    ],
  },
  mongodbatlas_backup_compliance_policy: {
    noun: "the backup compliance policy",
    identity: ["project_id"],
    creation: isFinal("only MongoDB's support can take it back, after proving who asks"),
    deletion: isFinal("only MongoDB's support can do it; the plan will fail"),
    attributes: [
      {
        path: "restore_window_days",
        when: "changes",
        kind: "irreversible",
        text: "it can be raised, never lowered",
      },
      { path: "copy_protection_enabled", when: "is turned on", kind: "irreversible", text: "it stays on" },
      { path: "pit_enabled", when: "is turned on", kind: "irreversible", text: "it stays on" },
    ],
  },
  mongodbatlas_database_user: {
    noun: "the database user",
    identity: ["project_id", "auth_database_name", "username"],
    deletion: interrupts("whoever connects with it is refused at once"),
    replacement: interrupts("between the two nobody can connect with it"),
    attributes: [{ path: "roles", when: "changes", kind: "access", text: "the user's rights change" }],
  },
  mongodbatlas_custom_db_role: {
    noun: "the database role",
    identity: ["project_id", "role_name"],
    deletion: interrupts("its users lose what it allows"),
    attributes: [{ path: "actions", when: "changes", kind: "access", text: "its users' rights change" }],
  },
  mongodbatlas_privatelink_endpoint: {
    noun: "the private endpoint",
    identity: ["project_id", "provider_name", "region"],
    deletion: interrupts("services lose their way to the cluster"),
  },
  mongodbatlas_privatelink_endpoint_service: {
    noun: "the private connection",
    identity: ["project_id", "private_link_id", "endpoint_service_id"],
    deletion: interrupts("services lose their way to the cluster"),
  },
  mongodbatlas_network_peering: {
    noun: "the network peering",
    identity: ["project_id", "provider_name", "network_name"],
    deletion: interrupts("services lose their way to the cluster"),
  },
  mongodbatlas_network_container: {
    noun: "the network container",
    identity: ["project_id", "provider_name", "atlas_cidr_block"],
    deletion: interrupts("the peering goes with it"),
  },
  mongodbatlas_project_ip_access_list: {
    noun: "the access list's entry",
    identity: ["project_id", "cidr_block", "ip_address"],
    deletion: interrupts("connections from there are refused"),
    creation: opens("connections from there are accepted"),
  },
  mongodbatlas_encryption_at_rest: {
    noun: "the encryption under your key",
    identity: ["project_id"],
    deletion: interrupts("clusters that use the key can't be read"),
  },
  mongodbatlas_auditing: {
    noun: "the audit log",
    identity: ["project_id"],
    deletion: opens("who did what in the database is no longer written down"),
    attributes: [
      {
        path: "enabled",
        when: "is turned off",
        kind: "access",
        text: "who did what in the database is no longer written down",
      },
    ],
  },
  mongodbatlas_maintenance_window: { noun: "the maintenance window", identity: ["project_id"] },
  mongodbatlas_alert_configuration: { noun: "the alert", identity: ["project_id", "event_type"] },
  mongodbatlas_online_archive: {
    noun: "the online archive",
    identity: ["project_id", "cluster_name", "db_name", "coll_name"],
    deletion: loses("archived documents are lost"),
    attributes: [
      {
        path: "data_expiration_rule.expire_after_days",
        when: "is lowered",
        kind: "data loss",
        text: "archived documents are deleted earlier",
      },
    ],
  },
};
