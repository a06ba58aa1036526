import { accountIdOf, type Grant, grantsOf, isServiceAccount } from "../reading/grants";
import type { SynthesizedEnvironment } from "../reading/synthesized";
import type { SynthRule } from "../rule";
import type { Settings } from "../settings-type";

const administrative = /^roles\/(owner|editor)$|admin/i;

export const noAdministrativeRoles: SynthRule = {
  id: "S2",
  title: "No service account is Owner, Editor or administrator of a project",
  why: "Whoever gets hold of such an account has everything.",
  mapsTo: ["CIS 1.5"],
  check: (environment, settings) => {
    const toAccounts = grantsOf(environment).filter(({ members }) => members.some(isServiceAccount));
    if (toAccounts.length === 0) return "not applicable";
    return toAccounts
      .filter(({ role, scope }) =>
        scope === "resource" ? /^roles\/(owner|editor)$/.test(role) : administrative.test(role),
      )
      .filter((grant) => !isException(grant, environment, settings))
      .map(({ resource, role, scope }) =>
        resource.violation(
          "role",
          `${role} on a whole ${scope} for a service account`,
          "give the smallest roles that its job needs, on the single things it works with; " +
            "what CI can't do without has an entry in administrativeRoles of policies/settings.ts",
        ),
      );
  },
};

/** Only accounts that are there to administer, and only with the roles that are known. */
function isException(
  { role, members, resource }: Grant,
  environment: SynthesizedEnvironment,
  { administrativeRoles, administrators }: Settings,
): boolean {
  if (!administrativeRoles.some(({ what }) => what === role)) return false;
  return members.filter(isServiceAccount).every((member) => {
    const id = accountIdOf(member, resource, environment);
    return id !== undefined && administrators.some((pattern) => matches(pattern, id));
  });
}

function matches(pattern: string, id: string): boolean {
  return pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}
