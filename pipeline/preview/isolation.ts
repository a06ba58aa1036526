import type { CheckResult } from "@groundwork/policies/finding";
import { findingText, openErrors } from "@groundwork/policies/finding";
import type { Delivery } from "../../environments/delivery-schema";
import { checkPlanned } from "../check/check-planned";
import { checkSynthesis } from "../check/check-synthesis";
import type { Stack } from "../synthesis/stack-list";
import type { PlanJson } from "../terraform/plan-json";
import { capProblems, type OwnNames } from "./caps";

/** What a preview is judged by before it is applied. */
export interface IsolationOptions {
  root: string;
  delivery: Delivery;
  /** The only project that may be touched. */
  project: string;
  now: Date;
  own: OwnNames;
}

/**
 * What keeps a preview from being applied, in one line each: the preview pack's rules over what is synthesized and planned
 * (P14: nothing but its own names; S31: nothing in another project), every planned change in another project, and what
 * previews can't have.
 */
export function isolationProblems(stack: Stack, plan: PlanJson, options: IsolationOptions): string[] {
  const { root, delivery, now, project, own } = options;
  const planned = checkPlanned([{ name: stack.name, environment: stack.environment, plan }], {
    root,
    delivery,
    now,
  });
  return [
    ...open(checkSynthesis([stack], delivery, now)),
    ...open(planned),
    ...strangers(plan, project),
    ...capProblems(plan, own),
  ];
}

function open({ findings }: CheckResult): string[] {
  return openErrors(findings).map(findingText);
}

function strangers({ resource_changes: changes = [] }: PlanJson, project: string): string[] {
  return changes
    .filter(({ change }) => change.actions.some((action) => action !== "no-op" && action !== "read"))
    .flatMap(({ address, change: { before, after } }) =>
      [before, after]
        .map((side) =>
          typeof side === "object" && side !== null ? (side as { project?: unknown }).project : undefined,
        )
        .filter((found) => typeof found === "string" && found !== project)
        .map((found) => `${address}: in the project ${found}; previews live in ${project} alone`),
    );
}
