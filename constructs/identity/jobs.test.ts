import { givingOnly, type Job, type JobRole, jobs, rolesOf } from "./jobs";

const everyRole = Object.entries(jobs).flatMap(([job, roles]) =>
  roles.map((role: JobRole) => ({ job, ...role })),
);

describe("the table of jobs", () => {
  test("says why of every role, in a sentence, and names each once", () => {
    for (const { because } of everyRole) {
      expect(because).toMatch(/^[A-Z].*\.$/);
    }
    for (const [job, roles] of Object.entries(jobs)) {
      const names = roles.map(({ role }) => role);
      expect([job, new Set(names).size]).toEqual([job, names.length]);
    }
  });

  test("holds neither owner nor editor, nor a role that acts as every account of the project", () => {
    for (const { role } of everyRole) {
      expect(role).not.toMatch(
        /^roles\/(owner|editor|iam\.serviceAccountUser|iam\.serviceAccountTokenCreator|iam\.serviceAccountOpenIdTokenCreator|iam\.serviceAccountKeyAdmin|iam\.workloadIdentityUser)$/,
      );
    }
  });

  test("lets nobody who applies services, databases or releases touch secrets' values, or use keys", () => {
    for (const { role } of everyRole) {
      expect(role).not.toMatch(/secretAccessor|cryptoKey|cloudkms\.(?!admin)/i);
    }
  });

  test("limits whom others may make what, everywhere but in the foundation", () => {
    const unlimited = everyRole.filter(
      ({ role, givesOnly }) => role === "roles/resourcemanager.projectIamAdmin" && !givesOnly,
    );
    expect(unlimited.map(({ job }) => job)).toEqual(["apply-foundation"]);
  });

  test("separates a release from data and platform", () => {
    const roles = rolesOf(["release"]).map(({ role }) => role);
    expect(roles).not.toContain("roles/viewer");
    for (const service of [
      "storage",
      "secretmanager",
      "compute",
      "iam",
      "firebase",
      "cloudsql",
      "resourcemanager",
    ]) {
      expect(roles.filter((role) => role.startsWith(`roles/${service}.`))).toEqual([]);
    }
  });
});

describe("rolesOf", () => {
  test("names a role of two jobs once, with the wider of their limits", () => {
    const names: Job[] = ["apply-data", "apply-platform"];
    const admin = rolesOf(names).filter(({ role }) => role === "roles/resourcemanager.projectIamAdmin");
    expect(admin).toHaveLength(1);
    expect(admin[0]?.givesOnly).toEqual(["report-telemetry", "call-services"]);
    const wider = rolesOf([...names, "apply-foundation"]);
    expect(
      wider.find(({ role }) => role === "roles/resourcemanager.projectIamAdmin")?.givesOnly,
    ).toBeUndefined();
  });

  test("gives nothing for no job", () => {
    expect(rolesOf([])).toEqual([]);
  });
});

test("the limit on giving names each role in full", () => {
  expect(givingOnly(["call-services"]).expression).toBe(
    "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/iap.httpsResourceAccessor'])",
  );
});
