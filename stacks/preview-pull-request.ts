import { Api } from "@groundwork/constructs/api-gateway/api";
import { Gateway } from "@groundwork/constructs/api-gateway/gateway";
import { firebaseCustomers } from "@groundwork/constructs/api-gateway/token-issuers";
import { PreviewService } from "@groundwork/constructs/app-engine/preview-service";
import { PreviewVersion } from "@groundwork/constructs/app-engine/preview-version";
import { serviceByName } from "@groundwork/constructs/app-engine/service";
import { hostingFiles } from "@groundwork/constructs/firebase-hosting/hosting-files";
import { Account } from "@groundwork/constructs/identity/account";
import { accountByEmail } from "@groundwork/constructs/identity/principal";
import { FlexCluster } from "@groundwork/constructs/mongodb-atlas/flex-cluster";
import { AtlasProjectByName } from "@groundwork/constructs/mongodb-atlas/project-by-name";
import { ServiceUser } from "@groundwork/constructs/mongodb-atlas/service-user";
import { useCloud } from "@groundwork/constructs/provider/providers";
import { SecretContainer } from "@groundwork/constructs/secrets/secret-container";
import { SecretReader } from "@groundwork/constructs/secrets/secret-reader";
import { BucketReader } from "@groundwork/constructs/storage/bucket-reader";
import { UserError } from "@groundwork/user-error";
import { type App, GcsBackend, type ITerraformDependable, TerraformOutput, TerraformStack } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { previewServiceUrls } from "../environments/preview-addresses";
import { PreviewNames, shortSha, versionHash } from "../environments/preview-names";
import type { ChangedService, PreviewRequest } from "../environments/preview-request";
import { type PreviewOptions, previewOptions } from "../environments/preview-rules";
import type { Api as ApiSettings } from "../environments/schema/api";
import type { Service } from "../environments/schema/service";
import { definitionOf } from "./api-definition";
import { letActAs } from "./deployers";
import { terraformVersion } from "./environment-stack";
import { previewSettings } from "./preview-settings";

/**
 * What one pull request adds to the shared preview environment: versions without traffic, an account, a way into its own
 * database; more by label. Everything is named by the pull request's number. It holds no alerts and no backups, and knows
 * of no other environment.
 */
export class PreviewPullRequestStack extends TerraformStack {
  readonly names: PreviewNames;
  /** As `EnvironmentStack.files`. */
  readonly files = new Map<string, string>();
  private readonly options: PreviewOptions;
  /** Its own, by label. */
  private cluster: FlexCluster | undefined;
  private readonly services: readonly (ChangedService & { readonly settings: Service })[];

  /** @throws UserError for a service that there is none of, or a label that means nothing */
  constructor(
    app: App,
    readonly loaded: LoadedEnvironment,
    readonly request: PreviewRequest,
  ) {
    const names = new PreviewNames(request.pr);
    super(app, names.stack);
    this.names = names;
    this.options = previewOptions(request.labels);
    this.services = this.knownServices();
    this.useEnvironment();
    const account = this.createAccount();
    this.createDatabase(account);
    this.grantSecrets(account);
    this.createServices(account);
    this.createGateways(account);
    this.writeHostingFiles();
  }

  private knownServices(): (ChangedService & { settings: Service })[] {
    const known = this.loaded.environment.services;
    const wanted = this.request.changedServices;
    const problems = wanted
      .map(({ name }, index) => ({ name, index }))
      .filter(({ name, index }) => !known[name] || wanted.findIndex((one) => one.name === name) !== index)
      .map(({ name, index }) => ({
        field: `changedServices[${index}].name`,
        found: name,
        expected: `one of ${Object.keys(known).join(", ")}, each once`,
      }));
    if (problems.length > 0) throw new UserError("The preview can't be synthesized.", problems);
    return wanted.flatMap((one) => {
      const settings = known[one.name];
      return settings ? [{ ...one, settings }] : [];
    });
  }

  private useEnvironment(): void {
    const { environment, names } = this.loaded;
    new GcsBackend(this, { bucket: environment.stateBucket, prefix: this.names.statePrefix });
    this.addOverride("terraform.required_version", terraformVersion);
    useCloud(this, {
      project: environment.project,
      region: environment.region,
      labels: { ...names.labels, service: "preview", ...this.labels },
    });
  }

  private get labels() {
    return this.names.labels(this.request.owner, this.request.expiresAt);
  }

  /** One for the whole preview: its database user signs in as it, and no shared account learns of the preview's data. */
  private createAccount(): Account {
    const account = new Account(this, "account", {
      accountId: this.names.account,
      purpose: `Everything of pull request ${this.request.pr} runs as this account.`,
      jobs: ["report-telemetry"],
    });
    // Whoever starts a version or a gateway as an account must be let.
    letActAs(account, this.loaded, ["apply-previews"]);
    return account;
  }

  private createDatabase(account: Account): void {
    const { environment, names, organisation } = this.loaded;
    const asked = this.services.some(({ settings }) => settings.database !== "none");
    if (!asked && !this.options.ownCluster) return;
    const project = new AtlasProjectByName(this, "atlas-project", { name: names.atlasProject });
    if (asked) {
      new ServiceUser(this, "database", {
        cluster: { clusterName: names.cluster, project },
        roleName: this.names.role,
        database: this.names.database,
        access: "read-write",
        account,
        identityProviderId: organisation.atlas.identityProviderId,
      });
      new BucketReader(this, "database-address", {
        bucket: { bucketName: names.configurationBucket },
        principal: account,
      });
    }
    if (this.options.ownCluster) {
      this.cluster = new FlexCluster(this, "cluster", {
        project,
        name: this.names.cluster,
        region: environment.atlas.region,
        tags: { ...names.labels, service: "preview", ...this.labels },
      });
      new TerraformOutput(this, "cluster-address", { value: this.cluster.address }).overrideLogicalId(
        "cluster",
      );
      // Its user has a password, as Flex clusters know no other: made beyond Terraform, it stands in no state.
      this.createSecret("cluster-secret", this.names.clusterSecret, "Address, user and password", account);
    }
  }

  /** The shared ones open nothing of value: they are the preview environment's. */
  private grantSecrets(account: Account): void {
    const shared = new Set(this.services.flatMap(({ settings }) => settings.secrets));
    for (const secretId of shared) {
      new SecretReader(this, `secret-${secretId}`, { secretId, principal: account });
    }
    if (this.options.ownSecret) this.createSecret("own-secret", this.names.secret, "For tests", account);
  }

  private createSecret(id: string, secretId: string, what: string, account: Account): void {
    const secret = new SecretContainer(this, id, {
      secretId,
      purpose: `${what}, of pull request ${this.request.pr}; it goes with the preview.`,
      locations: [this.loaded.environment.region],
      // Without the milliseconds, as Google writes it.
      expires: { at: this.request.expiresAt.replace(/\.\d+Z$/, "Z") },
      deletionProtection: false,
    });
    secret.grantRead("preview-reads", account);
  }

  private createServices(account: Account): void {
    const { pr, sha } = this.request;
    const connector = { connectorPath: this.loaded.names.connectorPath };
    const transform = {
      version: (config: { dependsOn?: ITerraformDependable[]; envVariables?: Record<string, string> }) => {
        startedAs(account)(config);
        // Here, because only Atlas can tell it: what a version is known by, it must be computed from.
        if (this.cluster) {
          config.envVariables = { ...config.envVariables, DATABASE_ADDRESS: this.cluster.address };
        }
      },
    };
    for (const { name, artifact, filesCount, settings } of this.services) {
      const version = {
        hash: versionHash(sha, this.options.ownCluster),
        artifact,
        ...(filesCount === undefined ? {} : { filesCount }),
        settings: previewSettings(settings, this.variables()),
      };
      if (this.options.ownService) {
        new PreviewService(this, `service-${name}`, {
          pullRequest: pr,
          service: name,
          versions: [version, ...this.baseOf(name, version)],
          account,
          connector,
          transform,
        });
      } else {
        new PreviewVersion(this, `version-${name}`, {
          ...version,
          pullRequest: pr,
          service: serviceByName(name),
          account,
          connector,
          transform,
        });
      }
    }
  }

  /** What main runs, beside the pull request's version: something to split traffic with. */
  private baseOf(
    service: string,
    { settings, hash }: { settings: ReturnType<typeof previewSettings>; hash: string },
  ) {
    const [base] = this.loaded.release.services[service]?.versions ?? [];
    if (!base) return [];
    const baseHash = base.id.slice(-hash.length);
    return baseHash === hash ? [] : [{ hash: baseHash, artifact: base.artifact, settings }];
  }

  /** What tells the code that it runs in a preview. */
  private variables(): Record<string, string> {
    const { environment, names } = this.loaded;
    const origins = Object.keys(environment.sites).map(
      (site) => `https://${names.site(site)}--${this.names.channel}-*.web.app`,
    );
    return {
      PREVIEW: this.names.mark,
      DATABASE_NAME: this.names.database,
      ...(this.cluster ? { DATABASE_SECRET_NAME: this.names.clusterSecret } : {}),
      // Hosting puts a random part behind the channel's name, so the origins are patterns.
      CORS_ORIGINS: origins.join(","),
    };
  }

  private createGateways(account: Account): void {
    if (!this.options.ownGateway) return;
    for (const [name, settings] of Object.entries(this.loaded.environment.apis)) {
      const api = new Api(this, `api-${name}`, {
        apiId: this.names.api(name),
        title: `${settings.title}, ${this.names.mark}`,
      });
      const gateway = this.createGateway(name, settings, api, account);
      const [resource] = gateway.resources;
      new TerraformOutput(this, `gateway-${name}-host`, {
        value: resource?.defaultHostname,
      }).overrideLogicalId(`gateway_${name}`);
    }
  }

  private createGateway(name: string, settings: ApiSettings, api: Api, account: Account): Gateway {
    const { environment, apiDocuments } = this.loaded;
    return new Gateway(this, `gateway-${name}`, {
      api,
      gatewayId: this.names.gateway(name),
      title: `${settings.title}, ${this.names.mark}`,
      region: settings.region,
      // By its address, which is part of the configuration's id: only Terraform knows the account's own.
      account: accountByEmail(this.loaded.names.email(this.names.account)),
      transform: { config: startedAs(account) },
      cors: settings.cors === "services",
      versions: true,
      issuers: { customer: firebaseCustomers(environment.project) },
      definition: definitionOf(settings, apiDocuments[name] ?? "", (service) => this.addressOf(service)),
    });
  }

  /** Of the preview's own version where it has one, else of the shared service. */
  private addressOf(service: string): string {
    const own = previewServiceUrls(this.loaded, this.request)[service];
    return own ?? `https://${this.loaded.names.serviceHost(service)}`;
  }

  /** How each site is served, and what it reads at run time: deployed to the channel with the site's content. */
  private writeHostingFiles(): void {
    const { environment, names } = this.loaded;
    const services = previewServiceUrls(this.loaded, this.request);
    for (const [name, site] of Object.entries(environment.sites)) {
      const files = hostingFiles({
        siteId: names.site(name),
        settings: {
          singlePage: site.singlePage,
          redirects: site.redirects,
          security: {
            sources: { connections: [...Object.values(services), "https://*.gateway.dev", ...site.connect] },
          },
        },
        values: {
          environment: environment.name,
          project: environment.project,
          pullRequest: this.request.pr,
          commit: shortSha(this.request.sha),
          services,
          apis: {},
          ...site.settings,
        },
      });
      for (const [file, text] of Object.entries(files)) {
        this.files.set(`hosting/${name}/${file}`, text);
      }
    }
  }
}

/** Whoever starts something as an account must be let before. */
function startedAs(account: Account): (config: { dependsOn?: ITerraformDependable[] }) => void {
  return (config) => {
    config.dependsOn = [...(config.dependsOn ?? []), ...account.startable];
  };
}
