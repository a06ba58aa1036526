import type { Allowances, Settings } from "./settings-type";

/** Decisions that hold for the platform, whoever uses it. Every entry of a list that allows something says why. */
const platform: Omit<Settings, keyof Allowances> = {
  runtimes: ["nodejs22", "nodejs24"],
  administrators: ["tf-apply-*", "tf-preview", "firebase-deploy", "release"],
  // Those that constructs/identity/jobs.ts gives to accounts of CI; test/ci-roles.test.ts holds the two together.
  administrativeRoles: [
    {
      what: "roles/apigateway.admin",
      why: "The smallest role that makes configurations and points gateways at them.",
    },
    { what: "roles/appengine.appAdmin", why: "The smallest role that sets what may enter App Engine." },
    {
      what: "roles/appengine.serviceAdmin",
      why: "The smallest role that moves traffic; it can't make versions.",
    },
    { what: "roles/cloudkms.admin", why: "CI makes keys; with it, it can't use them." },
    { what: "roles/cloudsql.admin", why: "CI makes relational databases." },
    { what: "roles/compute.loadBalancerAdmin", why: "CI makes load balancers and certificates." },
    { what: "roles/compute.networkAdmin", why: "CI makes networks; firewall rules are not in it." },
    {
      what: "roles/compute.securityAdmin",
      why: "CI makes firewall rules and the policies of load balancers.",
    },
    { what: "roles/dns.admin", why: "CI makes zones and records." },
    { what: "roles/essentialcontacts.admin", why: "CI says whom Google writes to." },
    { what: "roles/firebase.admin", why: "The smallest role that makes a Firebase project." },
    { what: "roles/iam.serviceAccountAdmin", why: "CI makes accounts; with it, it can't be one." },
    { what: "roles/iam.workloadIdentityPoolAdmin", why: "CI makes the pool that it signs in through." },
    { what: "roles/iap.admin", why: "CI says who passes Identity-Aware Proxy." },
    { what: "roles/pubsub.admin", why: "CI makes the topics of rotation and says who publishes." },
    { what: "roles/redis.admin", why: "CI makes caches." },
    {
      what: "roles/resourcemanager.projectIamAdmin",
      why: "CI gives jobs their roles; outside of the foundation a condition says which.",
    },
    { what: "roles/secretmanager.admin", why: "CI makes containers and says who reads them." },
    {
      what: "roles/servicenetworking.networksAdmin",
      why: "CI peers with the network of Google's databases.",
    },
    { what: "roles/serviceusage.serviceUsageAdmin", why: "CI turns APIs on." },
    { what: "roles/storage.admin", why: "CI makes buckets and says who reads them." },
    { what: "roles/vpcaccess.admin", why: "CI makes the connector." },
    {
      what: "roles/firebasehosting.admin",
      why: "The smallest role that can publish a site's content.",
    },
  ],
  labels: ["env", "service", "owner", "cost-centre", "data-class"],
  versionsPerApplication: 180,
  connections: { poolSizeVariable: "MONGODB_POOL_SIZE", defaultPoolSize: 100, share: 0.7 },
  pagers: ["pagerduty", "sms"],
  releases: { canaryStep: 0.5, versionsKept: 3, daysKept: 7 },
};

/** All of it, with what an organisation allows. */
export function settingsWith({ regions, publicRoutes, publicGrants }: Allowances): Settings {
  return { ...platform, regions, publicRoutes, publicGrants };
}
