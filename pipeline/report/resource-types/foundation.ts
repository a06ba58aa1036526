import { grant, interrupts, isFinal, loses, opens, type ResourceTypeTable } from "./resource-type";

const protectedOff = (path: string, what: string) =>
  ({ path, when: "is turned off", kind: "irreversible", text: `the next plan can destroy ${what}` }) as const;

/** What everything stands on: projects, networks, identities, storage, keys, other databases, what watches them. */
export const foundationTypes: ResourceTypeTable = {
  google_project: {
    noun: "the project",
    identity: ["project_id"],
    creation: isFinal("its id can never be used again, not even after its deletion"),
    deletion: loses("everything in it goes within 30 days"),
  },
  google_project_service: {
    noun: "the API",
    identity: ["project", "service"],
    deletion: interrupts("what calls it fails, where it is switched off"),
  },
  google_compute_network: {
    noun: "the network",
    identity: ["project", "name"],
    deletion: interrupts("everything in it loses its connections"),
    replacement: interrupts("everything in it is made again"),
  },
  google_compute_subnetwork: {
    noun: "the subnetwork",
    identity: ["project", "region", "name"],
    deletion: interrupts("everything in it loses its connections"),
  },
  google_vpc_access_connector: {
    noun: "the connector",
    identity: ["project", "region", "name"],
    deletion: interrupts("services can't reach the private network"),
    replacement: interrupts("services can't reach the private network for minutes"),
  },
  google_compute_firewall: {
    noun: "the firewall rule",
    identity: ["project", "name"],
    deletion: opens("who reaches what changes"),
    attributes: [
      { path: "source_ranges", when: "changes", kind: "access", text: "who reaches what changes" },
    ],
  },
  google_service_account: {
    noun: "the account",
    identity: ["project", "account_id"],
    deletion: interrupts("whatever runs as it is refused; a new one of the same name has none of its rights"),
  },
  google_project_iam_member: grant("the access", "project"),
  google_storage_bucket_iam_member: grant("the access", "bucket"),
  google_secret_manager_secret_iam_member: grant("the access", "project", "secret_id"),
  google_service_account_iam_member: grant("the access", "service_account_id"),
  google_iam_workload_identity_pool: {
    noun: "the identity pool",
    identity: ["project", "workload_identity_pool_id"],
    deletion: isFinal("its id can't be used for 30 days; continuous integration loses its access"),
    attributes: [
      {
        path: "disabled",
        when: "is turned on",
        kind: "downtime",
        text: "continuous integration loses its access",
      },
    ],
  },
  google_iam_workload_identity_pool_provider: {
    noun: "the identity provider",
    identity: ["project", "workload_identity_pool_id", "workload_identity_pool_provider_id"],
    deletion: isFinal("its id can't be used for 30 days; continuous integration loses its access"),
    attributes: [
      {
        path: "attribute_condition",
        when: "changes",
        kind: "access",
        text: "who gets in from outside changes",
      },
    ],
  },
  google_storage_bucket: {
    noun: "the bucket",
    identity: ["name"],
    deletion: loses("everything in it is lost, and its name can be taken by others"),
    attributes: [
      {
        path: "versioning.enabled",
        when: "is turned off",
        kind: "data loss",
        text: "overwritten objects are lost",
      },
      {
        path: "soft_delete_policy.retention_duration_seconds",
        when: "is lowered",
        kind: "data loss",
        text: "deleted objects can be restored for a shorter time",
      },
      {
        path: "retention_policy.is_locked",
        when: "is turned on",
        kind: "irreversible",
        text: "the lock can never be opened, and objects can't be deleted before their time",
      },
      {
        path: "retention_policy.retention_period",
        when: "is lowered",
        kind: "data loss",
        text: "objects may go earlier",
      },
      {
        path: "lifecycle_rule",
        when: "changes",
        kind: "data loss",
        text: "other objects are deleted by age",
      },
      {
        path: "force_destroy",
        when: "is turned on",
        kind: "data loss",
        text: "the bucket can be deleted with all in it",
      },
      {
        path: "public_access_prevention",
        when: "changes",
        kind: "access",
        text: "objects may become public",
      },
    ],
  },
  google_storage_bucket_object: {
    noun: "the object",
    identity: ["bucket", "name"],
    deletion: loses("it is lost unless the bucket keeps versions"),
    replacement: { kind: "replacement", text: "its readers get the new content" },
  },
  google_secret_manager_secret: {
    noun: "the secret",
    identity: ["project", "secret_id"],
    deletion: loses("all its versions are lost at once"),
    attributes: [protectedOff("deletion_protection", "the secret")],
  },
  google_secret_manager_secret_version: {
    noun: "the secret's version",
    identity: ["secret", "version"],
    deletion: loses("its value is destroyed"),
    attributes: [
      { path: "enabled", when: "is turned off", kind: "downtime", text: "its readers are refused" },
    ],
  },
  google_kms_key_ring: {
    noun: "the key ring",
    identity: ["project", "location", "name"],
    creation: isFinal("key rings can't be deleted"),
  },
  google_kms_crypto_key: {
    noun: "the key",
    identity: ["key_ring", "name"],
    creation: isFinal("keys can't be deleted, only their versions"),
    deletion: loses("all its versions are destroyed: what they encrypted can never be read again"),
  },
  google_sql_database_instance: {
    noun: "the database instance",
    identity: ["project", "name"],
    deletion: loses("all data is lost unless restored, and its name can't be used for a week"),
    attributes: [
      protectedOff("deletion_protection", "the database instance"),
      {
        path: "settings.tier",
        when: "changes",
        kind: "downtime",
        text: "it restarts: connections break for minutes",
      },
      {
        path: "settings.disk_size",
        when: "is raised",
        kind: "irreversible",
        text: "a disk can grow, never shrink",
      },
      {
        path: "settings.backup_configuration.enabled",
        when: "is turned off",
        kind: "data loss",
        text: "no more backups are made",
      },
      {
        path: "settings.backup_configuration.point_in_time_recovery_enabled",
        when: "is turned off",
        kind: "data loss",
        text: "nobody can go back to a moment between two backups",
      },
      {
        path: "database_version",
        when: "is raised",
        kind: "irreversible",
        text: "a major version can't be taken back",
      },
    ],
    costs: [
      { path: "settings.tier", is: "size" },
      { path: "settings.disk_size", is: "amount", what: "disk", unit: "GB" },
    ],
  },
  google_sql_database: {
    noun: "the database",
    identity: ["project", "instance", "name"],
    deletion: loses("all data is lost unless restored"),
  },
  google_spanner_instance: {
    noun: "the Spanner instance",
    identity: ["project", "name"],
    deletion: loses("its databases and backups are lost"),
  },
  google_spanner_database: {
    noun: "the Spanner database",
    identity: ["project", "instance", "name"],
    deletion: loses("all data is lost unless restored"),
    attributes: [
      protectedOff("deletion_protection", "the Spanner database"),
      protectedOff("enable_drop_protection", "the Spanner database"),
    ],
  },
  google_firestore_database: {
    noun: "the Firestore database",
    identity: ["project", "name"],
    creation: isFinal("its location and type can't change"),
    deletion: loses("all data is lost unless restored"),
  },
  google_redis_instance: {
    noun: "the cache",
    identity: ["project", "region", "name"],
    deletion: interrupts("what is cached is lost; services do without, or stand still"),
    attributes: [
      {
        path: "memory_size_gb",
        when: "changes",
        kind: "downtime",
        text: "it fails over; a basic one loses all it holds",
      },
    ],
    costs: [
      { path: "memory_size_gb", is: "amount", what: "memory", unit: "GB" },
      { path: "replica_count", is: "amount", what: "replicas" },
      { path: "tier", is: "size" },
    ],
  },
  google_logging_project_bucket_config: {
    noun: "the log bucket",
    identity: ["project", "location", "bucket_id"],
    deletion: loses("its logs are lost after seven days"),
    attributes: [
      { path: "retention_days", when: "is lowered", kind: "data loss", text: "older logs are deleted" },
      { path: "locked", when: "is turned on", kind: "irreversible", text: "it can never be opened again" },
    ],
  },
  google_logging_project_sink: {
    noun: "the log sink",
    identity: ["project", "name"],
    deletion: loses("logs no longer arrive where they are kept"),
    replacement: loses("it gets another writer, and logs are lost until that may write"),
    attributes: [
      { path: "disabled", when: "is turned on", kind: "data loss", text: "logs no longer arrive" },
    ],
  },
  google_monitoring_alert_policy: {
    noun: "the alert",
    identity: ["project", "display_name"],
    deletion: opens("nobody is told any more"),
    attributes: [{ path: "enabled", when: "is turned off", kind: "access", text: "nobody is told any more" }],
  },
  google_monitoring_notification_channel: {
    noun: "the notification channel",
    identity: ["project", "type", "display_name"],
    deletion: opens("nobody is told any more this way"),
  },
  google_monitoring_uptime_check_config: { noun: "the uptime check", identity: ["project", "display_name"] },
  google_billing_budget: { noun: "the budget", identity: ["billing_account", "display_name"] },
  google_artifact_registry_repository: {
    noun: "the repository",
    identity: ["project", "location", "repository_id"],
    deletion: loses("all its artifacts are lost"),
  },
  google_pubsub_topic: {
    noun: "the topic",
    identity: ["project", "name"],
    deletion: interrupts("who publishes to it fails; its subscriptions get nothing"),
  },
  google_pubsub_subscription: {
    noun: "the subscription",
    identity: ["project", "name"],
    deletion: loses("messages that nobody fetched are lost"),
  },
  google_bigquery_dataset: {
    noun: "the dataset",
    identity: ["project", "dataset_id"],
    deletion: loses("all data is lost unless restored"),
  },
  google_bigquery_table: {
    noun: "the table",
    identity: ["project", "dataset_id", "table_id"],
    deletion: loses("all data is lost unless restored"),
    attributes: [protectedOff("deletion_protection", "the table")],
  },
};
