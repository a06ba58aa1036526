/** A role that a job needs, and why. */
export interface JobRole {
  /** The smallest predefined role that holds what the job does. */
  readonly role: `roles/${string}`;
  /** What the job does with it, one line. */
  readonly because: string;
  /**
   * With it, only the roles of these jobs can be given to others.
   *
   * @default - the role gives nothing to others, or gives what it holds over single resources
   */
  readonly givesOnly?: readonly ("report-telemetry" | "call-services")[];
}

const quota: JobRole = {
  role: "roles/serviceusage.serviceUsageConsumer",
  because: "Firebase's API counts its calls against this project's quota.",
};

/**
 * What an account may do in its whole project, by the job that it does. Access to single things (a bucket, a secret, an
 * account to act as) stands with those things. Owner, editor, and the roles that act as every account of a project
 * (`serviceAccountUser`, `serviceAccountTokenCreator`) are in no job.
 *
 * @see https://cloud.google.com/iam/docs/roles-permissions
 */
export const jobs = {
  /** A service tells how it is. */
  "report-telemetry": [
    { role: "roles/logging.logWriter", because: "Writes its logs." },
    { role: "roles/cloudtrace.agent", because: "Writes its traces." },
    { role: "roles/monitoring.metricWriter", because: "Writes its metrics." },
  ],
  /** A gateway calls services that are behind Identity-Aware Proxy. */
  "call-services": [
    {
      role: "roles/iap.httpsResourceAccessor",
      because: "Passes Identity-Aware Proxy in front of App Engine.",
    },
  ],
  /** A plan reads everything that is in Terraform, and no secret's value. */
  "read-project": [
    { role: "roles/viewer", because: "Reads every resource; values of secrets are not in it." },
    { role: "roles/iam.securityReviewer", because: "Reads who may do what, which viewing leaves out." },
    quota,
  ],
  "apply-foundation": [
    { role: "roles/viewer", because: "Reads what it plans." },
    {
      role: "roles/serviceusage.serviceUsageAdmin",
      because: "Turns APIs on, and asks for Google's service agents.",
    },
    {
      role: "roles/iam.serviceAccountAdmin",
      because: "Makes the accounts of CI and says which workflow is which.",
    },
    { role: "roles/iam.workloadIdentityPoolAdmin", because: "Makes the identity pool and its provider." },
    {
      role: "roles/resourcemanager.projectIamAdmin",
      because: "Gives the other accounts the roles of their jobs, and turns audit logs on.",
    },
    { role: "roles/cloudkms.admin", because: "Makes keys and says who uses them; it can't use them itself." },
    { role: "roles/storage.admin", because: "Makes the buckets." },
    { role: "roles/pubsub.admin", because: "Makes the topics that secrets' rotation is told on." },
    { role: "roles/essentialcontacts.admin", because: "Says whom Google writes to." },
  ],
  "apply-network": [
    { role: "roles/viewer", because: "Reads what it plans." },
    {
      role: "roles/compute.networkAdmin",
      because: "Makes networks, subnets, routers, addresses and endpoints.",
    },
    { role: "roles/compute.securityAdmin", because: "Makes firewall rules." },
    { role: "roles/vpcaccess.admin", because: "Makes the connector." },
    { role: "roles/dns.admin", because: "Makes zones and records." },
    { role: "roles/servicenetworking.networksAdmin", because: "Peers with Google's managed databases." },
  ],
  "apply-data": [
    { role: "roles/viewer", because: "Reads what it plans." },
    { role: "roles/iam.serviceAccountAdmin", because: "Makes the accounts that services run as." },
    {
      role: "roles/resourcemanager.projectIamAdmin",
      because: "Lets services report how they are, and nothing else.",
      givesOnly: ["report-telemetry"],
    },
    { role: "roles/storage.admin", because: "Makes the buckets that services read and databases export to." },
    { role: "roles/secretmanager.admin", because: "Makes containers of secrets and says who reads them." },
    { role: "roles/compute.networkAdmin", because: "Makes the addresses and rules of private endpoints." },
    { role: "roles/cloudsql.admin", because: "Makes relational databases." },
    { role: "roles/redis.admin", because: "Makes caches." },
  ],
  "apply-platform": [
    { role: "roles/viewer", because: "Reads what it plans." },
    { role: "roles/appengine.appAdmin", because: "Makes the first version, and says what may enter." },
    { role: "roles/appengine.appCreator", because: "Makes the application, once." },
    { role: "roles/cloudbuild.builds.editor", because: "App Engine builds the first version." },
    { role: "roles/iam.serviceAccountAdmin", because: "Makes the accounts of gateways." },
    {
      role: "roles/resourcemanager.projectIamAdmin",
      because: "Lets gateways call services, and nothing else.",
      givesOnly: ["call-services", "report-telemetry"],
    },
    { role: "roles/iap.admin", because: "Says who passes Identity-Aware Proxy." },
    { role: "roles/firebase.admin", because: "Makes the Firebase project, its web apps and sites." },
    { role: "roles/apigateway.admin", because: "Makes APIs." },
    { role: "roles/compute.loadBalancerAdmin", because: "Makes load balancers and certificates." },
    { role: "roles/compute.securityAdmin", because: "Makes the policies in front of load balancers." },
    quota,
  ],
  "apply-release": [
    { role: "roles/appengine.deployer", because: "Makes versions; it can't move traffic." },
    { role: "roles/appengine.serviceAdmin", because: "Moves traffic; it can't make versions." },
    { role: "roles/cloudbuild.builds.editor", because: "App Engine builds each version." },
    {
      role: "roles/apigateway.admin",
      because: "Makes configurations of gateways and points gateways at them.",
    },
  ],
  "apply-observability": [
    { role: "roles/viewer", because: "Reads what it plans." },
    { role: "roles/monitoring.editor", because: "Makes alerts, uptime checks and dashboards." },
    { role: "roles/logging.configWriter", because: "Makes log buckets, sinks, exclusions and metrics." },
    { role: "roles/storage.admin", because: "Makes the bucket that audit logs are kept in." },
  ],
  /** Previews: versions, sites' channels, gateways, accounts and secrets of pull requests, in a project of their own. */
  "apply-previews": [
    { role: "roles/viewer", because: "Reads what it plans, and what is left of previews." },
    { role: "roles/appengine.deployer", because: "Makes versions; it can't move traffic." },
    { role: "roles/appengine.serviceAdmin", because: "Deletes versions and services of previews." },
    { role: "roles/cloudbuild.builds.editor", because: "App Engine builds each version." },
    { role: "roles/firebasehosting.admin", because: "Makes channels and deploys content to them." },
    { role: "roles/apigateway.admin", because: "Makes the gateways that labels ask for." },
    { role: "roles/iam.serviceAccountAdmin", because: "Makes the accounts that previews run as." },
    {
      role: "roles/resourcemanager.projectIamAdmin",
      because: "Lets previews report how they are, and nothing else.",
      givesOnly: ["report-telemetry"],
    },
    { role: "roles/secretmanager.admin", because: "Makes the secrets that labels ask for." },
    quota,
  ],
  /** A release: applies the release's state, and looks at the metrics before the next step. */
  release: [
    { role: "roles/appengine.deployer", because: "Makes versions; it can't move traffic." },
    { role: "roles/appengine.serviceAdmin", because: "Moves traffic; it can't make versions." },
    { role: "roles/cloudbuild.builds.editor", because: "App Engine builds each version." },
    {
      role: "roles/apigateway.admin",
      because: "Makes configurations of gateways and points gateways at them.",
    },
    {
      role: "roles/monitoring.viewer",
      because: "Compares the new version's errors and latency with the old one's.",
    },
  ],
  /** Uploads artifacts: the artifacts' bucket says so, the project nothing. */
  "upload-artifacts": [],
  "deploy-sites": [
    {
      role: "roles/firebasehosting.admin",
      because: "Deploys content and preview channels, and clones a release.",
    },
    quota,
  ],
  /** Restores a backup elsewhere and checks it; Atlas is reached with a key whose secret says so. */
  "test-backups": [
    {
      role: "roles/monitoring.metricWriter",
      because: "Reports that a restore worked, and how long it took.",
    },
  ],
} as const satisfies Record<string, readonly JobRole[]>;

/** Name of a job. */
export type Job = keyof typeof jobs;

/** The roles of several jobs, each once. */
export function rolesOf(names: readonly Job[]): readonly JobRole[] {
  const found = new Map<string, JobRole>();
  for (const role of names.flatMap((name): readonly JobRole[] => jobs[name])) {
    const known = found.get(role.role);
    found.set(role.role, known ? widest(known, role) : role);
  }
  return [...found.values()];
}

/** Two jobs that give roles give what either does; one without a limit gives all. */
function widest(one: JobRole, other: JobRole): JobRole {
  if (!one.givesOnly || !other.givesOnly) {
    const { givesOnly: _limit, ...unlimited } = one;
    return unlimited;
  }
  return { ...one, givesOnly: [...new Set([...one.givesOnly, ...other.givesOnly])] };
}

/**
 * The condition under which only the roles of these jobs can be given or taken.
 *
 * @see https://cloud.google.com/iam/docs/setting-limits-on-granting-roles
 */
export function givingOnly(names: readonly Job[]): {
  title: string;
  description: string;
  expression: string;
} {
  const roles = rolesOf(names).map(({ role }) => `'${role}'`);
  return {
    title: "gives-only",
    description: `Only the roles of: ${names.join(", ")}.`,
    expression: `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${roles.join(", ")}])`,
  };
}
