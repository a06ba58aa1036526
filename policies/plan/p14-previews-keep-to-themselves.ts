import { textsWithin } from "../reading/json";
import type { Change } from "../reading/planned";
import type { PlanRule } from "../rule";

/** What tells an object from others, whatever its type. */
const identifying =
  /(^|\.)(name|id|account_id|api|api_config_id|api_id|channel_id|cluster_name|database|database_name|gateway_id|member|object|role_name|secret_id|service|service_account_id|site_id|username|version_id|bucket)(\[\d+\])?$/;

/** Things that exist in the state and nowhere else. */
const onlyInState = new Set(["terraform_data"]);

export const previewsKeepToThemselves: PlanRule = {
  id: "P14",
  title: "A preview changes only what carries its own number",
  why: "Code that was not reviewed yet must not change what others use.",
  mapsTo: [],
  check: ({ changes }) => {
    const own = changes.filter(({ stack, type }) => numberOf(stack) !== undefined && !onlyInState.has(type));
    if (own.length === 0) return "not applicable";
    return own
      .filter((change) => !isOwn(change, numberOf(change.stack) ?? ""))
      .map((change) =>
        change.violation(
          undefined,
          `is not a thing of pull request ${numberOf(change.stack)}: nothing that names it says pr-${numberOf(change.stack)}`,
          "give it a name of the preview's own, or leave it out",
        ),
      );
  },
};

/** `previews-pr-12`: 12. What a preview shares with others has no number. */
function numberOf(stack: string): string | undefined {
  return /(?:^|[-_/])pr[-_](\d+)(?:[-_]|$)/.exec(stack)?.[1];
}

/** Both sides of a change: a preview must not take over a thing by renaming it. */
function isOwn(change: Change, number: string): boolean {
  const mark = new RegExp(`(^|[^a-z0-9])pr[-_]${number}([^0-9]|$)`, "i");
  const { before, after } = change.json.change;
  const sides = [before, after].filter((side) => side !== null && side !== undefined);
  return sides.every((side) =>
    textsWithin(side).some(({ path, text }) => identifying.test(path) && mark.test(text)),
  );
}
