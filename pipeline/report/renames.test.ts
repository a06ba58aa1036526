import type { Json } from "../terraform/plan-json";
import { renamesIn } from "./renames";
import { samplePlan, sampleResource } from "./sample-plans";

const deleted = (address: string, before: Json) =>
  sampleResource(address, { actions: ["delete"], before, after: null });
const created = (address: string, after: Json, after_unknown: Json = {}) =>
  sampleResource(address, { actions: ["create"], before: null, after, after_unknown });
const renames = (...resources: ReturnType<typeof deleted>[]) =>
  renamesIn(samplePlan(...resources)).map(({ from, to }) => `${from} > ${to}`);

describe("renamed constructs", () => {
  test("GIVEN the same bucket under another name THEN it is recognised, whatever else changes", () => {
    expect(
      renames(
        deleted("google_storage_bucket.old", { name: "shop-artifacts", location: "EU", labels: { a: "1" } }),
        created("google_storage_bucket.new", { name: "shop-artifacts", location: "EU", labels: { a: "2" } }),
      ),
    ).toEqual(["google_storage_bucket.old > google_storage_bucket.new"]);
  });

  test("GIVEN another name, another type or another provider THEN it is another object", () => {
    const old = deleted("google_storage_bucket.old", { name: "a" });
    expect(renames(old, created("google_storage_bucket.new", { name: "b" }))).toEqual([]);
    expect(renames(old, created("google_secret_manager_secret.new", { name: "a" }))).toEqual([]);
    expect(
      renames(old, { ...created("google_storage_bucket.new", { name: "a" }), provider_name: "other" }),
    ).toEqual([]);
    expect(renames(created("google_storage_bucket.new", { name: "a" }))).toEqual([]);
  });

  test("GIVEN an account and its grants renamed together THEN the grants are found by what is known of them", () => {
    const grant = (id: string, role: string) =>
      created(`google_project_iam_member.${id}`, { project: "p", role }, { member: true });
    const former = (id: string, role: string) =>
      deleted(`google_project_iam_member.${id}`, { project: "p", role, member: "serviceAccount:run@p" });
    expect(
      renames(
        deleted("google_service_account.old", { project: "p", account_id: "run" }),
        created("google_service_account.new", { project: "p", account_id: "run" }, { email: true }),
        former("old-logs", "roles/logging.logWriter"),
        former("old-trace", "roles/cloudtrace.agent"),
        grant("new-logs", "roles/logging.logWriter"),
        grant("new-trace", "roles/cloudtrace.agent"),
      ),
    ).toEqual([
      "google_project_iam_member.old-logs > google_project_iam_member.new-logs",
      "google_project_iam_member.old-trace > google_project_iam_member.new-trace",
      "google_service_account.old > google_service_account.new",
    ]);
  });

  test("GIVEN several that fit THEN none is offered: a wrong move is worse than none", () => {
    const grant = (id: string) =>
      created(`google_project_iam_member.${id}`, { project: "p", role: "roles/a" }, { member: true });
    expect(
      renames(
        deleted("google_project_iam_member.old", { project: "p", role: "roles/a", member: "user:a" }),
        grant("one"),
        grant("two"),
      ),
    ).toEqual([]);
  });

  test("GIVEN a type that nobody described THEN it is the same only when all that is asked for is the same", () => {
    const old = deleted("google_new_thing.old", { title: "a", size: 1, id: "x" });
    expect(renames(old, created("google_new_thing.new", { title: "a", size: 1 }, { id: true }))).toHaveLength(
      1,
    );
    expect(renames(old, created("google_new_thing.new", { title: "a", size: 2 }, { id: true }))).toEqual([]);
  });

  test("GIVEN thousands of both THEN it does not take long", () => {
    const many = Array.from({ length: 2500 }, (_, i) => [
      deleted(`google_storage_bucket.old-${i}`, { name: `b-${i}` }),
      created(`google_storage_bucket.new-${i}`, { name: `b-${i}` }),
    ]).flat();
    const before = process.cpuUsage();
    expect(renames(...many)).toHaveLength(2500);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(1);
  });
});
