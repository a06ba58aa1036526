import { Account } from "@groundwork/constructs/identity/account";
import type { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { CloudAccess } from "@groundwork/constructs/mongodb-atlas/cloud-access";
import type { ConnectionConsumer } from "@groundwork/constructs/mongodb-atlas/connection-budget";
import { DatabaseKeeper } from "@groundwork/constructs/mongodb-atlas/database-keeper";
import { DedicatedCluster } from "@groundwork/constructs/mongodb-atlas/dedicated-cluster";
import { EncryptionAtRest } from "@groundwork/constructs/mongodb-atlas/encryption-at-rest";
import { FlexCluster } from "@groundwork/constructs/mongodb-atlas/flex-cluster";
import { PrivateLink } from "@groundwork/constructs/mongodb-atlas/private-link";
import { ServiceUser } from "@groundwork/constructs/mongodb-atlas/service-user";
import type { Atlas } from "../../environments/schema/atlas";
import type { DataStack } from "../data";
import { keyFor } from "../places";
import { watch } from "./alerts";
import { createBackups } from "./backups";

/** What services connect to. */
export interface Database {
  readonly clusterName: string;
  /** `mongodb+srv://…`, without user or password. */
  readonly address: string;
}

/** The cluster as the environment wants it, with all that only a dedicated one can have. */
export function createDatabase(stack: DataStack, project: AtlasProject): Database {
  const { environment, names } = stack.loaded;
  const { tier, region } = environment.atlas;
  if (tier === "FLEX") {
    const { terminationProtection } = environment.atlas;
    return stack.from(
      "atlas",
      () =>
        new FlexCluster(stack, "cluster", {
          project,
          name: names.cluster,
          region,
          tags: { ...names.labels, service: "database" },
          terminationProtection,
        }),
    );
  }
  const access = createCloudAccess(stack, project);
  const cluster = createCluster(stack, project, tier, access);
  createBackups(stack, project, cluster, access);
  createDatabaseUsers(stack, cluster);
  createPreviewDatabases(stack, cluster);
  watch(stack, project);
  return cluster;
}

/** The account that Atlas acts as in Google Cloud; nothing where it neither uses a key nor fills a bucket. */
function createCloudAccess(stack: DataStack, project: AtlasProject): CloudAccess | undefined {
  const { encryption, atlas } = stack.loaded.environment;
  const exports = atlas.backups !== "none" && atlas.backups.exports !== "none";
  return encryption === "google" && !exports
    ? undefined
    : new CloudAccess(stack, "atlas-access", { project });
}

function createCluster(
  stack: DataStack,
  project: AtlasProject,
  tier: Exclude<Atlas["tier"], "FLEX">,
  access: CloudAccess | undefined,
): DedicatedCluster {
  const { environment, names } = stack.loaded;
  const { version, region, nodes, analyticsNodes, diskGb, autoscaling, pointInTime, terminationProtection } =
    environment.atlas;
  return stack.from(
    "atlas",
    () =>
      new DedicatedCluster(stack, "cluster", {
        project,
        name: names.cluster,
        tags: { ...names.labels, service: "database" },
        tier,
        version,
        region,
        nodes,
        diskGb,
        pointInTime,
        terminationProtection,
        consumers: connectionConsumers(stack),
        ...createPrivateLink(stack, project),
        ...createEncryption(stack, project, access),
        ...(analyticsNodes > 0 ? { analyticsNodes } : {}),
        ...(autoscaling === "none"
          ? {}
          : {
              scaling: {
                tier: { from: autoscaling.minTier, to: autoscaling.maxTier },
                disk: autoscaling.disk,
              },
            }),
      }),
  );
}

function createPrivateLink(stack: DataStack, project: AtlasProject): { readonly privateLink?: PrivateLink } {
  const { environment, names } = stack.loaded;
  if (environment.atlas.access.kind !== "private") {
    return {};
  }
  const privateLink = new PrivateLink(stack, "private-link", {
    project,
    name: names.privateLink,
    subnet: {
      project: environment.project,
      region: environment.region,
      network: names.network,
      subnet: names.endpointSubnet,
    },
  });
  return { privateLink };
}

function createEncryption(
  stack: DataStack,
  project: AtlasProject,
  access: CloudAccess | undefined,
): { readonly encryption?: EncryptionAtRest } {
  const { key } = keyFor(stack.loaded, "database");
  return key && access
    ? { encryption: new EncryptionAtRest(stack, "encryption", { project, access, key }) }
    : {};
}

function connectionConsumers(stack: DataStack): ConnectionConsumer[] {
  return Object.entries(stack.loaded.environment.services).flatMap(([name, { database, scaling }]) =>
    database === "none"
      ? []
      : [
          {
            name,
            poolSize: database.poolSize,
            maxInstances: "instances" in scaling ? scaling.instances : scaling.maxInstances,
          },
        ],
  );
}

function createDatabaseUsers(stack: DataStack, cluster: DedicatedCluster): void {
  const { names, organisation } = stack.loaded;
  stack.eachService((service, account, { database }) => {
    if (database === "none") {
      return;
    }
    stack.attempt(`services.${service}.database`, () => {
      new ServiceUser(stack, `database-${service}`, {
        cluster,
        roleName: names.databaseRole(service),
        database: database.name,
        access: database.access,
        account,
        identityProviderId: organisation.atlas.identityProviderId,
      });
    });
  });
}

/**
 * Where previews stand: a way to seed and drop their databases, for whoever applies previews. An account of its own, because
 * a database user is an account's number, and the appliers' numbers are known in the foundation alone.
 */
function createPreviewDatabases(stack: DataStack, cluster: DedicatedCluster): void {
  const { environment, names, organisation } = stack.loaded;
  if (environment.stage !== "preview") {
    return;
  }
  const account = new Account(stack, names.previewDatabases, {
    accountId: names.previewDatabases,
    purpose: "Seeds and drops the databases of previews; tf-preview shows its tokens to the cluster.",
  });
  account.grantIdToken("apply-previews-shows", stack.previewApplier());
  new DatabaseKeeper(stack, "preview-databases-user", {
    cluster,
    roleName: names.previewDatabases,
    account,
    identityProviderId: organisation.atlas.identityProviderId,
  });
}
