import { Budget } from "@groundwork/constructs/budget/budget";
import { Contacts } from "@groundwork/constructs/budget/contacts";
import { Key } from "@groundwork/constructs/encryption/key";
import { KeyRing } from "@groundwork/constructs/encryption/key-ring";
import { AuditLogs } from "@groundwork/constructs/identity/audit-logs";
import { CiAccount, type CiAccountName } from "@groundwork/constructs/identity/ci-account";
import { GithubIdentity } from "@groundwork/constructs/identity/github-identity";
import type { Principal } from "@groundwork/constructs/identity/principal";
import { EmailChannel } from "@groundwork/constructs/observability/channels/email-channel";
import { PolicyGuard } from "@groundwork/constructs/policy-guard/policy-guard";
import { type ApiGroup, apis, apisOf } from "@groundwork/constructs/project/apis";
import { ProjectServices } from "@groundwork/constructs/project/project-services";
import { ServiceAgents } from "@groundwork/constructs/project/service-agents";
import { RotationTopic } from "@groundwork/constructs/secrets/rotation-topic";
import { ArtifactBucket } from "@groundwork/constructs/storage/artifact-bucket";
import { StateBucket } from "@groundwork/constructs/storage/state-bucket";
import type { App } from "cdktf";
import type { Construct } from "constructs";
import { delivery } from "../environments/delivery";
import { refsOf } from "../environments/delivery-refs";
import type { LoadedEnvironment } from "../environments/load";
import { keyPurposes, type StackKind, stackKinds } from "../environments/names";
import { EnvironmentStack } from "./environment-stack";
import { durableLocation, keyLocation } from "./places";

/** Who works as which account: workflows that plan, and those that run in the environment itself. */
interface Workflows {
  readonly planning: Principal;
  readonly applying: Principal;
  /** Of pull requests that have a preview. @default - the environment has no previews */
  readonly previewing?: Principal;
}

/** The account that applies a stack. */
const appliers: Readonly<Record<StackKind, CiAccountName>> = {
  foundation: "apply-foundation",
  network: "apply-network",
  data: "apply-data",
  platform: "apply-platform",
  release: "apply-release",
  observability: "apply-observability",
};

/** What everything else stands on: the project's APIs, keys, the states' and artifacts' buckets, the accounts of CI. */
export class FoundationStack extends EnvironmentStack {
  constructor(app: App, loaded: LoadedEnvironment) {
    super(app, loaded, "foundation");
    const services = this.enableServices();
    const agents = this.askForServiceAgents(services);
    const storageKey = this.createKeys(services, agents);
    this.createRotationTopic(services, agents);
    const states = this.createStateBucket(services, storageKey);
    const artifacts = this.createArtifactBucket(services, storageKey);
    const workflows = this.createIdentity(services);
    this.createPlanAccount(services, states, workflows);
    this.createApplyAccounts(services, states, workflows);
    this.createReleaseAccounts(services, artifacts, workflows);
    this.createPreviewAccount(services, states, artifacts, workflows);
    this.writeAuditLogs();
    this.createGuard(services);
    this.watchSpending(services, agents);
  }

  private enableServices(): ProjectServices {
    const { cache, relational } = this.loaded.environment;
    const groups = (Object.keys(apis) as ApiGroup[]).filter(
      (group) => group !== "stores" || cache !== "none" || relational !== "none",
    );
    return new ProjectServices(this, "services", { services: apisOf(...groups) });
  }

  /** The accounts that Google's own services act as; their addresses tell the project's number too. */
  private askForServiceAgents(services: ProjectServices): ServiceAgents {
    const agents = new ServiceAgents(this, "service-agents", { services: ["secretmanager"] });
    services.enableBefore(agents);
    return agents;
  }

  private createRotationTopic(services: ProjectServices, agents: ServiceAgents): void {
    const { environment, names } = this.loaded;
    if (Object.values(environment.secrets).some(({ rotation }) => rotation !== "none")) {
      const topic = new RotationTopic(this, "secret-rotation", {
        name: names.rotationTopic,
        agent: agents.of("secretmanager"),
        regions: [environment.region],
      });
      services.enableBefore(topic);
    }
  }

  /** @returns the key of buckets; nothing where Google's own keys encrypt */
  private createKeys(services: ProjectServices, agents: ServiceAgents): Key | undefined {
    const { environment, names } = this.loaded;
    const { encryption } = environment;
    if (encryption === "google") {
      return undefined;
    }
    return this.from("encryption", () => {
      const rings = new Map<string, KeyRing>();
      const keys = keyPurposes.map((purpose) => {
        const location = keyLocation(this.loaded, purpose);
        const ring = rings.get(location) ?? this.createKeyRing(location, services);
        rings.set(location, ring);
        const key = new Key(this, `key-${purpose}`, {
          ring,
          name: names.key(purpose),
          rotation: encryption.rotation,
        });
        return [purpose, key] as const;
      });
      const { storage, secrets } = Object.fromEntries(keys) as Record<(typeof keyPurposes)[number], Key>;
      storage.grantUse("cloud-storage", agents.cloudStorage);
      secrets.grantUse("secret-manager", agents.of("secretmanager"));
      return storage;
    });
  }

  private createKeyRing(location: string, services: ProjectServices): KeyRing {
    const ring = new KeyRing(this, `keys-${location}`, { name: this.loaded.names.keyRing, location });
    services.enableBefore(ring);
    return ring;
  }

  /** The bucket that holds this very state too: `groundwork bootstrap` makes it and moves the state in. */
  private createStateBucket(services: ProjectServices, key: Key | undefined): StateBucket {
    const { stateBucket } = this.loaded.environment;
    return this.from("stateBucket", () => {
      const bucket = new StateBucket(this, "states", {
        name: stateBucket,
        location: durableLocation(this.loaded),
        ...(key ? { key } : {}),
      });
      services.enableBefore(bucket);
      return bucket;
    });
  }

  private createArtifactBucket(services: ProjectServices, key: Key | undefined): ArtifactBucket {
    const bucket = new ArtifactBucket(this, "artifacts", {
      name: this.loaded.names.artifactBucket,
      location: durableLocation(this.loaded),
      ...(key ? { key } : {}),
    });
    services.enableBefore(bucket);
    return bucket;
  }

  /**
   * Workflows of the one repository. Plans may run for a pull request; everything else runs for the refs that lead here
   * (`environments/delivery.ts`), in the GitHub environment of this environment's name, whose reviewers then guard it too.
   */
  private createIdentity(services: ProjectServices): Workflows {
    const { environment, names, organisation } = this.loaded;
    const hasPreviews = environment.stage === "preview";
    return this.from("github", () => {
      const identity = new GithubIdentity(this, "github", {
        poolId: names.identityPool,
        repository: { ownerId: organisation.github.ownerId, id: organisation.github.repositoryId },
        trusts: [
          { environment: names.planningEnvironment },
          { environment: names.applyingEnvironment, refs: refsOf(environment.name, delivery) },
          ...(hasPreviews ? [{ environment: names.previewingEnvironment }] : []),
        ],
      });
      services.enableBefore(identity);
      return {
        planning: identity.workload({ environment: names.planningEnvironment }),
        applying: identity.workload({ environment: names.applyingEnvironment }),
        ...(hasPreviews
          ? { previewing: identity.workload({ environment: names.previewingEnvironment }) }
          : {}),
      };
    });
  }

  private createPlanAccount(services: ProjectServices, states: StateBucket, workflows: Workflows): void {
    const account = this.createCiAccount("plan", services, [workflows.planning, workflows.applying]);
    states.grantPlan("plan", account);
  }

  /** One for each stack: who applies a release can't change what lies below it. */
  private createApplyAccounts(services: ProjectServices, states: StateBucket, { applying }: Workflows): void {
    for (const kind of stackKinds) {
      const account = this.createCiAccount(appliers[kind], services, [applying]);
      states.grantState(`apply-${kind}`, account, kind);
    }
  }

  private createReleaseAccounts(
    services: ProjectServices,
    artifacts: ArtifactBucket,
    { applying }: Workflows,
  ): void {
    const uploader = this.createCiAccount("upload-artifacts", services, [applying]);
    artifacts.grantAdd("upload-artifacts", uploader);
    const releaser = this.createCiAccount("release", services, [applying]);
    artifacts.grantRead("release", releaser);
    this.createCiAccount("deploy-sites", services, [applying]);
    this.createCiAccount("test-backups", services, [applying]);
  }

  /** It may do nothing outside of this project, and in the states' bucket only what is below `previews/`. */
  private createPreviewAccount(
    services: ProjectServices,
    states: StateBucket,
    artifacts: ArtifactBucket,
    { applying, previewing }: Workflows,
  ): void {
    if (!previewing) return;
    const account = this.createCiAccount("apply-previews", services, [previewing, applying]);
    states.grantState("apply-previews", account, "previews");
    artifacts.grantChange("apply-previews", account, "previews");
  }

  private createCiAccount(
    does: CiAccountName,
    services: ProjectServices,
    workflows: readonly Principal[],
  ): CiAccount {
    const account = new CiAccount(this, `ci-${does}`, { does, workflows });
    services.enableBefore(account as Construct);
    return account;
  }

  private writeAuditLogs(): void {
    new AuditLogs(this, "audit-logs");
  }

  private createGuard(services: ProjectServices): void {
    const { environment, organisation } = this.loaded;
    const { guard } = environment;
    if (guard !== "none") {
      this.attempt("guard", () => {
        const policies = new PolicyGuard(this, "guard", {
          locations: guard.regions.map((region) => `in:${region}-locations`),
          memberDomains: [organisation.google.customerId],
        });
        services.enableBefore(policies);
      });
    }
  }

  private watchSpending(services: ProjectServices, agents: ServiceAgents): void {
    const { environment, organisation } = this.loaded;
    const { security, billing, technical } = organisation.contacts;
    const contacts = new Contacts(this, "contacts", {
      people: [
        { email: security, about: ["security"] },
        { email: billing, about: ["billing"] },
        { email: technical, about: ["technical", "product-updates", "suspension"] },
      ],
    });
    services.enableBefore(contacts);
    const { budget } = environment;
    if (budget !== "none") {
      this.attempt("budget", () => {
        const channel = new EmailChannel(this, "billing-channel", {
          title: `${organisation.title}, ${environment.name}: billing`,
          address: billing,
        });
        const watched = new Budget(this, "budget", {
          title: `${organisation.title}, ${environment.name}`,
          billingAccount: organisation.google.billingAccount,
          projectNumbers: [agents.projectNumber],
          monthly: `${budget.amount} ${budget.currency}`,
          channels: [channel],
        });
        services.enableBefore(channel, watched);
      });
    }
  }
}
