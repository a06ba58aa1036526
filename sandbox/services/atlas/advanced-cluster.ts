import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { objectId } from "../identity/derived";
import { blocksAt, text } from "../shape/paths";
import { requireEncryptionKey } from "./cloud-access";
import { requireClusterName } from "./cluster-names";
import { regionsOf, tierOf } from "./clusters";
import { policyOf, requireProtected } from "./compliance";
import { connectionStrings } from "./hosts";
import { privateEndpoints } from "./private-link";

const CLUSTER = "mongodbatlas_advanced_cluster";

/** Storage in GB that a tier starts with. Source: Atlas documentation, "Cluster Tier". */
const diskOfTier: { [tier: string]: number } = {
  M0: 0.5,
  M10: 10,
  M20: 20,
  M30: 40,
  M40: 80,
  M50: 160,
  M60: 320,
};

/** The version that Atlas installs when none is asked for, and the newest of each series. */
const DEFAULT_VERSION = "8.0";
const PATCH: { [series: string]: number } = { "6.0": 26, "7.0": 25, "8.0": 15 };

const noScaling = {
  compute_enabled: false,
  compute_max_instance_size: "",
  compute_min_instance_size: "",
  compute_scale_down_enabled: false,
  disk_gb_enabled: true,
};

/** What goes with a cluster. */
const ownedByCluster = [
  "mongodbatlas_cloud_backup_schedule",
  "mongodbatlas_cloud_backup_snapshot",
  "mongodbatlas_cluster_outage_simulation",
  "mongodbatlas_global_cluster_config",
  "mongodbatlas_mongodb_employee_access_grant",
  "mongodbatlas_online_archive",
  "mongodbatlas_search_deployment",
  "mongodbatlas_search_index",
];

/** Settings of mongod that a new cluster has. */
const processArguments = {
  default_read_concern: "",
  default_write_concern: "majority",
  fail_index_key_too_long: false,
  javascript_enabled: true,
  minimum_enabled_tls_protocol: "TLS1_2",
  no_table_scan: false,
  oplog_size_mb: 0,
  sample_refresh_interval_bi_connector: 0,
  sample_size_bi_connector: 0,
  tls_cipher_config_mode: "DEFAULT",
  transaction_lifetime_limit_seconds: 0,
};

/**
 * Dedicated and free clusters.
 * Source: internal/service/advancedcluster/resource_advanced_cluster.go, v1.41.1; Atlas documentation on tiers.
 */
export const advancedClusterBehaviours: Behaviours = {
  [CLUSTER]: {
    unread: [
      "accept_data_risks_and_force_replica_set_reconfig",
      "retain_backups_enabled",
      "delete_on_create_timeout",
    ],
    computed: {
      mongo_db_major_version: () => DEFAULT_VERSION,
      mongo_db_version: ({ object }) => fullVersion(text(object, "mongo_db_major_version")),
      create_date: ({ cloud }) => cloud.now,
      state_name: () => "IDLE",
      backup_enabled: () => false,
      pit_enabled: () => false,
      paused: () => false,
      termination_protection_enabled: () => false,
      redact_client_log_data: () => false,
      global_cluster_self_managed_sharding: () => false,
      encryption_at_rest_provider: () => "NONE",
      root_cert_type: () => "ISRGROOTX1",
      version_release_system: () => "LTS",
      replica_set_scaling_strategy: () => "WORKLOAD_TYPE",
      config_server_management_mode: () => "ATLAS_MANAGED",
      config_server_type: ({ object }) => (text(object, "cluster_type") === "SHARDED" ? "DEDICATED" : ""),
      disk_size_gb: ({ object }) => diskSize(regionsOf(object)[0] ?? {}),
      bi_connector_config: () => [{ enabled: false, read_preference: "secondary" }],
      connection_strings: ({ cloud, object }) => [waysTo(cloud, object)],
      advanced_configuration: () => [{ ...processArguments }],
      ...Object.fromEntries(
        Object.entries(processArguments).map(([name, value]) => [
          `advanced_configuration.${name}`,
          () => value,
        ]),
      ),
      "bi_connector_config.enabled": () => false,
      "bi_connector_config.read_preference": () => "secondary",
      "pinned_fcv.version": ({ object }) => text(object, "mongo_db_major_version"),
      "replication_specs.id": ({ id }, _, path) => objectId(CLUSTER, id, path),
      "replication_specs.external_id": ({ id }, _, path) => objectId(CLUSTER, id, path),
      "replication_specs.zone_id": ({ id }, spec) => objectId(CLUSTER, id, "zone", text(spec, "zone_name")),
      "replication_specs.container_id": ({ object }, spec) => containers(text(object, "project_id"), spec),
      "replication_specs.region_configs.auto_scaling": () => [{ ...noScaling }],
      "replication_specs.region_configs.analytics_auto_scaling": () => [{ ...noScaling }],
      "replication_specs.region_configs.analytics_specs": () => [],
      "replication_specs.region_configs.read_only_specs": () => [],
      ...specDefaults("electable_specs"),
      ...specDefaults("analytics_specs"),
      ...specDefaults("read_only_specs"),
    },
    beforeCreate(scene) {
      const { cloud, object } = scene;
      const project = text(object, "project_id");
      requireClusterName(cloud, project, object, tierOf(CLUSTER, object));
      requireTierLimits(scene);
      requireEncryptionKey(scene);
      requireProtected(policyOf(cloud, project), object);
    },
    beforeUpdate(scene) {
      requireTierLimits(scene);
      requireEncryptionKey(scene);
      requireProtected(policyOf(scene.cloud, text(scene.object, "project_id")), scene.object);
    },
    beforeDelete({ stored }) {
      if (stored !== undefined) requireUnprotected(stored.attributes);
    },
    // Private endpoints and peerings come and go without the cluster.
    answer: ({ cloud, object }) => ({ ...object, connection_strings: [waysTo(cloud, object)] }),
    owns: ownedByCluster.map((type) => ({
      type,
      prefix: () => "",
      of: (owned, cluster) =>
        text(owned.attributes, "project_id") === text(cluster.attributes, "project_id") &&
        text(owned.attributes, "cluster_name") === text(cluster.attributes, "name"),
    })),
  },
};

/** How a cluster is reached: over the internet, by peering, and through each private endpoint of its project. */
function waysTo(cloud: CloudView, cluster: ObjectValue): ObjectValue {
  const project = text(cluster, "project_id");
  const strings = connectionStrings(project, text(cluster, "name"));
  const peered = cloud
    .list("mongodbatlas_network_peering")
    .some(({ attributes }) => text(attributes, "project_id") === project);
  const byPeering = (address: string) => (peered ? address.replace(/^([^.]+\/\/[^.]+)/, "$1-pri") : "");
  return {
    ...strings,
    private: byPeering(strings.standard),
    private_srv: byPeering(strings.standard_srv),
    private_endpoint: privateEndpoints(cloud, cluster, strings.standard_srv),
  };
}

/** A cluster under termination protection stays. */
export function requireUnprotected(cluster: ObjectValue): void {
  if (cluster.termination_protection_enabled !== true) return;
  throw new ApiError(
    409,
    `The cluster ${text(cluster, "name")} cannot be terminated while termination protection is enabled.`,
    "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED",
    [text(cluster, "name")],
  );
}

/** Source: Atlas documentation, "Atlas M0 (Free Cluster) Limits" and "Back Up Your Cluster". */
function requireTierLimits({ object }: Change): void {
  const tier = tierOf(CLUSTER, object);
  if (tier !== "DEDICATED") {
    for (const feature of ["backup_enabled", "pit_enabled", "paused"]) {
      if (object[feature] === true && !(tier === "FLEX" && feature === "backup_enabled")) {
        throw new ApiError(400, `${feature} is not available for ${tier} clusters.`, "FEATURE_UNSUPPORTED", [
          feature,
        ]);
      }
    }
  }
  if (object.pit_enabled === true && object.backup_enabled !== true) {
    throw new ApiError(
      400,
      "Continuous cloud backups (point in time) need cloud backups to be enabled.",
      "CONTINUOUS_BACKUP_REQUIRES_BACKUP_ENABLED",
    );
  }
}

function fullVersion(series: string): string {
  return `${series}.${PATCH[series] ?? 0}`;
}

function diskSize(region: ObjectValue): number {
  const [specs] = blocksAt(region, "electable_specs");
  if (typeof specs?.disk_size_gb === "number") return specs.disk_size_gb;
  return diskOfTier[text(specs, "instance_size")] ?? 10;
}

function specDefaults(name: string): NonNullable<Behaviours[string]["computed"]> {
  const path = `replication_specs.region_configs.${name}`;
  return {
    [path]: () => [],
    [`${path}.disk_iops`]: () => 3000,
    [`${path}.disk_size_gb`]: (_, specs) => diskOfTier[text(specs, "instance_size")] ?? 10,
    [`${path}.ebs_volume_type`]: () => "",
  };
}

/** Network containers by `PROVIDER:REGION`. */
function containers(project: string, spec: ObjectValue): ObjectValue {
  return Object.fromEntries(
    blocksAt(spec, "region_configs").map((region) => {
      const provider = text(region, "provider_name");
      const name = `${provider}:${text(region, "region_name")}`;
      // On Google Cloud one container serves all regions of a project.
      return [name, objectId("container", project, provider === "GCP" ? provider : name)];
    }),
  );
}
