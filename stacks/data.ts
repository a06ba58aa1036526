import { Account } from "@groundwork/constructs/identity/account";
import { ciAccounts } from "@groundwork/constructs/identity/ci-account";
import { accountByEmail, type Principal } from "@groundwork/constructs/identity/principal";
import { AtlasProject } from "@groundwork/constructs/mongodb-atlas/atlas-project";
import { rotationTopicNamed } from "@groundwork/constructs/secrets/rotation-topic";
import { SecretContainer } from "@groundwork/constructs/secrets/secret-container";
import { Bucket } from "@groundwork/constructs/storage/bucket";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { Service } from "../environments/schema/service";
import { createDatabase, type Database } from "./data/database";
import { letIn } from "./data/reach";
import { createStores } from "./data/stores";
import { letReleasersActAs } from "./deployers";
import { EnvironmentStack } from "./environment-stack";
import { keyFor } from "./places";

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
    const database = createDatabase(this, project);
    letIn(this, project);
    this.publishConfiguration(database);
    this.createSecrets();
    createStores(this);
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

  /** Who applies previews. */
  previewApplier(): Principal {
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

  /** Does something for each service that has an account. */
  eachService(act: (name: string, account: Account, service: Service) => void): void {
    for (const [name, service] of Object.entries(this.loaded.environment.services)) {
      const account = this.accounts.get(name);
      if (account) {
        act(name, account, service);
      }
    }
  }
}
