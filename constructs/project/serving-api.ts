/** The API that answers for resources, by the beginning of their Terraform type. The longest that fits counts. */
const serving: Readonly<Record<string, string>> = {
  google_billing_budget: "billingbudgets",
  google_essential_contacts_: "essentialcontacts",
  google_iam_workload_identity_pool: "iam",
  google_kms_: "cloudkms",
  google_logging_: "logging",
  google_monitoring_: "monitoring",
  google_org_policy_: "orgpolicy",
  google_project_iam_: "cloudresourcemanager",
  google_pubsub_: "pubsub",
  google_secret_manager_: "secretmanager",
  google_service_account: "iam",
  google_storage_: "storage",
};

/**
 * The API, without `.googleapis.com`, that must be on before a resource can be made.
 *
 * @returns nothing where one API isn't enough, or nobody has said which: default accounts come with every API turned on
 */
export function servingApi(type: string): string | undefined {
  const [prefix] = Object.keys(serving)
    .filter((one) => type.startsWith(one))
    .sort((one, other) => other.length - one.length);
  return prefix === undefined ? undefined : serving[prefix];
}
