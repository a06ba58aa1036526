import { Account } from "@groundwork/constructs/identity/account";
import { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { BackupSchedule } from "@groundwork/constructs/mongodb-atlas/backup-schedule";
import { DedicatedCluster } from "@groundwork/constructs/mongodb-atlas/dedicated-cluster";
import { ServiceUser } from "@groundwork/constructs/mongodb-atlas/service-user";
import { SecretContainer } from "@groundwork/constructs/secrets/secret-container";
import { Bucket } from "@groundwork/constructs/storage/bucket";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/**
 * What would be missed: the cluster with its backups and the secrets, and the accounts that may read them. The accounts
 * stand here because only Google can tell their numbers, which the database's users carry; the secrets stand beside
 * them because access can't be given to an account that does not exist yet.
 */
export class DataStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "data");
    const accounts = this.createRuntimeAccounts();
    const cluster = this.createCluster();
    this.createBackups(cluster);
    this.createDatabaseUsers(cluster, accounts);
    this.publishConfiguration(cluster, accounts);
    this.createSecrets(accounts);
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

  private createCluster(): DedicatedCluster {
    const { environment, names, organisation } = this.loaded;
    const { backups: _backups, maintenance, ...cluster } = environment.atlas;
    return this.from("atlas", () => {
      const project = new AtlasProject(this, "atlas-project", {
        name: names.atlasProject,
        organisationId: organisation.atlas.organisationId,
        maintenance,
        tags: names.labels,
      });
      return new DedicatedCluster(this, "cluster", {
        project,
        name: names.cluster,
        tags: names.labels,
        ...cluster,
      });
    });
  }

  private createBackups(cluster: DedicatedCluster): void {
    const { environment } = this.loaded;
    this.attempt("atlas.backups", () => {
      new BackupSchedule(this, "backups", { cluster, ...environment.atlas.backups });
    });
  }

  private createDatabaseUsers(cluster: DedicatedCluster, accounts: Map<string, Account>): void {
    const { names, organisation } = this.loaded;
    this.eachService(accounts, (service, account, { database }) => {
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
  private publishConfiguration(cluster: DedicatedCluster, accounts: Map<string, Account>): void {
    const { environment, names } = this.loaded;
    const bucket = new Bucket(this, "configuration", {
      name: names.configurationBucket,
      location: environment.region,
    });
    bucket.addText("database", {
      name: "database.json",
      type: "application/json",
      content: `{"address":"${cluster.address}"}`,
    });
    this.eachService(accounts, (service, account, { database }) => {
      if (database !== "none") {
        bucket.grantRead(`${service}-reads`, account);
      }
    });
  }

  private createSecrets(accounts: Map<string, Account>): void {
    const { environment } = this.loaded;
    for (const [name, { purpose, protected: deletionProtection }] of Object.entries(environment.secrets)) {
      this.attempt(`secrets.${name}`, () => {
        const container = new SecretContainer(this, `secret-${name}`, {
          secretId: name,
          purpose,
          locations: [environment.region],
          deletionProtection,
        });
        this.eachService(accounts, (service, account, { secrets }) => {
          if (secrets.includes(name)) {
            container.grantRead(`${service}-reads`, account);
          }
        });
      });
    }
  }

  private eachService(
    accounts: Map<string, Account>,
    act: (
      name: string,
      account: Account,
      service: LoadedEnvironment["environment"]["services"][string],
    ) => void,
  ): void {
    for (const [name, service] of Object.entries(this.loaded.environment.services)) {
      const account = accounts.get(name);
      if (account) {
        act(name, account, service);
      }
    }
  }
}
