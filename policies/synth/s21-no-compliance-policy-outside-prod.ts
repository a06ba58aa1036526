import type { SynthRule } from "../rule";

export const noCompliancePolicyOutsideProd: SynthRule = {
  id: "S21",
  title: "A backup compliance policy is for production alone",
  why: "It can't be taken back without MongoDB's support, and it keeps every backup that it covers.",
  mapsTo: [],
  check: (environment) => {
    const found = environment.all("mongodbatlas_backup_compliance_policy");
    if (found.length === 0 && environment.all("mongodbatlas_project").length === 0) return "not applicable";
    return found.map((policy) =>
      policy.violation(
        undefined,
        `a backup compliance policy in ${environment.name}`,
        "remove it before it is applied; only production has one, after a sign-off",
      ),
    );
  },
};
