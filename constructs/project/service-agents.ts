import {
  GoogleProjectServiceIdentity,
  type GoogleProjectServiceIdentityConfig,
} from "@cdktf/provider-google-beta/lib/google-project-service-identity";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Principal } from "../identity/principal";
import { check, refuse } from "../problems";
import { cloudOf, googleBeta } from "../provider/providers";
import { type Transformable, transformed } from "../transform";

/**
 * Google's services whose agents can be asked for. Cloud Storage's can't (its API has no such call): see
 * `ServiceAgents.cloudStorage`.
 *
 * @see https://cloud.google.com/iam/docs/service-agents
 */
export const askableAgents = ["artifactregistry", "pubsub", "redis", "secretmanager", "sqladmin"] as const;

/** A service with an agent that can be asked for. */
export type AskableAgent = (typeof askableAgents)[number];

/** Props of `ServiceAgents`. */
export interface ServiceAgentsProps
  extends Transformable<Record<AskableAgent, GoogleProjectServiceIdentityConfig>> {
  /** At least one. Their APIs must be on: see `ProjectServices.enableBefore`. */
  readonly services: readonly AskableAgent[];
}

/**
 * The accounts that Google's own services act with in this project: they encrypt with the project's keys and publish
 * to its topics, once they may. Each is made when it is first asked for; their addresses carry the project's number,
 * which only Google knows, so they are read from the answer and never written down.
 *
 * @throws UserError when no service is named, or one twice
 */
export class ServiceAgents extends Construct {
  readonly #identities: ReadonlyMap<AskableAgent, GoogleProjectServiceIdentity>;

  constructor(scope: Construct, id: string, props: ServiceAgentsProps) {
    super(scope, id);
    this.validate(props);
    this.#identities = this.ask(props);
  }

  /**
   * The agent of a service.
   *
   * @throws Error when it was not asked for
   */
  of(service: AskableAgent): Principal {
    const identity = this.#identities.get(service);
    if (!identity) {
      throw new Error(`${this.node.path}: the agent of ${service} was not asked for`);
    }
    return { member: `serviceAccount:${identity.email}` };
  }

  /** The project's number, as one of the agents' addresses says it; known only after that agent is made. */
  get projectNumber(): string {
    const [first] = this.#identities.values();
    return Fn.regex("[0-9]+", first?.email ?? "") as string;
  }

  /**
   * The agent of Cloud Storage. It has to be there: Google makes it when a person, a program or `gcloud storage
   * service-agent` first asks for its address, which is a step of the environment's bootstrap.
   *
   * @see https://cloud.google.com/storage/docs/projects#service-agents
   */
  get cloudStorage(): Principal {
    return {
      member: `serviceAccount:service-${this.projectNumber}@gs-project-accounts.iam.gserviceaccount.com`,
    };
  }

  private validate({ services }: ServiceAgentsProps): void {
    refuse(this, "the list of service agents", [
      check(services.length > 0, "services", services, "at least one service"),
      ...services.map((service, index) =>
        check(services.indexOf(service) === index, `services[${index}]`, service, "each service once"),
      ),
    ]);
  }

  private ask({ services, transform }: ServiceAgentsProps) {
    const { project } = cloudOf(this);
    const provider = googleBeta(this);
    return new Map(
      services.map((service) => [
        service,
        new GoogleProjectServiceIdentity(
          this,
          service,
          transformed<GoogleProjectServiceIdentityConfig>(
            { provider, project, service: `${service}.googleapis.com` },
            transform?.[service],
          ),
        ),
      ]),
    );
  }
}
