import type { Diagnostic } from "../../values/diagnostic";
import type { ObjectValue } from "../../values/value";
import { ApiError } from "../api-error";
import type { Behaviours, Change, ResourceBehaviour } from "../behaviour";
import { parseRange } from "../google/cidr";
import { blocksAt, text } from "../shape/paths";
import { onlySharedTiers } from "./clusters";
import { encodeStateId } from "./identity";

const ROLE = "mongodbatlas_custom_db_role";
const USER = "mongodbatlas_database_user";
const LIST = "mongodbatlas_project_ip_access_list";

/** Source: MongoDB manual, limits of M0 and Flex clusters: bytes of a database's name. */
const LONGEST_SHARED_DATABASE = 38;

/** Source: Atlas documentation, "Built-in Roles and Privileges". */
const builtIn = new Set([
  "atlasAdmin",
  "backup",
  "clusterMonitor",
  "dbAdmin",
  "dbAdminAnyDatabase",
  "enableSharding",
  "read",
  "readAnyDatabase",
  "readWrite",
  "readWriteAnyDatabase",
]);

/** The provider says so at every creation, password or not. */
const passwordWarning: Diagnostic = {
  severity: "warning",
  summary: "If the password value will be managed externally it is advised to remove the attribute",
  detail: "More details can be found in resource documentation under the 'password' attribute",
};

/** An address is listed as a range too, and a range of one as an address. */
const addressForms: NonNullable<ResourceBehaviour["computed"]> = {
  cidr_block: ({ object }) => {
    const address = text(object, "ip_address");
    return address === "" ? "" : `${address}/32`;
  },
  ip_address: ({ object }) => {
    const block = text(object, "cidr_block");
    return block.endsWith("/32") ? block.replace(/\/32$/, "") : "";
  },
  aws_security_group: () => "",
  comment: () => "",
};

/**
 * Who gets into the clusters of a project: roles, users, addresses.
 * Source: internal/service/{customdbrole,databaseuser,projectipaccesslist}/resource_*.go, v1.41.1.
 */
export const accessBehaviours: Behaviours = {
  [ROLE]: {
    conflict: ({ object }) =>
      new ApiError(
        409,
        `A custom role with name ${text(object, "role_name")} already exists.`,
        "ATLAS_CUSTOM_ROLE_ALREADY_EXISTS",
        [text(object, "role_name")],
      ),
    beforeCreate: requireRole,
    beforeUpdate: requireRole,
  },
  [USER]: {
    unread: ["password", "description"],
    computed: { "labels.key": () => "", "labels.value": () => "" },
    conflict: ({ object }) =>
      new ApiError(
        409,
        `A user with username ${text(object, "username")} already exists on database ` +
          `${text(object, "auth_database_name")}.`,
        "USER_ALREADY_EXISTS",
        [text(object, "username")],
      ),
    beforeCreate: requireUser,
    beforeUpdate: requireUser,
    created: ({ report }) => report(passwordWarning),
  },
  mongodbatlas_access_list_api_key: {
    existing: "adopt",
    id: ({ object }) =>
      encodeStateId({
        org_id: text(object, "org_id"),
        api_key_id: text(object, "api_key_id"),
        entry: text(object, "ip_address") || text(object, "cidr_block"),
      }),
    computed: addressForms,
  },
  [LIST]: {
    existing: "adopt",
    id: ({ object }) => encodeStateId({ entry: entryOf(object), project_id: text(object, "project_id") }),
    parseImport(id) {
      const [, project = "", entry = ""] = /^([^-]+)-(.+)$/.exec(id) ?? [];
      if (project === "") {
        throw new ApiError(400, "to import a projectIP Access List, use the format {project_id}-{entry}");
      }
      return { id: encodeStateId({ entry, project_id: project }) };
    },
    computed: addressForms,
    beforeCreate({ object }) {
      const entry = entryOf(object);
      const valid = entry.startsWith("sg-") || entry.includes(":") || parseRange(entry) !== undefined;
      if (valid) return;
      throw new ApiError(
        400,
        `The address ${entry} must be a valid IP address or CIDR block.`,
        "INVALID_IP_ADDRESS_OR_CIDR_NOTATION",
        [entry],
      );
    },
  },
};

/** What an access list's entry is called: its range, `10.0.0.1/32` for one address. */
function entryOf(object: ObjectValue): string {
  const address = text(object, "ip_address");
  const single = address.includes(":") ? address : `${address}/32`;
  return text(object, "cidr_block") || (address === "" ? text(object, "aws_security_group") : single);
}

function requireRole({ cloud, object }: Change): void {
  const project = text(object, "project_id");
  const name = text(object, "role_name");
  if (builtIn.has(name)) {
    throw new ApiError(
      400,
      `Cannot create custom role ${name} because a built-in role with that name already exists.`,
      "CUSTOM_ROLE_NAME_IS_BUILT_IN",
      [name],
    );
  }
  for (const inherited of blocksAt(object, "inherited_roles")) {
    requireKnownRole(cloud, project, text(inherited, "role_name"));
  }
  const resources = blocksAt(object, "actions").flatMap((action) => blocksAt(action, "resources"));
  if (onlySharedTiers(cloud, project)) requireShortNames(resources);
}

function requireUser({ cloud, object }: Change): void {
  const project = text(object, "project_id");
  const roles = blocksAt(object, "roles");
  for (const role of roles) requireKnownRole(cloud, project, text(role, "role_name"));
  const scopes = blocksAt(object, "scopes")
    .filter((scope) => text(scope, "type") === "CLUSTER")
    .map((scope) => text(scope, "name"));
  if (!onlySharedTiers(cloud, project, scopes)) return;
  requireShortNames(roles);
  const workload = text(object, "oidc_auth_type");
  if (workload !== "" && workload !== "NONE") {
    throw new ApiError(
      400,
      "Workload identity (OIDC) users need a dedicated cluster, M10 or more.",
      "FEATURE_UNSUPPORTED",
      ["oidcAuthType"],
    );
  }
}

function requireKnownRole(cloud: Change["cloud"], project: string, name: string): void {
  if (builtIn.has(name)) return;
  const id = encodeStateId({ project_id: project, role_name: name });
  if (cloud.get(ROLE, id) !== undefined) return;
  throw new ApiError(
    404,
    `The role ${name} does not exist in group ${project}.`,
    "ATLAS_CUSTOM_ROLE_NOT_FOUND",
    [name],
  );
}

function requireShortNames(named: readonly ObjectValue[]): void {
  for (const { database_name: name } of named) {
    if (typeof name !== "string" || Buffer.byteLength(name) <= LONGEST_SHARED_DATABASE) continue;
    throw new ApiError(
      400,
      `The database name ${name} is longer than ${LONGEST_SHARED_DATABASE} bytes, the most on M0 and Flex clusters.`,
      "INVALID_DATABASE_NAME",
      [name],
    );
  }
}
