import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { PreviewNames } from "../../../environments/preview-names";
import { type CloudApi, CloudRefused } from "../clouds/cloud-api";
import { cloudApis } from "../clouds/cloud-apis";
import type { ClusterAccess, PreviewPlace } from "../contract";

/** https://www.mongodb.com/docs/atlas/api/versioned-api-overview/ */
const document = "application/vnd.atlas.2023-01-01+json";
const headers = { accept: document, "content-type": document };
const project = z.object({ id: z.string() });
const value = z.object({ payload: z.object({ data: z.string() }) });

/** What is done in tests that destroy databases, in a cluster that nobody else uses. */
const roles = ["readWriteAnyDatabase", "dbAdminAnyDatabase"].map((roleName) => ({
  roleName,
  databaseName: "admin",
}));

/**
 * The way into a preview's own Flex cluster: a user with a password, scoped to that cluster, as Flex clusters take no
 * Google accounts. It is made here and not by Terraform, so the password stands in no state and no plan: in Secret Manager
 * alone, in a secret that only the preview's own account reads.
 *
 * In the sandbox all clusters are one, which is entered with its own address: there is nothing to make.
 *
 * @see https://www.mongodb.com/docs/atlas/reference/api-resources-spec/v2/#tag/Database-Users
 * @see https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/addVersion
 */
export function clusterAccess(
  place: Pick<PreviewPlace, "target" | "env" | "loaded">,
  apis: (host: string) => CloudApi = cloudApis(place),
): ClusterAccess {
  const { environment, names: shared } = place.loaded;
  const atlas = apis("cloud.mongodb.com");
  const secrets = apis("secretmanager.googleapis.com");
  const secretOf = (names: PreviewNames) =>
    `/v1/projects/${environment.project}/secrets/${names.clusterSecret}`;

  const group = async () => {
    const answer = await atlas.get(
      `/api/atlas/v2/groups/byName/${encodeURIComponent(shared.atlasProject)}`,
      headers,
    );
    return answer === undefined ? undefined : `/api/atlas/v2/groups/${project.parse(answer).id}`;
  };

  return {
    async open(names, address) {
      if (place.target === "sandbox") return undefined;
      const path = await group();
      if (path === undefined) throw new CloudRefused(`find ${shared.atlasProject}`, 404, "no such project");
      const users = `${path}/databaseUsers`;
      const [known, user] = await Promise.all([
        secrets.get(`${secretOf(names)}/versions/latest:access`),
        atlas.get(`${users}/admin/${names.database}`, headers),
      ]);
      const uri =
        known === undefined ? "" : Buffer.from(value.parse(known).payload.data, "base64").toString("utf8");
      // As it was, unless the cluster was made anew under another address, or its user is gone.
      if (user !== undefined && uri !== "" && new URL(uri).host === new URL(address).host) return uri;
      const password = randomBytes(24).toString("base64url");
      await writeUser(atlas, users, names, password);
      const made = withCredentials(address, names.database, password);
      // Last: killed before, the next one makes another password.
      await secrets.change("POST", `${secretOf(names)}:addVersion`, {
        payload: { data: Buffer.from(made).toString("base64") },
      });
      return made;
    },
    async close(names) {
      const path = await group();
      return path === undefined
        ? false
        : atlas.remove(`${path}/databaseUsers/admin/${names.database}`, headers);
    },
  };
}

/** Makes the user, or gives the one that is there another password. */
async function writeUser(
  atlas: CloudApi,
  users: string,
  names: PreviewNames,
  password: string,
): Promise<void> {
  const { database: username, cluster } = names;
  const user = {
    databaseName: "admin",
    username,
    password,
    roles,
    scopes: [{ name: cluster, type: "CLUSTER" }],
  };
  try {
    await atlas.change("POST", users, user, headers);
  } catch (error) {
    if (!(error instanceof CloudRefused) || error.status !== 409) throw error;
    await atlas.change("PATCH", `${users}/admin/${username}`, user, headers);
  }
}

function withCredentials(address: string, user: string, password: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${user}:${password}@${host}/?authSource=admin`;
}
