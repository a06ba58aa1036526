import { type JobRole, jobs } from "@groundwork/constructs/identity/jobs";
import { settingsWith } from "@groundwork/policies/settings";
import { loadAllowances } from "../environments/load-allowances";

const settings = settingsWith(loadAllowances());

/** As policy S2 has it. */
const administrative = /admin/i;

test("the policies allow the administrative roles that jobs of CI have, and no other", () => {
  const given = Object.values(jobs).flatMap((roles: readonly JobRole[]) => roles.map(({ role }) => role));
  const allowed = settings.administrativeRoles.map(({ what }) => what);
  expect([...new Set(given.filter((role) => administrative.test(role)))].sort()).toEqual([...allowed].sort());
});

test("what runs for customers administers nothing", () => {
  for (const job of ["report-telemetry", "call-services"] as const) {
    expect(jobs[job].filter(({ role }) => administrative.test(role))).toEqual([]);
  }
});
