import type { Json } from "../terraform/plan-json";

type Planned = Readonly<Record<string, Json>>;

/**
 * How the provider imports what the foundation makes, from the values that a plan knows. Types that can be made a
 * second time without harm (APIs, grants, audit settings) need none.
 *
 * Source: the import formats of google/services/{storage,resourcemanager,kms,iambeta,pubsub,orgpolicy}, v6.50.0.
 */
const importIds: Readonly<Record<string, (value: (field: string) => string) => string>> = {
  google_storage_bucket: (value) => value("name"),
  google_service_account: (value) =>
    `projects/${value("project")}/serviceAccounts/${value("account_id")}@${value("project")}.iam.gserviceaccount.com`,
  google_kms_key_ring: (value) =>
    `projects/${value("project")}/locations/${value("location")}/keyRings/${value("name")}`,
  google_kms_crypto_key: (value) => `${value("key_ring")}/cryptoKeys/${value("name")}`,
  google_iam_workload_identity_pool: (value) =>
    `projects/${value("project")}/locations/global/workloadIdentityPools/${value("workload_identity_pool_id")}`,
  google_iam_workload_identity_pool_provider: (value) =>
    `projects/${value("project")}/locations/global/workloadIdentityPools/${value("workload_identity_pool_id")}` +
    `/providers/${value("workload_identity_pool_provider_id")}`,
  google_pubsub_topic: (value) => `projects/${value("project")}/topics/${value("name")}`,
  google_org_policy_policy: (value) =>
    `${value("parent")}/policies/${value("name").split("/policies/").at(-1)}`,
};

/**
 * Types whose objects are named by the cloud: one that was made while the run was killed can't be found by its name, and
 * would be made again. For each, where to look.
 */
const namedByTheCloud: Readonly<Record<string, string>> = {
  google_essential_contacts_contact: "gcloud essential-contacts list --project",
  google_monitoring_notification_channel: "gcloud beta monitoring channels list --project",
  google_billing_budget: "gcloud billing budgets list --billing-account BILLING_ACCOUNT, for project",
};

/**
 * What to import an object by; undefined where its type can't be, or a value is not known yet.
 *
 * @param after planned values
 * @param project of the stack, where the values name none
 */
export function importIdOf(type: string, after: Planned, project: string): string | undefined {
  const known: Planned = { project, ...withoutNulls(after) };
  let complete = true;
  const id = importIds[type]?.((field) => {
    const value = known[field];
    if (typeof value === "string" && value !== "") return value;
    complete = false;
    return "";
  });
  return complete ? id : undefined;
}

/** A command that shows whether there are two; undefined for objects that can't be there twice. */
export function whereToLook(address: string, project: string): string | undefined {
  const command = namedByTheCloud[address.split(".")[0] ?? ""];
  return command && `${command} ${project}`;
}

function withoutNulls(values: Planned): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
