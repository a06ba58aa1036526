import type { CheckResult } from "@groundwork/policies/finding";
import { findingText, openErrors } from "@groundwork/policies/finding";
import { textsWithin, valueAt } from "@groundwork/policies/reading/json";
import { mentions } from "@groundwork/policies/reading/mentions";
import type { Delivery } from "../../environments/delivery-schema";
import { checkPlanned } from "../check/check-planned";
import { checkSynthesis } from "../check/check-synthesis";
import type { Stack } from "../synthesis/stack-list";
import type { Json, PlanJson } from "../terraform/plan-json";
import { capProblems, type OwnNames } from "./caps";

/** What a preview is judged by before it is applied. */
export interface IsolationOptions {
  root: string;
  delivery: Delivery;
  /** The only project that may be touched. */
  project: string;
  now: Date;
  own: OwnNames;
  others: OtherEnvironments;
}

/** Projects and state buckets of all other environments, by environment. */
export type OtherEnvironments = Readonly<Record<string, readonly string[]>>;

/** Where the state of a preview belongs. */
export interface OwnState {
  bucket: string;
  /** `previews/pr-12`. */
  prefix: string;
}

/**
 * What keeps a synthesized preview from being planned, in one line each: a state that is not its own, and the name of
 * another environment, wherever it stands. Planning reads both already.
 *
 * @param configuration `cdk.tf.json`
 */
export function configurationProblems(
  configuration: Json,
  own: OwnState,
  others: OtherEnvironments,
): string[] {
  const kept = ["bucket", "prefix"] as const;
  const elsewhere = kept.flatMap((field) => {
    const found = valueAt(configuration, `terraform.backend.gcs.${field}`);
    if (found === own[field]) return [];
    return [
      `terraform.backend.gcs.${field}: ${JSON.stringify(found) ?? "nothing"}; its own is ${own[field]}`,
    ];
  });
  return [...elsewhere, ...namesOfOthers(configuration, others)];
}

/**
 * What keeps a preview from being applied, in one line each: the preview pack's rules over what is synthesized and planned
 * (P14: nothing but its own names), every planned change in another project or that names another environment's, and what
 * previews can't have.
 */
export function isolationProblems(stack: Stack, plan: PlanJson, options: IsolationOptions): string[] {
  const { root, delivery, now, project, own, others } = options;
  const planned = checkPlanned([{ name: stack.name, environment: stack.environment, plan }], {
    root,
    delivery,
    now,
  });
  return [
    ...open(checkSynthesis([stack], delivery, now)),
    ...open(planned),
    ...strangers(plan, project),
    ...(plan.resource_changes ?? []).flatMap(({ address, change }) =>
      namesOfOthers(change.after ?? null, others, `${address}.`),
    ),
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

/** `google_app_engine_standard_app_version.x.vpc_access_connector[0].name: names shop-prod, which is prod's`. */
function namesOfOthers(values: Json, others: OtherEnvironments, root = ""): string[] {
  const texts = textsWithin(values);
  return Object.entries(others).flatMap(([environment, names]) =>
    names.flatMap((name) =>
      texts
        .filter(({ text }) => mentions(text, name))
        .map(({ path }) => `${root}${path}: names ${name}, which is ${environment}'s`),
    ),
  );
}
