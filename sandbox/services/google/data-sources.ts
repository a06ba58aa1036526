import type { ConfiguredProvider } from "../../providers/contract";
import { isObject, type ObjectValue, type Value } from "../../values/value";
import { ProviderError } from "../api-error";
import type { CloudView } from "../behaviour";
import { decimalId, projectNumber } from "../identity/derived";
import { blocksAt, lastSegment, text } from "../shape/paths";
import { byProjectId } from "./project-numbers";

/** What a data source is asked. */
export interface Question {
  config: ObjectValue;
  provider: ConfiguredProvider;
  /** The configured project, or else the provider's. */
  project: string;
  cloud: CloudView;
}

/** Answers that are neither a stored object called by its id nor made up; null: there is no such thing. */
export const answers: { readonly [dataSource: string]: (question: Question) => ObjectValue | null } = {
  google_client_config: ({ provider, project }) => ({
    id: `projects/${project}/regions/${text(provider.config, "region")}/zones/${text(provider.config, "zone")}`,
    project,
    region: provider.config.region ?? null,
    zone: provider.config.zone ?? null,
    access_token: "sandbox",
    default_labels: provider.config.default_labels ?? {},
  }),
  google_project({ config, project, cloud }) {
    const projectId = text(config, "project_id") || project;
    const stored = cloud.get("google_project", `projects/${projectId}`)?.attributes ?? {};
    return {
      name: projectId,
      ...stored,
      id: `projects/${projectId}`,
      project_id: projectId,
      number: projectNumber(projectId),
    };
  },
  google_monitoring_notification_channel: notificationChannel,
  google_service_account({ config, project, cloud }) {
    const asked = lastSegment(text(config, "account_id"));
    const email = asked.includes("@") ? asked : `${asked}@${project}.iam.gserviceaccount.com`;
    const owner = /@([^.]+)\.iam/.exec(email)?.[1] ?? project;
    const stored = cloud.get("google_service_account", `projects/${owner}/serviceAccounts/${email}`);
    return stored?.attributes ?? null;
  },
  google_secret_manager_secret_version({ config, project, cloud }) {
    const secret = byProjectId(text(config, "secret"), project);
    const id = secret.includes("/") ? secret : `projects/${project}/secrets/${secret}`;
    const [, owner = "", , name = ""] = id.split("/");
    const prefix = `projects/${projectNumber(owner)}/secrets/${name}/versions/`;
    const versions = cloud
      .list("google_secret_manager_secret_version", prefix)
      .map(({ attributes }) => attributes);
    const wanted = text(config, "version");
    const found =
      wanted === "" || wanted === "latest"
        ? versions.sort((one, other) => Number(other.version) - Number(one.version))[0]
        : versions.find(({ version }) => version === wanted);
    if (found === undefined) return null;
    if (found.enabled === false)
      throw new ProviderError(`Error accessing SecretVersion: ${found.name} is disabled`);
    return { ...found, secret_data: found.secret_data ?? "" };
  },
  google_app_engine_default_service_account: ({ project, cloud }) =>
    cloud.get("google_app_engine_application", project) === undefined
      ? null
      : accountOf(project, `${project}@appspot.gserviceaccount.com`, "App Engine default service account"),
  google_compute_default_service_account: ({ project }) =>
    accountOf(
      project,
      `${projectNumber(project)}-compute@developer.gserviceaccount.com`,
      "Compute Engine default service account",
    ),
  google_storage_project_service_account: ({ project }) => {
    const email = `service-${projectNumber(project)}@gs-project-accounts.iam.gserviceaccount.com`;
    return { id: email, project, email_address: email, member: `serviceAccount:${email}` };
  },
  google_iam_policy({ config }) {
    const bindings = blocksAt(config, "binding").map(({ role, members, condition }) => ({
      ...(firstOf(condition) === undefined ? {} : { condition: firstOf(condition) }),
      members: Array.isArray(members) ? [...members].sort() : [],
      role,
    }));
    bindings.sort((one, other) => String(one.role).localeCompare(String(other.role)));
    const policy = JSON.stringify({ bindings });
    return { id: policy, policy_data: policy };
  },
};

function accountOf(project: string, email: string, displayName: string): ObjectValue {
  const name = `projects/${project}/serviceAccounts/${email}`;
  return { id: name, name, project, email, display_name: displayName, member: `serviceAccount:${email}` };
}

function firstOf(value: Value | undefined): ObjectValue | undefined {
  const item = Array.isArray(value) ? value[0] : value;
  return isObject(item) ? item : undefined;
}

/** Kinds of channels that only people can make, because they hold a token or a phone: they are taken to exist. */
const madeByHand = ["pagerduty", "slack", "sms", "webhook_basicauth", "webhook_tokenauth", ""];

/** Source: google/services/monitoring/data_source_monitoring_notification_channel.go, v6.50.0. */
function notificationChannel({ config, project, cloud }: Question): ObjectValue {
  const [title, type] = [text(config, "display_name"), text(config, "type")];
  const filter = [title && `display_name="${title}"`, type && `type="${type}"`].filter(Boolean).join(" AND ");
  const found = cloud
    .list("google_monitoring_notification_channel", `projects/${project}/`)
    .map(({ attributes }) => attributes)
    .filter((channel) => title === "" || text(channel, "display_name") === title)
    .filter((channel) => type === "" || text(channel, "type") === type);
  if (found.length > 1) {
    throw new ProviderError(`Found more than one 1 NotificationChannel matching specified filter: ${filter}`);
  }
  if (found[0] !== undefined) return found[0];
  if (!madeByHand.includes(type) || title === "") {
    throw new ProviderError(`No NotificationChannel found using filter: ${filter}`);
  }
  const name = `projects/${project}/notificationChannels/${decimalId(19, "made by hand", project, title, type)}`;
  return { id: name, name, display_name: title, type, enabled: true, verification_status: "VERIFIED" };
}
