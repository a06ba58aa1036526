import { isUnknown } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change, CloudView } from "../behaviour";
import { decimalId, hexId, projectNumber } from "../identity/derived";
import { blocksAt, lastSegment, text } from "../shape/paths";

const CHANNEL = "google_monitoring_notification_channel";
const POLICY = "google_monitoring_alert_policy";
const CHECK = "google_monitoring_uptime_check_config";
const CUSTOM_SERVICE = "google_monitoring_custom_service";
const SERVICES = [CUSTOM_SERVICE, "google_monitoring_service"];
const LOG_METRIC = "google_logging_metric";

/**
 * Channels, the policies that notify them, and what policies look at.
 * Source: google/services/monitoring/resource_monitoring_{notification_channel,alert_policy,slo,custom_service,
 * uptime_check_config}.go, v6.50.0.
 */
export const monitoringBehaviours: Behaviours = {
  [CHANNEL]: {
    computed: { verification_status: () => "VERIFICATION_STATUS_UNSPECIFIED" },
    parseImport: (id) => ({ id, name: id }),
    beforeDelete(scene) {
      if (scene.object.force_delete === true) return;
      const user = scene.cloud
        .list(POLICY)
        .find(({ attributes }) => channelsOf(attributes).includes(scene.id));
      if (user === undefined) return;
      throw new ApiError(400, `Cannot delete notification channel ${scene.id}: it is used by ${user.id}.`);
    },
    deleted: ({ cloud, id }) => cloud.putFact(deletedChannelFact(id), { deleted: true }),
  },
  [POLICY]: {
    computed: {
      "conditions.name": (scene, condition) =>
        `${scene.id}/conditions/${decimalId(19, POLICY, scene.id, text(condition, "display_name"))}`,
      creation_record: ({ cloud, project }) => [
        { mutate_time: cloud.now, mutated_by: `terraform@${project}.iam.gserviceaccount.com` },
      ],
    },
    beforeCreate: requireSoundPolicy,
    beforeUpdate: requireSoundPolicy,
  },
  [CUSTOM_SERVICE]: {
    computed: {
      service_id: (scene) => base(scene, CUSTOM_SERVICE),
      name: ({ object, project }) =>
        `projects/${projectNumber(project)}/services/${text(object, "service_id")}`,
    },
  },
  google_monitoring_slo: {
    computed: {
      slo_id: (scene) => base(scene, "google_monitoring_slo"),
      name: ({ object, project }) =>
        `projects/${projectNumber(project)}/services/${lastSegment(text(object, "service"))}/serviceLevelObjectives/${text(object, "slo_id")}`,
    },
    beforeCreate: requireService,
  },
  [CHECK]: {
    computed: {
      uptime_check_id(scene) {
        const title = text(scene.object, "display_name").toLowerCase();
        return `${title.replace(/[^a-z0-9]+/g, "-")}-${base(scene, CHECK).slice(0, 11)}`;
      },
      name: ({ object, project }) =>
        `projects/${project}/uptimeCheckConfigs/${text(object, "uptime_check_id")}`,
      "http_check.headers": () => ({}),
      "http_check.port": ({ object }) => (blocksAt(object, "http_check")[0]?.use_ssl === true ? 443 : 80),
      checker_type: () => "STATIC_IP_CHECKERS",
    },
    beforeDelete({ cloud, object }) {
      const check = text(object, "uptime_check_id");
      const used = cloud
        .list(POLICY)
        .some(({ attributes }) => conditionsOf(attributes).includes(`"${check}"`));
      if (!used) return;
      throw new ApiError(
        400,
        `Cannot delete check ${check}. One or more alerting policies is using it. Delete all alerting policies first.`,
      );
    },
  },
};

/** The name of an object whose resource leaves the choice to the cloud. */
function base({ cloud, object, project }: Change, type: string): string {
  const title = text(object, "display_name");
  const count = cloud.next(`${type} ${project} ${hexId(16, title)}`);
  return hexId(22, type, project, title, String(count));
}

function channelsOf(policy: Change["object"]): string[] {
  const channels = policy.notification_channels;
  return Array.isArray(channels) ? channels.filter((channel) => typeof channel === "string") : [];
}

function conditionsOf(policy: Change["object"]): string {
  return blocksAt(policy, "conditions")
    .flatMap((condition) => [
      text(condition, "condition_threshold.filter"),
      text(condition, "condition_absent.filter"),
    ])
    .join("\n");
}

function deletedChannelFact(id: string): string {
  return `monitoring/deleted-channel/${id}`;
}

/** Whether somebody may have made the channel in the console: the sandbox has none, so what it never had counts as such. */
function isThere(cloud: CloudView, channel: string): boolean {
  return (
    cloud.get(CHANNEL, channel) !== undefined || cloud.getFact(deletedChannelFact(channel)) === undefined
  );
}

function requireSoundPolicy(scene: Change): void {
  requireChannels(scene);
  requireOneQuery(scene);
  requireLogMetrics(scene);
}

function requireChannels({ cloud, object, project }: Change): void {
  for (const channel of channelsOf(object)) {
    if (!channel.startsWith(`projects/${project}/`) || isThere(cloud, channel)) continue;
    throw new ApiError(404, `Could not find notification channel ${channel}.`);
  }
}

/** Source: Cloud Monitoring documentation, "PromQL-based alerting policies": one condition per policy. */
function requireOneQuery({ object }: Change): void {
  const conditions = blocksAt(object, "conditions");
  const queries = conditions.filter(
    (condition) =>
      blocksAt(condition, "condition_prometheus_query_language").length > 0 ||
      blocksAt(condition, "condition_monitoring_query_language").length > 0,
  );
  if (queries.length === 0 || conditions.length === 1) return;
  throw new ApiError(
    400,
    "Field alert_policy.conditions had an invalid value: a policy with a condition in a query language has one condition only.",
  );
}

/** Metrics made from logs must be there, unless the condition says that they needn't. */
function requireLogMetrics({ cloud, object, project }: Change): void {
  const defined = cloud
    .list(LOG_METRIC)
    .filter(({ attributes }) => text(attributes, "project") === project)
    .map(({ attributes }) => text(attributes, "name"));
  for (const [, name = ""] of conditionsOf(object).matchAll(/logging\.googleapis\.com\/user\/([\w/.-]+)/g)) {
    if (defined.includes(name)) continue;
    throw new ApiError(
      404,
      `Cannot find metric that matches type = "logging.googleapis.com/user/${name}". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon.`,
    );
  }
}

function requireService({ cloud, object, project }: Change): void {
  const service = object.service;
  if (typeof service !== "string" || isUnknown(service)) return;
  const name = lastSegment(service);
  // Google makes services of its own for App Engine, Cloud Run and others: `gae:…`.
  const known = SERVICES.flatMap((type) => cloud.list(type)).some(
    ({ attributes }) => text(attributes, "service_id") === name,
  );
  if (known || name.includes(":")) return;
  throw new ApiError(404, `Service projects/${projectNumber(project)}/services/${name} was not found.`);
}
