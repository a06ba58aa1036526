import { ApiError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { decimalId } from "../identity/derived";
import { text } from "../shape/paths";

const CHANNEL = "google_monitoring_notification_channel";
const POLICY = "google_monitoring_alert_policy";

/**
 * Channels and the policies that notify them.
 * Source: google/services/monitoring/resource_monitoring_{notification_channel,alert_policy}.go, v6.50.0.
 */
export const monitoringBehaviours: Behaviours = {
  [CHANNEL]: {
    computed: { verification_status: () => "VERIFICATION_STATUS_UNSPECIFIED" },
    parseImport: (id) => ({ id, name: id }),
    beforeDelete(scene) {
      const user = scene.cloud
        .list(POLICY)
        .find(({ attributes }) => channelsOf(attributes).includes(scene.id));
      if (user !== undefined && scene.object.force_delete !== true) {
        throw new ApiError(400, `Cannot delete notification channel ${scene.id}: it is used by ${user.id}.`);
      }
      scene.cloud.putFact(deletedChannel(scene.id), {});
    },
  },
  [POLICY]: {
    computed: {
      "conditions.name": (scene, condition) =>
        `${scene.id}/conditions/${decimalId(19, POLICY, scene.id, text(condition, "display_name"))}`,
      creation_record: ({ cloud, project }) => [
        { mutate_time: cloud.now, mutated_by: `terraform@${project}.iam.gserviceaccount.com` },
      ],
    },
    beforeCreate: requireChannels,
    beforeUpdate: requireChannels,
  },
};

function channelsOf(policy: Change["object"]): string[] {
  const channels = policy.notification_channels;
  return Array.isArray(channels) ? channels.filter((channel) => typeof channel === "string") : [];
}

function deletedChannel(name: string): string {
  return `deleted-channel/${name}`;
}

/** Channels with a token are made by hand, in the console, of which the sandbox knows nothing: only those that it saw go are gone. */
function requireChannels({ cloud, object }: Change): void {
  for (const channel of channelsOf(object)) {
    if (cloud.getFact(deletedChannel(channel)) === undefined) continue;
    throw new ApiError(404, `Could not find notification channel ${channel}.`);
  }
}
