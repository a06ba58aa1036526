import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, textOf } from "../../sdk/legacy-values";
import { asObject } from "../reading";

/** Names that the service gives to products. */
const PRODUCTS: { [api: string]: string } = {
  "appengine.googleapis.com": "App Engine",
  "bigquery.googleapis.com": "BigQuery",
  "bigtable.googleapis.com": "Cloud Bigtable",
  "cloudkms.googleapis.com": "Cloud Key Management Service",
  "compute.googleapis.com": "Compute Engine",
  "dataflow.googleapis.com": "Cloud Dataflow",
  "iam.googleapis.com": "Cloud Identity and Access Management",
  "pubsub.googleapis.com": "Cloud Pub/Sub",
  "storage.googleapis.com": "Cloud Storage",
};

/** google/services/accessapproval/resource_folder_access_approval_settings.go */
export const accessApproval: RuleSet = {
  codes: {
    "accessapproval.accessApprovalEnrolledServicesHash": (element) => {
      const { cloud_product, enrollment_level } = asObject(element);
      const product = textOf(cloud_product);
      return codeOfText(`${PRODUCTS[product] ?? product}-${textOf(enrollment_level)}-`.toLowerCase());
    },
  },
};
