import type { Diagnostic } from "../terraform/messages";
import type { Action, Json, PlanJson } from "../terraform/plan-json";
import { adoptionsOf, collisionsIn, destructionsIn, stateBucketAdoption } from "./adoptions";
import { whereToLook } from "./import-ids";

const change = (address: string, after: Record<string, Json>, actions: Action[] = ["create"]) => ({
  address,
  mode: "managed" as const,
  type: address.split(".")[0] ?? "",
  name: address.split(".")[1] ?? "",
  change: { actions, after },
});
const planOf = (...changes: ReturnType<typeof change>[]): PlanJson => ({
  format_version: "1.2",
  resource_changes: changes,
});

describe("taking over what is there already", () => {
  test("GIVEN refusals of a create THEN those that say so are collisions, and others are not", () => {
    const error = (address: string, summary: string): Diagnostic => ({
      severity: "error",
      summary,
      detail: "",
      address,
    });
    expect(
      collisionsIn([
        error("google_service_account.a", "Error creating service account: googleapi: Error 409: x"),
        error("google_kms_key_ring.b", "KeyRing projects/p/locations/eu/keyRings/k already exists."),
        error("google_storage_bucket.c", "googleapi: Error 403: no access"),
        { ...error("google_storage_bucket.d", "Error 409"), severity: "warning" },
      ]),
    ).toEqual(["google_service_account.a", "google_kms_key_ring.b"]);
  });

  test("GIVEN a plan that would make them THEN each is imported as its provider wants it", () => {
    const pool = { project: "p", workload_identity_pool_id: "dev-workflows" };
    const made = {
      "google_storage_bucket.b": [{ name: "p-tfstate", project: "p" }, "p-tfstate"],
      "google_service_account.s": [
        { account_id: "tf-plan", project: "p" },
        "projects/p/serviceAccounts/tf-plan@p.iam.gserviceaccount.com",
      ],
      "google_kms_key_ring.r": [{ name: "keys", location: "eu" }, "projects/p/locations/eu/keyRings/keys"],
      "google_kms_crypto_key.k": [
        { name: "storage", key_ring: "projects/p/locations/eu/keyRings/keys" },
        "projects/p/locations/eu/keyRings/keys/cryptoKeys/storage",
      ],
      "google_iam_workload_identity_pool.w": [
        pool,
        "projects/p/locations/global/workloadIdentityPools/dev-workflows",
      ],
      "google_iam_workload_identity_pool_provider.w": [
        { ...pool, workload_identity_pool_provider_id: "github" },
        "projects/p/locations/global/workloadIdentityPools/dev-workflows/providers/github",
      ],
      "google_pubsub_topic.t": [{ name: "rotation", project: null }, "projects/p/topics/rotation"],
      "google_org_policy_policy.o": [
        { parent: "projects/p", name: "projects/p/policies/iam.x" },
        "projects/p/policies/iam.x",
      ],
    } as const;
    const plan = planOf(...Object.entries(made).map(([address, [after]]) => change(address, after)));
    expect(adoptionsOf(plan, Object.keys(made), "p")).toEqual(
      Object.entries(made).map(([to, [, id]]) => ({ to, id })),
    );
  });

  test("GIVEN a value that is not known yet, a type without an import, or no create THEN nothing is guessed", () => {
    const plan = planOf(
      change("google_kms_crypto_key.k", { name: "storage" }),
      change("google_billing_budget.b", { billing_account: "x" }),
      change("google_storage_bucket.b", { name: "p-tfstate" }, ["update"]),
    );
    expect(adoptionsOf(plan, plan.resource_changes?.map(({ address }) => address) ?? [], "p")).toEqual([]);
  });

  test("GIVEN a foundation THEN its state bucket is found by its name", () => {
    const configuration = {
      resource: { google_storage_bucket: { a: { name: "x" }, s: { name: "states" } } },
    };
    expect(stateBucketAdoption(JSON.stringify(configuration), "states")).toEqual([
      { to: "google_storage_bucket.s", id: "states" },
    ]);
    expect(stateBucketAdoption("{}", "states")).toEqual([]);
  });

  test("GIVEN deletions and replacements THEN they are told, but not what a failed creation left", () => {
    const tainted = {
      ...change("a.tainted", {}, ["delete", "create"]),
      action_reason: "replace_because_tainted",
    };
    const plan = planOf(
      change("a.gone", {}, ["delete"]),
      change("a.moved", {}, ["create", "delete"]),
      tainted,
    );
    expect(destructionsIn(plan)).toEqual(["a.gone", "a.moved"]);
  });

  test("GIVEN a type that the cloud names THEN it is told where to look for a second one", () => {
    expect(whereToLook("google_essential_contacts_contact.security", "p")).toBe(
      "gcloud essential-contacts list --project p",
    );
    expect(whereToLook("google_storage_bucket.b", "p")).toBeUndefined();
  });
});
