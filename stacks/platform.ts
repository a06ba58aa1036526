import { Api } from "@groundwork/constructs/api-gateway/api";
import { Application } from "@groundwork/constructs/app-engine/application";
import { BootstrapVersion } from "@groundwork/constructs/app-engine/bootstrap-version";
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
        new Account(this, `gateway-account-${name}`, {
          accountId: names.gatewayAccount(name),
          purpose: `The gateway ${names.gateway(name)} calls the services as this account.`,
        });
      });
    }
  }
}
