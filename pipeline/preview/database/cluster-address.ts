import { UserError } from "@groundwork/user-error";
import { z } from "zod";
import { googleIdToken } from "../../google/id-token";
import type { PreviewPlace } from "../contract";

/** How a cluster is reached. */
export interface ClusterAddress {
  uri: string;
  /** Shows who asks, where the address holds no credentials. */
  signIn?: () => Promise<string>;
}

/** The object of the data stack that tells where the cluster is. */
const databaseObject = "database.json";
const published = z.object({ address: z.string() });

/**
 * Where the databases of previews are: the sandbox's at `GROUNDWORK_MONGODB_URI`; in the cloud the cluster that the preview
 * environment's data stack published, as the account that seeds and drops previews' databases, without a password.
 *
 * @param cluster address of another one, with user and password
 * @throws UserError when nobody knows
 */
export async function clusterAddress(
  { target, env, loaded, bucket }: Pick<PreviewPlace, "target" | "env" | "loaded" | "bucket">,
  cluster?: string,
): Promise<ClusterAddress> {
  if (target === "sandbox") {
    const uri = env.GROUNDWORK_MONGODB_URI;
    // All clusters of the sandbox are one.
    if (uri) return { uri };
    throw new UserError("The sandbox's database can't be found.", [
      { field: "GROUNDWORK_MONGODB_URI", found: "nothing", expected: "the address that the sandbox sets" },
    ]);
  }
  if (cluster !== undefined) return { uri: cluster };
  // The audience that Atlas's identity provider was given by hand: docs/runbooks/bootstrap.md.
  const { names, organisation } = loaded;
  const account = names.email(names.previewDatabases);
  const signIn = () => googleIdToken(env, { account, audience: organisation.domain });
  return { uri: await publishedAddress({ loaded, bucket }), signIn };
}

async function publishedAddress({
  loaded,
  bucket,
}: Pick<PreviewPlace, "loaded" | "bucket">): Promise<string> {
  const name = loaded.names.configurationBucket;
  const found = await bucket(name).read(databaseObject);
  const read = published.safeParse(found && JSON.parse(found.content.toString("utf8")));
  if (read.success) return read.data.address;
  throw new UserError("The cluster of previews can't be found.", [
    {
      field: `gs://${name}/${databaseObject}`,
      found: found ? "something else" : "nothing",
      expected: `the cluster's address; apply ${loaded.environment.name}-data first`,
    },
  ]);
}
