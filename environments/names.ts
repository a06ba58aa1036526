import type { Environment } from "./environment";
import type { Organisation } from "./organisation-schema";

/** The Terraform states of an environment, in the order in which they are applied. */
export const stackKinds = ["foundation", "network", "data", "platform", "release", "observability"] as const;
export type StackKind = (typeof stackKinds)[number];

/** The buckets that an environment makes, named after its project, as bucket names are unique in the world. */
export function bucketsOf(
  project: string,
): readonly [artifacts: string, configuration: string, exports: string, auditLogs: string] {
  return [`${project}-artifacts`, `${project}-config`, `${project}-exports`, `${project}-audit-logs`];
}

/** Keys of our own, by what they encrypt. */
export const keyPurposes = ["storage", "secrets", "database"] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

/**
 * Every name that more than one stack needs, or that the cloud limits, computed in one place. Stacks meet in these
 * names and read nothing of each other, so all of them can be planned before anything exists. Lengths and uniqueness
 * are checked in `checks.ts`.
 */
export class Names {
  constructor(
    private readonly environment: Environment,
    private readonly organisation: Organisation,
  ) {}

  /** `dev-data`; the construct id of the stack, and what the commands call it. */
  stack(kind: StackKind): string {
    return `${this.environment.name}-${kind}`;
  }

  /** Bucket with the services' artifacts: `<project>-artifacts`. */
  get artifactBucket(): string {
    return bucketsOf(this.environment.project)[0];
  }

  /** Bucket with what only the cloud can name and services read at start (the cluster's host): `<project>-config`. */
  get configurationBucket(): string {
    return bucketsOf(this.environment.project)[1];
  }

  /** Bucket with snapshots that left Atlas: `<project>-exports`. */
  get exportBucket(): string {
    return bucketsOf(this.environment.project)[2];
  }

  /** Bucket with audit logs that are kept for years: `<project>-audit-logs`. */
  get auditLogBucket(): string {
    return bucketsOf(this.environment.project)[3];
  }

  /** Log bucket, and the sink that fills it. */
  get logBucket(): string {
    return `${this.environment.name}-logs`;
  }

  /** Ring of the environment's keys; like its keys, its name can never be used again. */
  get keyRing(): string {
    return `${this.environment.name}-keys`;
  }

  /** Key of one purpose, in the ring. */
  key(purpose: KeyPurpose): string {
    return purpose;
  }

  get network(): string {
    return `${this.environment.name}-network`;
  }

  get connectorSubnet(): string {
    return `${this.environment.name}-connector`;
  }

  /** Serverless VPC Access connector, at most 25 characters. */
  get connector(): string {
    return `${this.environment.name}-connector`;
  }

  /** Subnet that holds the addresses at which the cluster answers. */
  get endpointSubnet(): string {
    return `${this.environment.name}-database`;
  }

  /** Cloud Router and Cloud NAT, and the first part of their addresses' names. */
  get nat(): string {
    return `${this.environment.name}-nat`;
  }

  /** Range of addresses that Google's own databases are placed in. */
  get servicesRange(): string {
    return `${this.environment.name}-google-services`;
  }

  /** First part of the names of the cluster's private endpoints. */
  get privateLink(): string {
    return `${this.environment.name}-database`;
  }

  /** Topic that says which secret is due for a new value. */
  get rotationTopic(): string {
    return `${this.environment.name}-secret-rotation`;
  }

  /** Redis, at most 40 characters. */
  get cache(): string {
    return `${this.environment.name}-cache`;
  }

  /** PostgreSQL; the name can't be used again for a week after it is deleted. */
  get relational(): string {
    return `${this.environment.name}-postgres`;
  }

  /** DNS zone. */
  get zone(): string {
    return `${this.environment.name}-zone`;
  }

  /** Full name of the connector, as a version of a service names it. */
  get connectorPath(): string {
    const { project, region } = this.environment;
    return `projects/${project}/locations/${region}/connectors/${this.connector}`;
  }

  /** Account that a service runs as, 6 to 30 characters. */
  runtimeAccount(service: string): string {
    return `run-${service}`;
  }

  /**
   * Account that seeds and drops the databases of previews, and name of its database role; in the environment that previews
   * stand on.
   */
  get previewDatabases(): string {
    return "preview-databases";
  }

  /** Account that a gateway calls the services with, 6 to 30 characters. */
  gatewayAccount(api: string): string {
    return `gateway-${api}`;
  }

  /** Account that the first version of `default` runs as; it may do nothing. */
  get bootstrapAccount(): string {
    return "bootstrap-version";
  }

  /** Workload identity pool that workflows sign in through; its name is blocked for 30 days after it is deleted. */
  get identityPool(): string {
    return `${this.environment.name}-workflows`;
  }

  /** GitHub environment of jobs that only plan; pull requests may use it. */
  get planningEnvironment(): string {
    return `${this.environment.name}-plan`;
  }

  /** GitHub environment of jobs that change something; its reviewers are asked. */
  get applyingEnvironment(): string {
    return this.environment.name;
  }

  /** GitHub environment of jobs that bring previews up for pull requests; only the shared preview environment has it. */
  get previewingEnvironment(): string {
    return `${this.environment.name}s`;
  }

  /** E-mail address of an account of this environment. */
  email(account: string): string {
    return `${account}@${this.environment.project}.iam.gserviceaccount.com`;
  }

  /** Atlas project, at most 64 characters: `<organisation>-<environment>`. */
  get atlasProject(): string {
    return `${this.organisation.name}-${this.environment.name}`;
  }

  /** Atlas cluster; the first 23 characters are unique in the project. */
  get cluster(): string {
    return `${this.environment.name}-main`;
  }

  /** Custom database role of a service. */
  databaseRole(service: string): string {
    return `${service}-service`;
  }

  /** Id of a Firebase Hosting site, unique in the world: `<project>-<site>`, at most 30 characters. */
  site(site: string): string {
    return `${this.environment.project}-${site}`;
  }

  /** Id of an API and of its gateway. */
  api(api: string): string {
    return `${api}-api`;
  }

  gateway(api: string): string {
    return `${api}-gateway`;
  }

  /** First part of a version's own host name, at most 63 characters. */
  versionHostLabel(version: string, service: string): string {
    const { project } = this.environment;
    return service === "default" ? `${version}-dot-${project}` : `${version}-dot-${service}-dot-${project}`;
  }

  /** Host name of a service, whatever version serves it. */
  serviceHost(service: string): string {
    const { project, appEngine } = this.environment;
    const label = service === "default" ? project : `${service}-dot-${project}`;
    return `${label}.${appEngine.regionCode}.r.appspot.com`;
  }

  /** Labels of everything in this environment. */
  get labels(): Record<string, string> {
    return {
      env: this.environment.name,
      owner: this.organisation.owner,
      "cost-centre": this.organisation.costCentre,
      "data-class": this.environment.dataClass,
    };
  }
}
