import { Cache } from "@groundwork/constructs/cache/cache";
import { Account } from "@groundwork/constructs/identity/account";
import { ciAccounts } from "@groundwork/constructs/identity/ci-account";
import { accountByEmail, type Principal } from "@groundwork/constructs/identity/principal";
import { AccessList } from "@groundwork/constructs/mongodb-atlas/access-list";
import { AtlasAlerts } from "@groundwork/constructs/mongodb-atlas/alerts";
import { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { Auditing } from "@groundwork/constructs/mongodb-atlas/auditing";
import { BackupSchedule } from "@groundwork/constructs/mongodb-atlas/backup-schedule";
import { CloudAccess } from "@groundwork/constructs/mongodb-atlas/cloud-access";
import { CompliancePolicy } from "@groundwork/constructs/mongodb-atlas/compliance-policy";
import type { ConnectionConsumer } from "@groundwork/constructs/mongodb-atlas/connection-budget";
import { DatabaseKeeper } from "@groundwork/constructs/mongodb-atlas/database-keeper";
import { DedicatedCluster } from "@groundwork/constructs/mongodb-atlas/dedicated-cluster";
import { EncryptionAtRest } from "@groundwork/constructs/mongodb-atlas/encryption-at-rest";
import { FlexCluster } from "@groundwork/constructs/mongodb-atlas/flex-cluster";
import { Notify } from "@groundwork/constructs/mongodb-atlas/notification";
import { PrivateLink } from "@groundwork/constructs/mongodb-atlas/private-link";
import { ServiceUser } from "@groundwork/constructs/mongodb-atlas/service-user";
import { SnapshotBucket } from "@groundwork/constructs/mongodb-atlas/snapshot-bucket";
import { NatGateway } from "@groundwork/constructs/network/nat-gateway";
import { networkNamed } from "@groundwork/constructs/network/network-name";
import { Database as RelationalDatabase } from "@groundwork/constructs/relational/database";
import { Instance } from "@groundwork/constructs/relational/instance";
import { User as RelationalUser } from "@groundwork/constructs/relational/user";
import { rotationTopicNamed } from "@groundwork/constructs/secrets/rotation-topic";
import { SecretContainer } from "@groundwork/constructs/secrets/secret-container";
import { Bucket } from "@groundwork/constructs/storage/bucket";
import { ExportBucket } from "@groundwork/constructs/storage/export-bucket";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { Atlas } from "../environments/schema/atlas";
import type { Backups } from "../environments/schema/backups";
import type { Service } from "../environments/schema/service";
import { letReleasersActAs } from "./deployers";
import { EnvironmentStack } from "./environment-stack";
import { durableLocation, keyFor } from "./places";

type ExportedFor = Exclude<Backups["exports"], "none">["keep"];

/** What services connect to. */
interface Database {
  readonly clusterName: string;
  /** `mongodb+srv://…`, without user or password. */
  readonly address: string;
}

/**
 * What would be missed: the cluster with its backups and the secrets, and the accounts that may read them. The accounts
 * stand here because only Google can tell their numbers, which the database's users carry; the secrets stand beside
 * them because access can't be given to an account that does not exist yet.
 */
export class DataStack extends EnvironmentStack {
  private readonly accounts: ReadonlyMap<string, Account>;

  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "data");
    this.accounts = this.createRuntimeAccounts();
    const project = this.createAtlasProject();
    const database = this.createDatabase(project);
    this.letIn(project);
    this.publishConfiguration(database);
    this.createSecrets();
    this.createStores();
  }

  private createRuntimeAccounts(): Map<string, Account> {
    const { environment, names } = this.loaded;
    return new Map(
      Object.keys(environment.services).map((service) => [
        service,
        this.from(`services.${service}`, () => {
          const account = new Account(this, names.runtimeAccount(service), {
            accountId: names.runtimeAccount(service),
            purpose: `The service ${service} runs as this account.`,
            jobs: ["report-telemetry"],
          });
          letReleasersActAs(account, this.loaded);
          return account;
        }),
      ]),
    );
  }

  private createAtlasProject(): AtlasProject {
    const { environment, names, organisation } = this.loaded;
    const { maintenance, access } = environment.atlas;
    return this.from(
      "atlas",
      () =>
        new AtlasProject(this, "atlas-project", {
          name: names.atlasProject,
          organisationId: organisation.atlas.organisationId,
          maintenance,
          tags: { ...names.labels, service: "database" },
          ...(access.kind === "private" ? { limits: { privateConnections: access.endpoints } } : {}),
        }),
    );
  }

  private createDatabase(project: AtlasProject): Database {
    const { environment, names } = this.loaded;
    const { tier, region } = environment.atlas;
    if (tier === "FLEX") {
      const { terminationProtection } = environment.atlas;
      return this.from(
        "atlas",
        () =>
          new FlexCluster(this, "cluster", {
            project,
            name: names.cluster,
            region,
            tags: { ...names.labels, service: "database" },
            terminationProtection,
          }),
      );
    }
    const access = this.createCloudAccess(project);
    const cluster = this.createCluster(project, tier, access);
    this.createBackups(project, cluster, access);
    this.createDatabaseUsers(cluster);
    this.createPreviewDatabases(cluster);
    this.watch(project);
    return cluster;
  }

  /** The account that Atlas acts as in Google Cloud; nothing where it neither uses a key nor fills a bucket. */
  private createCloudAccess(project: AtlasProject): CloudAccess | undefined {
    const { encryption, atlas } = this.loaded.environment;
    const exports = atlas.backups !== "none" && atlas.backups.exports !== "none";
    return encryption === "google" && !exports
      ? undefined
      : new CloudAccess(this, "atlas-access", { project });
  }

  private createCluster(
    project: AtlasProject,
    tier: Exclude<Atlas["tier"], "FLEX">,
    access: CloudAccess | undefined,
  ): DedicatedCluster {
    const { environment, names } = this.loaded;
    const {
      version,
      region,
      nodes,
      analyticsNodes,
      diskGb,
      autoscaling,
      pointInTime,
      terminationProtection,
    } = environment.atlas;
    return this.from(
      "atlas",
      () =>
        new DedicatedCluster(this, "cluster", {
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
          consumers: this.connectionConsumers(),
          ...this.createPrivateLink(project),
          ...this.createEncryption(project, access),
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

  private createPrivateLink(project: AtlasProject): { readonly privateLink?: PrivateLink } {
    const { environment, names } = this.loaded;
    if (environment.atlas.access.kind !== "private") {
      return {};
    }
    const privateLink = new PrivateLink(this, "private-link", {
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

  private createEncryption(
    project: AtlasProject,
    access: CloudAccess | undefined,
  ): { readonly encryption?: EncryptionAtRest } {
    const { key } = keyFor(this.loaded, "database");
    return key && access
      ? { encryption: new EncryptionAtRest(this, "encryption", { project, access, key }) }
      : {};
  }

  /** Who may try to sign in over the internet: nobody where the cluster answers inside the network. */
  private letIn(project: AtlasProject): void {
    const { environment, names } = this.loaded;
    const { access } = environment.atlas;
    if (access.kind !== "public") {
      return;
    }
    const { natAddresses } = environment.network;
    this.attempt("atlas.access", () => {
      const ours =
        natAddresses === 0
          ? []
          : new NatGateway(this, "nat", {
              network: networkNamed(environment.project, names.network),
              name: names.nat,
              region: environment.region,
              addresses: natAddresses,
            }).publicAddresses.map((range, index) => ({ range, comment: `${names.nat}-${index + 1}` }));
      new AccessList(this, "access-list", { project, entries: [...ours, ...access.ranges] });
    });
  }

  private watch(project: AtlasProject): void {
    const { observability, atlas } = this.loaded.environment;
    if (atlas.auditing) {
      new Auditing(this, "auditing", { project });
    }
    const { channels, atlasPagerDuty } = observability;
    if (channels === "none") {
      return;
    }
    const addresses = [...channels.p2, ...channels.p3].flatMap((one) => ("email" in one ? [one.email] : []));
    const written =
      addresses.length > 0
        ? [...new Set(addresses)].map((address) => Notify.email(address))
        : [Notify.roles("GROUP_OWNER")];
    const exports = atlas.backups !== "none" && atlas.backups.exports !== "none";
    this.attempt("observability.channels", () => {
      new AtlasAlerts(this, "alerts", {
        project,
        tell: {
          P1:
            atlasPagerDuty === "none"
              ? written
              : [Notify.integration("PAGER_DUTY", atlasPagerDuty), ...written],
          P2: written,
          P3: written,
        },
        without: exports ? [] : ["exportFailed"],
      });
    });
  }

  private connectionConsumers(): ConnectionConsumer[] {
    return Object.entries(this.loaded.environment.services).flatMap(([name, { database, scaling }]) =>
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

  private createBackups(
    project: AtlasProject,
    cluster: DedicatedCluster,
    access: CloudAccess | undefined,
  ): void {
    const { backups } = this.loaded.environment.atlas;
    if (backups === "none") {
      return;
    }
    const { exports, compliance, ...plan } = backups;
    this.attempt("atlas.backups", () => {
      const schedule = new BackupSchedule(this, "backups", {
        cluster,
        ...plan,
        ...(exports === "none" || !access
          ? {}
          : { export: { to: this.createExportBucket(project, access, exports.keep), every: "month" } }),
      });
      if (compliance !== "none") {
        new CompliancePolicy(this, "compliance", {
          project,
          atLeast: plan,
          schedules: [schedule],
          pointInTime: cluster.pointInTime,
          ...compliance,
        });
      }
    });
  }

  private createExportBucket(project: AtlasProject, access: CloudAccess, keep: ExportedFor): SnapshotBucket {
    const { names } = this.loaded;
    return new SnapshotBucket(this, "snapshots", {
      project,
      access,
      bucket: new ExportBucket(this, "exports", {
        name: names.exportBucket,
        location: durableLocation(this.loaded),
        keep,
        ...keyFor(this.loaded, "storage"),
      }),
    });
  }

  private createDatabaseUsers(cluster: DedicatedCluster): void {
    const { names, organisation } = this.loaded;
    this.eachService((service, account, { database }) => {
      if (database === "none") {
        return;
      }
      this.attempt(`services.${service}.database`, () => {
        new ServiceUser(this, `database-${service}`, {
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
  private createPreviewDatabases(cluster: DedicatedCluster): void {
    const { environment, names, organisation } = this.loaded;
    if (environment.stage !== "preview") {
      return;
    }
    const account = new Account(this, names.previewDatabases, {
      accountId: names.previewDatabases,
      purpose: "Seeds and drops the databases of previews; tf-preview shows its tokens to the cluster.",
    });
    account.grantIdToken("apply-previews-shows", this.previewApplier());
    new DatabaseKeeper(this, "preview-databases-user", {
      cluster,
      roleName: names.previewDatabases,
      account,
      identityProviderId: organisation.atlas.identityProviderId,
    });
  }

  /** The cluster's host is Atlas's to choose: services read it at start, from an object whose name they can compute. */
  private publishConfiguration({ address }: Database): void {
    const { environment, names } = this.loaded;
    const bucket = new Bucket(this, "configuration", {
      name: names.configurationBucket,
      location: environment.region,
    });
    bucket.addText("database", {
      name: "database.json",
      type: "application/json",
      content: `{"address":"${address}","poolSizes":${JSON.stringify(this.poolSizes())}}`,
    });
    this.eachService((service, account, { database }) => {
      if (database !== "none") {
        bucket.grantRead(`${service}-reads`, account);
      }
    });
    if (environment.stage === "preview") {
      // Every preview's own account is let in when it is made.
      bucket.grantAdminister("apply-previews-administers", this.previewApplier());
    }
  }

  private previewApplier(): Principal {
    return accountByEmail(this.loaded.names.email(ciAccounts["apply-previews"].accountId));
  }

  /** How many connections each service's instances may open: their drivers must be told. */
  private poolSizes(): Record<string, number> {
    const services = Object.entries(this.loaded.environment.services);
    return Object.fromEntries(
      services.flatMap(([name, { database }]) => (database === "none" ? [] : [[name, database.poolSize]])),
    );
  }

  private createSecrets(): void {
    const { environment, names } = this.loaded;
    for (const [name, secret] of Object.entries(environment.secrets)) {
      const { purpose, protected: deletionProtection, rotation } = secret;
      this.attempt(`secrets.${name}`, () => {
        const container = new SecretContainer(this, `secret-${name}`, {
          secretId: name,
          purpose,
          locations: [{ location: environment.region, ...keyFor(this.loaded, "secrets") }],
          deletionProtection,
          ...(rotation === "none"
            ? {}
            : {
                rotation: {
                  ...rotation,
                  topic: rotationTopicNamed(environment.project, names.rotationTopic),
                },
              }),
        });
        this.eachService((service, account, { secrets }) => {
          if (secrets.includes(name)) {
            container.grantRead(`${service}-reads`, account);
          }
        });
      });
    }
  }

  /** Redis and PostgreSQL, where the environment asks for them. */
  private createStores(): void {
    const { environment, names } = this.loaded;
    const { cache, relational, region, secondRegion } = environment;
    const network = networkNamed(environment.project, names.network);
    const services = { rangeName: names.servicesRange };
    if (cache !== "none") {
      const { highAvailability, ...settings } = cache;
      this.attempt("cache", () => {
        new Cache(this, "cache", {
          name: names.cache,
          region,
          network,
          services,
          availability: highAvailability ? "replicated" : "single",
          ...settings,
        });
      });
    }
    if (relational !== "none") {
      const {
        cores: cpus,
        memoryGb,
        highAvailability,
        backups,
        restoreWindow,
        replicaIn,
        ...settings
      } = relational;
      this.attempt("relational", () => {
        const instance = new Instance(this, "relational", {
          name: names.relational,
          region,
          network,
          services,
          machine: { cpus, memoryGb },
          availability: highAvailability ? "regional" : "single",
          backups: {
            hour: 1,
            keep: backups,
            restoreWindow,
            location: secondRegion === "none" ? region : secondRegion,
          },
          ...(replicaIn === "none"
            ? {}
            : { replicas: [{ name: `${names.relational}-${replicaIn}`, region: replicaIn }] }),
          ...settings,
        });
        this.eachService((service, account, { relationalDatabase }) => {
          if (relationalDatabase !== undefined) {
            new RelationalDatabase(this, `relational-${service}`, { instance, name: relationalDatabase });
            new RelationalUser(this, `relational-${service}-user`, { instance, identity: { account } });
          }
        });
      });
    }
  }

  private eachService(act: (name: string, account: Account, service: Service) => void): void {
    for (const [name, service] of Object.entries(this.loaded.environment.services)) {
      const account = this.accounts.get(name);
      if (account) {
        act(name, account, service);
      }
    }
  }
}
