import { type Finding, openErrors } from "@groundwork/policies/finding";
import type { Delivery } from "../../environments/delivery-schema";
import type { ReportedRisk } from "./report";

/**
 * What the rules will say when it is to be applied, for whoever reviews it: what can be approved in one line for each
 * rule and stack, what can't in its place. Warnings stop nobody and are left out.
 *
 * @param approvers teams whose members may set each label
 */
export function risksOfRules(findings: readonly Finding[], approvers: Delivery["approvers"]): ReportedRisk[] {
  const lines = new Map<string, Finding[]>();
  for (const finding of openErrors(findings)) {
    const { rule, stack, address, found, approval } = finding;
    const key = approval ? [rule, stack, approval.label, approval.people] : [rule, stack, address, found];
    const line = JSON.stringify(key);
    lines.set(line, [...(lines.get(line) ?? []), finding]);
  }
  return [...lines.values()].flatMap((same) => {
    const [first] = same;
    return first ? [riskOf(first, same.length, approvers)] : [];
  });
}

function riskOf(
  { rule, title, stack, address, attribute, found, todo, approval }: Finding,
  count: number,
  approvers: Delivery["approvers"],
): ReportedRisk {
  const place = { stack, ...(address === undefined || count > 1 ? {} : { address }) };
  if (!approval) {
    const what = attribute === undefined ? found : `${attribute}: ${found}`;
    return { kind: "refused", text: `${what}; ${todo} (${rule}: ${title})`, ...place };
  }
  const { label, people } = approval;
  const who = `somebody of ${approvers[label].join(" or ") || "a team that environments/delivery.ts names"}`;
  const more = people > 1 ? ", and a second one of them approves" : "";
  const times = count > 1 ? `, ${count} times` : "";
  const text = `waits for the label ${label}, set by ${who}${more} (${rule}: ${title}${times})`;
  return { kind: "approval", text, ...place };
}
