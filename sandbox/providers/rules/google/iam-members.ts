import { parseJson } from "../../go-values/json";
import type { RuleSet } from "../../hooks/rule-set";
import { codeOfText, textOf } from "../../sdk/legacy-values";
import { sameLetters } from "./links";

/** Members whose letter case matters. */
function isCaseSensitive(member: string): boolean {
  return (
    /allAuthenticatedUsers|allUsers/.test(member) ||
    /^(principalSet|principal|principalHierarchy):/.test(member)
  );
}

const MEMBER = /.+:.+|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers/;

function memberProblem(member: string, key: string): string | undefined {
  if (member.startsWith("deleted")) {
    return `invalid value for ${key} (Terraform does not support IAM members for deleted principals)`;
  }
  return MEMBER.test(member)
    ? undefined
    : `invalid value "${member}" for ${key} (IAM members must have one of the values outlined here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding)`;
}

interface Policy {
  bindings?: { role?: string; members?: string[]; condition?: unknown }[];
}

/** google/tpgiamresource/resource_iam_member.go, resource_iam_policy.go, resource_iam_binding.go, iam.go */
export const iamMembers: RuleSet = {
  suppress: {
    "tpgiamresource.iamMemberCaseDiffSuppress": (_, before, after) =>
      isCaseSensitive(before) || isCaseSensitive(after) ? before === after : sameLetters(before, after),
    "tpgiamresource.jsonPolicyDiffSuppress": (_, before, after) => {
      if (before === "" && after === "") return true;
      const [a, b] = [policyOf(before), policyOf(after)];
      return a !== undefined && a === b;
    },
  },
  validate: {
    "tpgiamresource.validateIAMMember": (value, key) => memberProblem(textOf(value), key),
    "tpgiamresource.validateIamPolicy": (value) => {
      const policy = parseJson(textOf(value))?.value as Policy | undefined;
      if (policy === undefined) return `Could not unmarshal policy data ${textOf(value)}`;
      for (const [index, { members = [] }] of (policy?.bindings ?? []).entries()) {
        for (const [position, member] of members.entries()) {
          const problem = memberProblem(member, `bindings.${index}.members.${position}`);
          if (problem) return problem;
        }
      }
      return undefined;
    },
  },
  codes: {
    // Members of a binding are the same in any letter case.
    "tpgiamresource.bindingMembers": (element) => codeOfText(textOf(element).toLowerCase()),
  },
};

/** A policy in one form whatever the order of its bindings and members. */
function policyOf(text: string): string | undefined {
  const parsed =
    text === "" ? undefined : (parseJson(text)?.value as (Policy & { [key: string]: unknown }) | undefined);
  if (parsed === undefined) return undefined;
  const bindings = new Map<string, Set<string>>();
  for (const { role = "", members = [], condition } of parsed.bindings ?? []) {
    const key = JSON.stringify([role, condition ?? null]);
    const known = bindings.get(key) ?? new Set();
    for (const member of members)
      known.add(isCaseSensitive(member) ? member : member.replace(/:.*/, (rest) => rest.toLowerCase()));
    bindings.set(key, known);
  }
  const sorted = [...bindings]
    .map(([key, members]) => [key, [...members].sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted, parsed.etag ?? "", parsed.version ?? 0, parsed.auditConfigs ?? null]);
}
