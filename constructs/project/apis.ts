/**
 * The APIs of a project with all that the platform can make, by what needs them; each turned on costs nothing by itself.
 * `…admin` where Google's name of the service has it.
 *
 * @see https://cloud.google.com/apis/docs/overview
 */
export const apis = {
  /** Terraform itself, accounts, sign-in from CI, audit. */
  identity: ["cloudresourcemanager", "iam", "iamcredentials", "serviceusage", "sts"],
  /** Keys, secrets, and what tells of their rotation. */
  secrets: ["cloudkms", "pubsub", "secretmanager"],
  storage: ["storage"],
  network: ["compute", "dns", "servicenetworking", "vpcaccess"],
  /** App Engine with its builds, and the proxy in front of it. */
  services: ["appengine", "appenginereporting", "artifactregistry", "cloudbuild", "iap"],
  gateways: ["apigateway", "certificatemanager", "servicecontrol", "servicemanagement"],
  sites: ["firebase", "firebasehosting"],
  observability: ["cloudtrace", "logging", "monitoring"],
  /** Money, contacts and organisation policies. */
  governance: ["billingbudgets", "essentialcontacts", "orgpolicy"],
  /** Caches and relational databases, where a team has them. */
  stores: ["redis", "sqladmin"],
} as const satisfies Record<string, readonly string[]>;

/** A part of the platform that has APIs of its own. */
export type ApiGroup = keyof typeof apis;

/** The APIs of several parts of the platform, sorted. @default - of all but `stores` */
export function apisOf(...groups: readonly ApiGroup[]): readonly string[] {
  const wanted =
    groups.length > 0 ? groups : (Object.keys(apis) as ApiGroup[]).filter((name) => name !== "stores");
  return wanted.flatMap((group): readonly string[] => apis[group]).sort();
}
