import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDelivery } from "../../environments/load-delivery";
import type { Stack } from "../synthesis/stack-list";
import type { Json, PlanJson } from "../terraform/plan-json";
import { configurationProblems, isolationProblems } from "./isolation";

const folder = mkdtempSync(join(tmpdir(), "gw-isolation-"));
writeFileSync(join(folder, "cdk.tf.json"), "{}");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stack: Stack = {
  name: "preview-pr-12",
  environment: "preview",
  stack: "pr-12",
  dependsOn: [],
  project: "shop-preview",
  providers: {},
  folder,
};

const others = { prod: ["shop-prod", "shop-prod-tfstate"], dev: ["shop-dev", "shop-dev-tfstate"] };

/** What is said of a plan with one change. */
function said(
  type: string,
  after: Record<string, Json> | null,
  before: Record<string, Json> | null = null,
): string[] {
  const actions =
    before === null ? ["create" as const] : after === null ? ["delete" as const] : ["update" as const];
  const plan: PlanJson = {
    format_version: "1.2",
    resource_changes: [
      { address: `${type}.x`, mode: "managed", type, name: "x", change: { actions, before, after } },
    ],
  };
  return isolationProblems(stack, plan, {
    root: folder,
    delivery: loadDelivery(),
    project: "shop-preview",
    now: new Date("2026-11-21T10:00:00Z"),
    others,
    own: { configurationBucket: "shop-preview-config", database: "pr_12" },
  }).map((problem) => problem.replaceAll(`${type}.x`, "it"));
}

const member = "serviceAccount:preview-pr-12@shop-preview.iam.gserviceaccount.com";
const role = (database: string) => [
  { action: "FIND", resources: [{ database_name: database, collection_name: "" }] },
];

describe("a preview's plan", () => {
  test("GIVEN what is its own THEN nothing is said", () => {
    expect(said("google_service_account", { account_id: "preview-pr-12", project: "shop-preview" })).toEqual(
      [],
    );
    expect(said("mongodbatlas_custom_db_role", { role_name: "pr_12", actions: role("pr_12") })).toEqual([]);
    expect(said("google_project_iam_member", { member, role: "roles/logging.logWriter" })).toEqual([]);
  });

  test("GIVEN a thing of another pull request, or a shared one, made, changed or removed THEN it is refused", () => {
    const version = (id: string) => ({ version_id: id, service: "orders" });
    const type = "google_app_engine_standard_app_version";
    const refused = expect.arrayContaining([
      expect.stringMatching(/^P14 .*is not a thing of pull request 12/),
    ]) as string[];
    expect(said(type, version("pr-123-3f9a1c2"))).toEqual(refused);
    expect(said(type, null, version("v20261121-3f9a1c2"))).toEqual(refused);
    expect(said(type, version("pr-12-3f9a1c2"), version("v20261121-3f9a1c2"))).toEqual(refused);
  });

  test("GIVEN another environment's project THEN it is refused, whatever the name", () => {
    expect(said("google_service_account", { account_id: "preview-pr-12", project: "shop-prod" })).toEqual([
      "it: in the project shop-prod; previews live in shop-preview alone",
      "it.project: names shop-prod, which is prod's",
    ]);
  });

  test("GIVEN what leads into another environment THEN it is refused, wherever it is named", () => {
    const connector = { name: "projects/shop-prod/locations/europe-west1/connectors/shop" };
    const version = { version_id: "pr-12-3f9a1c2", service: "orders", vpc_access_connector: [connector] };
    expect(said("google_app_engine_standard_app_version", version)).toEqual([
      "it.vpc_access_connector[0].name: names shop-prod, which is prod's",
    ]);
    const zip = { source_url: "https://storage.googleapis.com/shop-dev-artifacts/orders.zip" };
    expect(
      said("google_app_engine_standard_app_version", { ...version, vpc_access_connector: null, zip: [zip] }),
    ).toEqual(["it.zip[0].source_url: names shop-dev, which is dev's"]);
  });

  test("GIVEN a configuration WHEN its state is not its own, or it asks another environment THEN it is refused before it is planned", () => {
    const own = { bucket: "shop-preview-tfstate", prefix: "previews/pr-12" };
    const problems = (gcs: Json, more: Record<string, Json> = {}) =>
      configurationProblems({ terraform: { backend: { gcs } }, ...more }, own, others);
    expect(problems(own)).toEqual([]);
    expect(problems({ ...own, prefix: "preview-data" })).toEqual([
      'terraform.backend.gcs.prefix: "preview-data"; its own is previews/pr-12',
    ]);
    expect(problems({ bucket: "shop-prod-tfstate", prefix: "previews/pr-12" })).toEqual(
      expect.arrayContaining([
        'terraform.backend.gcs.bucket: "shop-prod-tfstate"; its own is shop-preview-tfstate',
      ]),
    );
    expect(configurationProblems({}, own, others)).toHaveLength(2);
    const data = { mongodbatlas_project: { p: { name: "shop-prod" } } };
    expect(problems(own, { data })).toEqual([
      "data.mongodbatlas_project.p.name: names shop-prod, which is prod's",
    ]);
    // Whose name only begins alike is nobody's.
    expect(problems(own, { data: { x: { p: { name: "shop-production" } } } })).toEqual([]);
  });

  test("GIVEN rights beyond its own THEN they are refused", () => {
    expect(said("google_project_iam_member", { member, role: "roles/viewer" })).toEqual([
      "it: gives roles/viewer in the project",
    ]);
    expect(
      said("google_storage_bucket_iam_member", {
        member,
        bucket: "shop-preview-tfstate",
        role: "roles/storage.objectViewer",
      }),
    ).toEqual(["it: gives roles/storage.objectViewer on shop-preview-tfstate"]);
    expect(said("mongodbatlas_custom_db_role", { role_name: "pr_12", actions: role("orders") })).toEqual([
      "it: reaches orders; its own database is pr_12",
    ]);
    const roles = [{ role_name: "pr_12" }, { role_name: "readAnyDatabase" }];
    expect(said("mongodbatlas_database_user", { username: "pr-12", roles })).toContain(
      "it: has the role readAnyDatabase; its own is pr_12",
    );
  });

  test("GIVEN what previews don't have THEN it is refused: alerts, backups, buckets", () => {
    for (const type of [
      "google_monitoring_alert_policy",
      "mongodbatlas_cloud_backup_schedule",
      "google_storage_bucket",
    ]) {
      expect(said(type, { name: "pr-12" })).toContain(`it: a preview has no ${type}`);
    }
  });
});
