import { ApiError } from "../api-error";
import type { CloudView } from "../behaviour";

/**
 * Which Google APIs a project may use.
 *
 * A project counts as managed once any `google_project_service` was ever applied in it; from then on a resource needs
 * its API enabled, as in the cloud. A project in which no service was ever managed is taken as set up by somebody
 * else, with every API on: a stack that leaves the foundation to others can still be tried alone.
 */
export function isApiEnabled(cloud: CloudView, project: string, api: string): boolean {
  if (cloud.get("google_project_service", `${project}/${api}`) !== undefined) return true;
  if (cloud.getFact(managedFact(project)) === undefined) return true;
  const fact = cloud.getFact(enabledFact(project, api));
  if (fact !== undefined) return fact.enabled === true;
  return enabledFromTheStart.has(api);
}

/** Set once a project's services are managed. */
export function managedFact(project: string): string {
  return `google/managed/${project}`;
}

/** Holds an API that was turned off or on other than by an object of the store. */
export function enabledFact(project: string, api: string): string {
  return `google/enabled/${project}/${api}`;
}

/**
 * Refuses as every Google API does while it is off.
 * Source: google.rpc.ErrorInfo with reason SERVICE_DISABLED, as documented for service consumers.
 */
export function requireApi(cloud: CloudView, project: string, api: string): void {
  if (project === "" || isApiEnabled(cloud, project, api)) return;
  const console = `https://console.developers.google.com/apis/api/${api}/overview?project=${project}`;
  throw new ApiError(
    403,
    `${apiTitle(api)} has not been used in project ${project} before or it is disabled. Enable it by visiting ` +
      `${console} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to ` +
      "our systems and retry.",
    "accessNotConfigured",
    [
      {
        "@type": "type.googleapis.com/google.rpc.Help",
        links: [{ description: "Google developers console API activation", url: console }],
      },
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        domain: "googleapis.com",
        metadata: { consumer: `projects/${project}`, service: api },
        reason: "SERVICE_DISABLED",
      },
    ],
  );
}

/** Enabled in every new project. Source: Service Usage documentation, "Services enabled by default". */
const enabledFromTheStart = new Set([
  "analyticshub.googleapis.com",
  "bigquery.googleapis.com",
  "bigqueryconnection.googleapis.com",
  "bigquerydatapolicy.googleapis.com",
  "bigquerymigration.googleapis.com",
  "bigqueryreservation.googleapis.com",
  "bigquerystorage.googleapis.com",
  "cloudapis.googleapis.com",
  "cloudtrace.googleapis.com",
  "dataform.googleapis.com",
  "dataplex.googleapis.com",
  "datastore.googleapis.com",
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "servicemanagement.googleapis.com",
  "serviceusage.googleapis.com",
  "sql-component.googleapis.com",
  "storage.googleapis.com",
  "storage-api.googleapis.com",
  "storage-component.googleapis.com",
]);

const titles: { [api: string]: string } = {
  "apigateway.googleapis.com": "API Gateway API",
  "appengine.googleapis.com": "App Engine Admin API",
  "appengineflex.googleapis.com": "App Engine Flexible Environment",
  "cloudkms.googleapis.com": "Cloud Key Management Service (KMS) API",
  "compute.googleapis.com": "Compute Engine API",
  "firebase.googleapis.com": "Firebase Management API",
  "firebasehosting.googleapis.com": "Firebase Hosting API",
  "iam.googleapis.com": "Identity and Access Management (IAM) API",
  "secretmanager.googleapis.com": "Secret Manager API",
  "vpcaccess.googleapis.com": "Serverless VPC Access API",
};

function apiTitle(api: string): string {
  const name = api.replace(".googleapis.com", "");
  return titles[api] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)} API`;
}
