import { Api as GatewayApi } from "@groundwork/constructs/api-gateway/api";
import { usualRules } from "@groundwork/constructs/api-gateway/domain/attack-rules";
import { GatewayDomain } from "@groundwork/constructs/api-gateway/domain/gateway-domain";
import { gatewayByName } from "@groundwork/constructs/api-gateway/gateway";
import { IapAccess } from "@groundwork/constructs/api-gateway/iap-access";
import { Application } from "@groundwork/constructs/app-engine/application";
import { BootstrapVersion } from "@groundwork/constructs/app-engine/bootstrap-version";
import { DomainMapping } from "@groundwork/constructs/app-engine/domain-mapping";
import { Firewall } from "@groundwork/constructs/app-engine/firewall";
import { CustomDomain } from "@groundwork/constructs/firebase-hosting/custom-domain";
import { FirebaseProject } from "@groundwork/constructs/firebase-hosting/firebase-project";
import { hostingFiles } from "@groundwork/constructs/firebase-hosting/hosting-files";
import { Site as HostingSite } from "@groundwork/constructs/firebase-hosting/site";
import { Account } from "@groundwork/constructs/identity/account";
import { ZoneRecords } from "@groundwork/constructs/network/dns-zone";
import { OperationMetrics } from "@groundwork/constructs/observability/operations/operation-metrics";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import type { Api } from "../environments/schema/api";
import type { Site } from "../environments/schema/site";
import { letActAs, letReleasersActAs } from "./deployers";
import { EnvironmentStack } from "./environment-stack";
import { HOSTING_FOLDER } from "./synthesis";

/** Where releases land: App Engine with its first version, the sites, the APIs. */
export class PlatformStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "platform");
    this.createAppEngine();
    this.createSites();
    this.createApis();
    this.createOperationMetrics();
  }

  /** Here and not beside their alerts: a new metric can't be named in an alert for some minutes. */
  private createOperationMetrics(): void {
    new OperationMetrics(this, "operations");
  }

  private createAppEngine(): void {
    const { environment, names } = this.loaded;
    const application = new Application(this, "app-engine", { location: environment.appEngine.location });
    const account = new Account(this, "bootstrap-account", {
      accountId: names.bootstrapAccount,
      purpose: "The first version of default runs as this account; it may do nothing.",
    });
    letActAs(account, this.loaded, ["apply-platform"]);
    new BootstrapVersion(this, "bootstrap", {
      bucket: { bucketName: names.artifactBucket },
      account,
      dependsOn: [application.resource],
    });
    this.createEntrances(application);
  }

  /** Who may come in, and by which domains. */
  private createEntrances(application: Application): void {
    const { domains, firewall } = this.loaded.environment.appEngine;
    const dependsOn = [application.resource];
    if (firewall.length > 0) {
      this.attempt("appEngine.firewall", () => {
        new Firewall(this, "firewall", {
          rules: firewall.map(({ priority, action, range, description }) => ({
            priority,
            action,
            from: range,
            reason: description,
          })),
          dependsOn,
        });
      });
    }
    for (const domain of domains) {
      this.attempt("appEngine.domains", () => {
        new DomainMapping(this, `domain-${domain}`, { domain, dependsOn });
      });
    }
  }

  private createSites(): void {
    const { environment, names } = this.loaded;
    const project = new FirebaseProject(this, "firebase-project");
    for (const [name, settings] of Object.entries(environment.sites)) {
      this.attempt(`sites.${name}`, () => {
        const { title, domain } = settings;
        const site = new HostingSite(this, `site-${name}`, { siteId: names.site(name), title, project });
        if (domain !== "none") {
          const zone = this.zoneOf(domain);
          new CustomDomain(this, `domain-of-${name}`, { site, domain, ...(zone ? { zone } : {}) });
        }
        this.writeHostingFiles(name, settings);
      });
    }
  }

  /** How the site is served, and what it reads at run time: deployed with its content, by the Firebase CLI. */
  private writeHostingFiles(name: string, { singlePage, redirects, connect, settings }: Site): void {
    const { environment, names } = this.loaded;
    const apis = Object.fromEntries(
      Object.entries(environment.apis).flatMap(([api, { domain }]) =>
        domain === "none" ? [] : [[api, `https://${domain.host}`]],
      ),
    );
    // A gateway without a domain of its own has a host that Google chooses, always below this one.
    const unnamed = Object.values(environment.apis).some(({ domain }) => domain === "none");
    const gateways = unnamed ? ["https://*.gateway.dev"] : [];
    const files = hostingFiles({
      siteId: names.site(name),
      settings: {
        singlePage,
        redirects,
        security: { sources: { connections: [...Object.values(apis), ...gateways, ...connect] } },
      },
      values: { environment: environment.name, project: environment.project, apis, ...settings },
    });
    for (const [file, text] of Object.entries(files)) {
      this.files.set(`${HOSTING_FOLDER}/${environment.name}/${name}/${file}`, text);
    }
  }

  private createApis(): void {
    const { environment, names } = this.loaded;
    for (const [name, { title, domain, region }] of Object.entries(environment.apis)) {
      this.attempt(`apis.${name}`, () => {
        new GatewayApi(this, `api-${name}`, { apiId: names.api(name), title });
        const account = new Account(this, `gateway-account-${name}`, {
          accountId: names.gatewayAccount(name),
          purpose: `The gateway ${names.gateway(name)} calls the services as this account.`,
        });
        letReleasersActAs(account, this.loaded);
        if (environment.appEngine.iap !== "none") {
          new IapAccess(this, `gateway-access-${name}`, { principal: account, services: "all" });
        }
        if (domain !== "none") {
          this.createGatewayDomain(name, domain, region);
        }
      });
    }
  }

  private createGatewayDomain(api: string, domain: Exclude<Api["domain"], "none">, region: string): void {
    const { names } = this.loaded;
    const { host, requestsPerMinute, sensitivity } = domain;
    const zone = this.zoneOf(host);
    new GatewayDomain(this, `domain-${api}`, {
      name: names.api(api),
      domains: [host],
      gateway: gatewayByName(names.gateway(api), region),
      protection: {
        rateLimit: { calls: requestsPerMinute, within: "1 minute" },
        attacks: Object.fromEntries(Object.keys(usualRules).map((rules) => [rules, sensitivity])),
        adaptive: true,
      },
      ...(zone ? { zone } : {}),
    });
  }

  /** Where a host's records are written: in the environment's own zone, or nowhere. */
  private zoneOf(host: string): ZoneRecords | undefined {
    const { environment, names } = this.loaded;
    const { zone } = environment.network;
    return zone !== "none" && (host === zone || host.endsWith(`.${zone}`))
      ? new ZoneRecords(this, `records-${host}`, { zone: names.zone, domain: zone })
      : undefined;
  }
}
