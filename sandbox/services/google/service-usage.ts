import { ProviderError } from "../api-error";
import type { Behaviours } from "../behaviour";
import { projectNumber } from "../identity/derived";
import { text } from "../shape/paths";
import { enabledFact, isApiEnabled, managedFact } from "./enabled-apis";

/**
 * APIs of a project. What an object in the store means: the API is on, whether Terraform still manages it or not.
 * Source: google/services/resourcemanager/resource_google_project_service.go, v6.50.0.
 */
export const serviceUsageBehaviours: Behaviours = {
  google_project_service: {
    id: ({ object, project }) => `${project}/${text(object, "service")}`,
    parseImport(id) {
      const [project, service, ...more] = id.split("/");
      if (project === undefined || service === undefined || more.length > 0) {
        throw new ProviderError(
          `Invalid google_project_service id format for import, expecting \`{project}/{service}\`, found ${id}`,
        );
      }
      return { id, project, service };
    },
    unread: ["disable_on_destroy", "disable_dependent_services", "check_if_service_has_usage_on_destroy"],
    existing: "adopt",
    keeps: ({ object }) => object.disable_on_destroy === false,
    api: null,
    created({ cloud, project, object }) {
      cloud.putFact(managedFact(project), { managed: true });
      cloud.putFact(enabledFact(project, text(object, "service")), undefined);
    },
    deleted({ cloud, project, object }) {
      cloud.putFact(enabledFact(project, text(object, "service")), { enabled: false });
    },
  },
  google_project_service_identity: {
    id: ({ object, project }) => `projects/${project}/services/${text(object, "service")}`,
    existing: "adopt",
    keeps: true,
    computed: {
      email: ({ object, project }) => serviceAgent(text(object, "service"), project),
      member: ({ object, project }) => `serviceAccount:${serviceAgent(text(object, "service"), project)}`,
    },
    beforeCreate({ cloud, object, project }) {
      const service = text(object, "service");
      if (isApiEnabled(cloud, project, service)) return;
      throw new ProviderError(
        `Error creating Service Identity: the API ${service} is not enabled in project ${project}.`,
      );
    },
  },
};

/** Domains of agents that are not called after their service. Source: IAM documentation, "Service agents". */
const agentDomains: { readonly [service: string]: string } = {
  appengine: "gcp-gae-service",
  compute: "compute-system",
  container: "container-engine-robot",
  file: "cloud-filer",
  redis: "cloud-redis",
  run: "serverless-robot-prod",
  servicenetworking: "service-networking",
  sqladmin: "gcp-sa-cloud-sql",
};

/** Source: IAM documentation, "Service agents". */
function serviceAgent(service: string, project: string): string {
  const name = service.replace(".googleapis.com", "");
  const domain = agentDomains[name] ?? `gcp-sa-${name}`;
  return `service-${projectNumber(project)}@${domain}.iam.gserviceaccount.com`;
}
