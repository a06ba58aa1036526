import { Account } from "@groundwork/constructs/identity/account";
import { ProjectServices } from "@groundwork/constructs/project/project-services";
import { Bucket } from "@groundwork/constructs/storage/bucket";
import type { App } from "cdktf";
import type { Construct } from "constructs";
import type { LoadedEnvironment } from "../environments/load";
import { EnvironmentStack } from "./environment-stack";

/** The APIs that the other stacks call. */
const services = [
  "apigateway",
  "appengine",
  "cloudbuild",
  "cloudresourcemanager",
  "cloudtrace",
  "compute",
  "firebase",
  "firebasehosting",
  "iam",
  "iamcredentials",
  "logging",
  "monitoring",
  "secretmanager",
  "servicecontrol",
  "servicemanagement",
  "serviceusage",
  "storage",
  "sts",
  "vpcaccess",
] as const;

/** What everything else stands on: the project's APIs, the artifacts' bucket, the accounts of CI. */
export class FoundationStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "foundation");
    const apis = this.enableServices();
    apis.enableBefore(...this.createContinuousIntegration(this.createArtifactBucket()));
  }

  private enableServices(): ProjectServices {
    return new ProjectServices(this, "services", { services });
  }

  private createArtifactBucket(): Bucket {
    const { names, environment } = this.loaded;
    return new Bucket(this, "artifacts", { name: names.artifactBucket, location: environment.region });
  }

  /** Answers everything that calls an API, which must be on before. */
  private createContinuousIntegration(artifacts: Bucket): Construct[] {
    const { names } = this.loaded;
    const planner = new Account(this, "ci-plan", {
      accountId: names.planAccount,
      purpose: "Plans in continuous integration; reads only.",
      jobs: ["read-project"],
    });
    const uploader = new Account(this, "ci-artifacts", {
      accountId: names.artifactAccount,
      purpose: "Uploads the services' artifacts in continuous integration.",
    });
    artifacts.grantAdd("ci-artifacts-adds", uploader);
    return [artifacts, planner, uploader];
  }
}
