import { Api } from "@groundwork/constructs/api-gateway/api";
import { IapAccess } from "@groundwork/constructs/api-gateway/iap-access";
import { Application } from "@groundwork/constructs/app-engine/application";
import { BootstrapVersion } from "@groundwork/constructs/app-engine/bootstrap-version";
import { DomainMapping } from "@groundwork/constructs/app-engine/domain-mapping";
import { Firewall } from "@groundwork/constructs/app-engine/firewall";
import { FirebaseProject } from "@groundwork/constructs/firebase-hosting/firebase-project";
import { Site } from "@groundwork/constructs/firebase-hosting/site";
import { Account } from "@groundwork/constructs/identity/account";
import type { App } from "cdktf";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** Where releases land: App Engine with its first version, the sites, the APIs. */
export class PlatformStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "platform");
    this.createAppEngine();
    this.createSites();
    this.createApis();
  }

  private createAppEngine(): void {
    const { environment, names } = this.loaded;
    const application = new Application(this, "app-engine", { location: environment.appEngine.location });
    const account = new Account(this, "bootstrap-account", {
      accountId: names.bootstrapAccount,
      purpose: "The first version of default runs as this account; it may do nothing.",
    });
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
    for (const [name, { title }] of Object.entries(environment.sites)) {
      this.attempt(`sites.${name}`, () => {
        new Site(this, `site-${name}`, { siteId: names.site(name), title, project });
      });
    }
  }

  private createApis(): void {
    const { environment, names } = this.loaded;
    for (const [name, { title }] of Object.entries(environment.apis)) {
      this.attempt(`apis.${name}`, () => {
        new Api(this, `api-${name}`, { apiId: names.api(name), title });
        const account = new Account(this, `gateway-account-${name}`, {
          accountId: names.gatewayAccount(name),
          purpose: `The gateway ${names.gateway(name)} calls the services as this account.`,
        });
        if (environment.appEngine.iap !== "none") {
          new IapAccess(this, `gateway-access-${name}`, { principal: account, services: "all" });
        }
      });
    }
  }
}
