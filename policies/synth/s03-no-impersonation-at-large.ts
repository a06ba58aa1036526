import { grantsOf } from "../reading/grants";
import type { SynthRule } from "../rule";

const impersonating = [
  "roles/iam.serviceAccountUser",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountOpenIdTokenCreator",
];

export const noImpersonationAtLarge: SynthRule = {
  id: "S3",
  title: "Nobody may act as every service account of a project",
  why: "On a project, these roles give every right that any of its accounts has.",
  mapsTo: ["CIS 1.6"],
  check: (environment) => {
    const wide = grantsOf(environment).filter(({ scope }) => scope !== "resource");
    if (wide.length === 0) return "not applicable";
    return wide
      .filter(({ role }) => impersonating.includes(role))
      .map(({ resource, role, scope }) =>
        resource.violation(
          "role",
          `${role} on a whole ${scope}`,
          "give it on the one account, with google_service_account_iam_member",
        ),
      );
  },
};
