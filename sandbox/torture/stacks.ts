import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Small stacks with what tends to go wrong: names that can exist only once, ids that the cloud hands out (made twice,
// they would not be noticed by name), objects that depend on others, and enough of them to be hit in the middle.

const HEAD = (name: string): string => `
terraform {
  backend "gcs" {
    bucket = "torture-states"
    prefix = "${name}"
  }
  required_providers {
    google       = { source = "hashicorp/google" }
    mongodbatlas = { source = "mongodb/mongodbatlas" }
  }
}
provider "google" {
  project = "shop-${name}"
  region  = "europe-west1"
}
`;

const BODY = `
locals { apis = ["iam", "pubsub", "secretmanager", "monitoring"] }
resource "google_project_service" "api" {
  count   = length(local.apis)
  service = "\${local.apis[count.index]}.googleapis.com"
}
resource "google_service_account" "runtime" {
  count      = 3
  account_id = "runtime-\${count.index}"
  depends_on = [google_project_service.api]
}
resource "google_pubsub_topic" "events" {
  count      = 6
  name       = "events-\${count.index}"
  labels     = { owner = google_service_account.runtime[count.index % 3].account_id }
  depends_on = [google_project_service.api]
}
resource "google_secret_manager_secret" "container" {
  secret_id = "container"
  replication {
    auto {}
  }
  depends_on = [google_project_service.api]
}
resource "google_monitoring_notification_channel" "mail" {
  count        = 2
  display_name = "mail-\${count.index}"
  type         = "email"
  labels       = { email_address = "ops@example.org" }
  depends_on   = [google_project_service.api]
}
`;

const ATLAS = (name: string): string => `
resource "mongodbatlas_project" "shop" {
  name   = "shop-${name}"
  org_id = "5f4f1f1f1f1f1f1f1f1f1f1f"
}
resource "mongodbatlas_project_ip_access_list" "office" {
  count      = 2
  project_id = mongodbatlas_project.shop.id
  cidr_block = "203.0.113.\${count.index}/32"
}
`;

/** Writes the stacks below a folder and returns their folders. */
export function writeStacks(folder: string): string[] {
  return ["one", "two"].map((name) => {
    const stack = join(folder, name);
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "main.tf"), `${HEAD(name)}${BODY}${ATLAS(name)}`);
    return stack;
  });
}
