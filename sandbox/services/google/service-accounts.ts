import { resourceTypeNames } from "../../schemas/catalogue";
import type { CloudTransaction } from "../../store/contract";
import { ApiError, googleErrorText } from "../api-error";
import type { Behaviours, CloudView } from "../behaviour";
import { decimalId } from "../identity/derived";
import { text } from "../shape/paths";
import { policyOf } from "./iam-owned";

const emailOf = (accountId: string, project: string): string =>
  `${accountId}@${project}.iam.gserviceaccount.com`;

/**
 * Accounts. One made again after its deletion gets another unique id, and none of the old one's grants.
 * Source: google/services/resourcemanager/resource_google_service_account.go, v6.50.0.
 */
export const serviceAccountBehaviours: Behaviours = {
  google_service_account: {
    api: "iam.googleapis.com",
    computed: {
      email: ({ object, project }) => emailOf(text(object, "account_id"), project),
      member: ({ object }) => `serviceAccount:${text(object, "email")}`,
      name: ({ object, project }) => `projects/${project}/serviceAccounts/${text(object, "email")}`,
      unique_id({ cloud, object, project }) {
        const email = text(object, "email");
        const count = cloud.next(`google_service_account ${project} ${email}`);
        return `1${decimalId(20, "google_service_account", email, String(count))}`;
      },
    },
    existing: ({ object }) => (object.create_ignore_already_exists === true ? "adopt" : "refuse"),
    unread: ["create_ignore_already_exists"],
    conflict({ object, project }) {
      const accountId = text(object, "account_id");
      const resourceName = `projects/${project}/serviceAccounts/${emailOf(accountId, project)}`;
      return new ApiError(
        409,
        `Service account ${accountId} already exists within project projects/${project}.`,
        "alreadyExists",
        [{ "@type": "type.googleapis.com/google.rpc.ResourceInfo", resourceName }],
      );
    },
    owns: [{ type: "google_service_account_key" }, ...policyOf("google_service_account")],
    deleted: ({ cloud, object }) => forgetGrants(cloud, `serviceAccount:${text(object, "email")}`),
    answer({ object }) {
      return { ...object, account_id: text(object, "email").split("@")[0] ?? "" };
    },
    wording(refusal, { operation, object }) {
      const said = googleErrorText(refusal);
      if (operation === "create") return { summary: `Error creating service account: ${said}` };
      if (operation === "delete") return { summary: `Error deleting service account: ${said}` };
      if (operation === "update") {
        return { summary: `Error retrieving service account "${text(object, "id")}": ${said}` };
      }
      return { summary: `Error when reading or editing Service Account "${text(object, "id")}": ${said}` };
    },
  },
};

/**
 * What was given to a deleted account is no longer its: policies name it as `deleted:serviceAccount:…`, where neither
 * Terraform nor an account of the same name finds it, until Google takes it out, 60 days later at most.
 *
 * @see https://cloud.google.com/iam/docs/service-accounts-delete-undelete
 */
function forgetGrants(cloud: CloudTransaction, member: string): void {
  // Those of google are among them.
  for (const type of resourceTypeNames("google-beta").filter((name) => name.endsWith("_iam_member"))) {
    for (const { id, attributes } of cloud.list(type)) {
      if (text(attributes, "member") === member) cloud.delete(type, id);
    }
  }
}

/** The project of a user-managed account: `api@acme-dev.iam.gserviceaccount.com` is of `acme-dev`. */
export function accountProject(email: string): string | undefined {
  return /^[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
}

/** Whether an account exists, as far as the sandbox can tell: accounts of other projects are taken to. */
export function accountExists(cloud: CloudView, email: string, project: string): boolean {
  if (accountProject(email) !== project) return true;
  return cloud.get("google_service_account", `projects/${project}/serviceAccounts/${email}`) !== undefined;
}

/** The e-mail of an account given as e-mail, id (`projects/p/serviceAccounts/e`) or member (`serviceAccount:e`). */
export function accountEmail(reference: string): string {
  return reference.replace(/^.*\/serviceAccounts\//, "").replace(/^serviceAccount:/, "");
}

/** Refuses an account of this project that doesn't exist. An empty reference means the service's default account. */
export function requireAccount(cloud: CloudView, reference: string, project: string): void {
  const email = accountEmail(reference);
  if (email === "" || accountExists(cloud, email, project)) return;
  throw new ApiError(400, `Service account ${email} does not exist.`, "badRequest");
}
