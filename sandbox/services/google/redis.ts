import type { Behaviours, Change } from "../behaviour";
import { base64Id, hexId, projectNumber, uuid } from "../identity/derived";
import { text } from "../shape/paths";
import { privateAddress, requirePrivateServices } from "./private-services";

/**
 * Memorystore for Redis.
 * Source: google/services/redis/resource_redis_instance.go, v6.50.0; Memorystore documentation.
 */
export const redisBehaviours: Behaviours = {
  google_redis_instance: {
    computed: {
      region: ({ provider }) => text(provider.config, "region"),
      redis_version: () => "REDIS_7_0",
      location_id: ({ object }) => `${text(object, "region")}-b`,
      alternative_location_id: (scene) => (isReplicated(scene) ? `${text(scene.object, "region")}-c` : ""),
      current_location_id: ({ object }) => text(object, "location_id"),
      host: (scene) => privateAddress(scene, text(scene.object, "reserved_ip_range")),
      port: ({ object }) =>
        text(object, "transit_encryption_mode") === "SERVER_AUTHENTICATION" ? 6378 : 6379,
      read_replicas_mode: () => "READ_REPLICAS_DISABLED",
      read_endpoint: () => "",
      read_endpoint_port: () => 0,
      replica_count: (scene) => (isReplicated(scene) ? 1 : 0),
      nodes: () => [],
      reserved_ip_range: ({ object }) => `${text(object, "host").replace(/\d+$/, "0")}/29`,
      effective_reserved_ip_range: ({ object }) => text(object, "reserved_ip_range"),
      secondary_ip_range: () => "",
      authorized_network: ({ project }) => `projects/${project}/global/networks/default`,
      auth_string: ({ object, id }) =>
        object.auth_enabled === true ? uuid("no password of the cloud", id) : "",
      server_ca_certs: ({ cloud, object, id }) =>
        text(object, "transit_encryption_mode") === "SERVER_AUTHENTICATION"
          ? [
              {
                cert: `-----BEGIN CERTIFICATE-----\n${base64Id(30, "no certificate", id)}\n-----END CERTIFICATE-----\n`,
                create_time: cloud.now,
                expire_time: "",
                serial_number: "0",
                sha1_fingerprint: hexId(40, "no certificate", id),
              },
            ]
          : [],
      persistence_config: () => [
        {
          persistence_mode: "DISABLED",
          rdb_next_snapshot_time: "",
          rdb_snapshot_period: "",
          rdb_snapshot_start_time: "",
        },
      ],
      "persistence_config.rdb_snapshot_start_time": ({ cloud }, config) =>
        text(config, "persistence_mode") === "RDB" ? cloud.now : "",
      "persistence_config.rdb_next_snapshot_time": ({ cloud }, config) =>
        text(config, "persistence_mode") === "RDB" ? cloud.now : "",
      persistence_iam_identity: ({ project }) =>
        `serviceAccount:service-${projectNumber(project)}@cloud-redis.iam.gserviceaccount.com`,
      "maintenance_policy.weekly_maintenance_window.duration": () => "3600s",
      maintenance_version: () => "20261101_00_00",
    },
    beforeCreate(scene) {
      const { object } = scene;
      if (text(object, "connect_mode") !== "PRIVATE_SERVICE_ACCESS") return;
      requirePrivateServices(scene, text(object, "authorized_network"));
    },
  },
};

function isReplicated({ object }: Change): boolean {
  return text(object, "tier") === "STANDARD_HA";
}
