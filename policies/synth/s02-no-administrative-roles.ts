import { grantsOf, isServiceAccount } from "../reading/grants";
import type { SynthRule } from "../rule";

const administrative = /^roles\/(owner|editor)$|admin/i;

export const noAdministrativeRoles: SynthRule = {
  id: "S2",
  title: "No service account is Owner, Editor or administrator of a project",
  why: "Whoever gets hold of such an account has everything.",
  mapsTo: ["CIS 1.5"],
  check: (environment, { administrativeRoles }) => {
    const toAccounts = grantsOf(environment).filter(({ members }) => members.some(isServiceAccount));
    if (toAccounts.length === 0) return "not applicable";
    const allowed = administrativeRoles.map(({ what }) => what);
    return toAccounts
      .filter(({ role, scope }) =>
        scope === "resource" ? /^roles\/(owner|editor)$/.test(role) : administrative.test(role),
      )
      .filter(({ role }) => !allowed.includes(role))
      .map(({ resource, role, scope }) =>
        resource.violation(
          "role",
          `${role} on a whole ${scope} for a service account`,
          "give the smallest roles that its job needs, on the single things it works with; " +
            "an exception has an entry in administrativeRoles of policies/settings.ts",
        ),
      );
  },
};
