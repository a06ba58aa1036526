import { ApiError, ProviderError } from "../api-error";
import type { Behaviours, Change } from "../behaviour";
import { projectNumber } from "../identity/derived";
import { text } from "../shape/paths";
import { policyOf } from "./iam-owned";
import { byProjectId, byProjectNumber } from "./project-numbers";

const SECRET = "google_secret_manager_secret";
const VERSION = "google_secret_manager_secret_version";

/** Source: Secret Manager documentation, "Quotas and limits": size of a payload in bytes. */
const LARGEST_PAYLOAD = 65_536;

/**
 * Containers of secrets and their versions.
 * Source: google/services/secretmanager/resource_secret_manager_secret{,_version}.go, v6.50.0.
 */
export const secretManagerBehaviours: Behaviours = {
  [SECRET]: {
    computed: {
      name: ({ object, project }) =>
        `projects/${projectNumber(project)}/secrets/${text(object, "secret_id")}`,
      create_time: ({ cloud }) => cloud.now,
      expire_time: () => "",
    },
    conflict: ({ object, project }) =>
      new ApiError(
        409,
        `Secret [projects/${projectNumber(project)}/secrets/${text(object, "secret_id")}] already exists.`,
      ),
    beforeDelete({ object }) {
      if (object.deletion_protection !== true) return;
      throw new ProviderError(
        "cannot destroy secret manager secret without setting deletion_protection=false and running `terraform apply`",
      );
    },
    deleted: ({ cloud, id }) => cloud.putFact(lastVersionFact(id), undefined),
    owns: [
      {
        type: VERSION,
        prefix: ({ attributes }) => `${text(attributes, "name")}/versions/`,
      },
      ...policyOf(SECRET),
    ],
  },
  [VERSION]: {
    id: "{name}",
    parseImport(id, { project }) {
      const [, secret, version] = /^(projects\/.+\/secrets\/.+)\/versions\/(.+)$/.exec(id) ?? [];
      if (secret === undefined || version === undefined) {
        throw new ProviderError(
          "Version name does not fit the format `projects/{{project}}/secrets/{{secret}}/versions/{{version}}`",
        );
      }
      const name = byProjectNumber(id, project);
      return { id: name, name, secret, version };
    },
    unread: ["secret", "secret_data_wo_version"],
    computed: {
      version: ({ cloud, object, project }) => {
        const fact = lastVersionFact(secretOf(object, project));
        const last = cloud.getFact(fact)?.version;
        const version = (typeof last === "number" ? last : 0) + 1;
        cloud.putFact(fact, { version });
        return String(version);
      },
      name: ({ object, project }) => {
        const [, owner = "", , secret = ""] = secretOf(object, project).split("/");
        return `projects/${projectNumber(owner)}/secrets/${secret}/versions/${text(object, "version")}`;
      },
      create_time: ({ cloud }) => cloud.now,
      destroy_time: () => "",
    },
    beforeCreate: requireContainer,
    keeps: ({ object }) => ["ABANDON", "DISABLE"].includes(text(object, "deletion_policy")),
    beforeDelete({ cloud, object, stored }) {
      if (stored === undefined || text(object, "deletion_policy") !== "DISABLE") return;
      cloud.put({ ...stored, attributes: { ...stored.attributes, enabled: false } });
    },
    answer({ object, cloud, project }) {
      return cloud.get(SECRET, secretOf(object, project)) === undefined ? null : object;
    },
  },
};

/** The secret's id, `projects/p/secrets/s`. */
function secretOf(version: Change["object"], project: string): string {
  return byProjectId(text(version, "secret"), project);
}

function lastVersionFact(secret: string): string {
  return `secret-manager/last-version/${secret}`;
}

function requireContainer({ cloud, object, project }: Change): void {
  const secret = secretOf(object, project);
  if (cloud.get(SECRET, secret) === undefined) throw new ApiError(404, `Secret [${secret}] not found.`);
  const payload = object.secret_data;
  const bytes = typeof payload === "string" ? Buffer.byteLength(payload) : 0;
  if (bytes <= LARGEST_PAYLOAD) return;
  throw new ApiError(
    400,
    `The payload of a secret version has at most ${LARGEST_PAYLOAD} bytes, this one ${bytes}.`,
  );
}
