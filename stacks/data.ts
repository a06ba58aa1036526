import { Account } from "@groundwork/constructs/identity/account";
import { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { BackupSchedule } from "@groundwork/constructs/mongodb-atlas/backup-schedule";
import { CloudAccess } from "@groundwork/constructs/mongodb-atlas/cloud-access";
import { CompliancePolicy } from "@groundwork/constructs/mongodb-atlas/compliance-policy";
import type { ConnectionConsumer } from "@groundwork/constructs/mongodb-atlas/connection-budget";
import { DedicatedCluster } from "@groundwork/constructs/mongodb-atlas/dedicated-cluster";
import { FlexCluster } from "@groundwork/constructs/mongodb-atlas/flex-cluster";
import { ServiceUser } from "@groundwork/constructs/mongodb-atlas/service-user";
import { SnapshotBucket } from "@groundwork/constructs/mongodb-atlas/snapshot-bucket";
import { SecretContainer } from "@groundwork/constructs/secrets/secret-container";
import { Bucket } from "@groundwork/constructs/storage/bucket";
import { ExportBucket } from "@groundwork/constructs/storage/export-bucket";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { Atlas } from "../environments/schema/atlas";
import type { Backups } from "../environments/schema/backups";
import type { Service } from "../environments/schema/service";
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
    this.publishConfiguration(database);
    this.createSecrets();
  }

  private createRuntimeAccounts(): Map<string, Account> {
    const { environment, names } = this.loaded;
    return new Map(
      Object.keys(environment.services).map((service) => [
        service,
        this.from(
          `services.${service}`,
          () =>
            new Account(this, names.runtimeAccount(service), {
              accountId: names.runtimeAccount(service),
              purpose: `The service ${service} runs as this account.`,
              jobs: ["report-telemetry"],
            }),
        ),
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
    const cluster = this.createCluster(project, tier);
    this.createBackups(project, cluster);
    this.createDatabaseUsers(cluster);
    return cluster;
  }

  private createCluster(project: AtlasProject, tier: Exclude<Atlas["tier"], "FLEX">): DedicatedCluster {
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

  private createBackups(project: AtlasProject, cluster: DedicatedCluster): void {
    const { backups } = this.loaded.environment.atlas;
    if (backups === "none") {
      return;
    }
    const { exports, compliance, ...plan } = backups;
    this.attempt("atlas.backups", () => {
      const schedule = new BackupSchedule(this, "backups", {
        cluster,
        ...plan,
        ...(exports === "none"
          ? {}
          : { export: { to: this.createExportBucket(project, exports.keep), every: "month" } }),
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

  private createExportBucket(project: AtlasProject, keep: ExportedFor): SnapshotBucket {
    const { names } = this.loaded;
    return new SnapshotBucket(this, "snapshots", {
      project,
      access: new CloudAccess(this, "atlas-access", { project }),
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
  }

  /** How many connections each service's instances may open: their drivers must be told. */
  private poolSizes(): Record<string, number> {
    const services = Object.entries(this.loaded.environment.services);
    return Object.fromEntries(
      services.flatMap(([name, { database }]) => (database === "none" ? [] : [[name, database.poolSize]])),
    );
  }

  private createSecrets(): void {
    const { environment } = this.loaded;
    for (const [name, { purpose, protected: deletionProtection }] of Object.entries(environment.secrets)) {
      this.attempt(`secrets.${name}`, () => {
        const container = new SecretContainer(this, `secret-${name}`, {
          secretId: name,
          purpose,
          locations: [environment.region],
          deletionProtection,
        });
        this.eachService((service, account, { secrets }) => {
          if (secrets.includes(name)) {
            container.grantRead(`${service}-reads`, account);
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
