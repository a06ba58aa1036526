import { losses } from "../reading/losses";
import type { Change, PlannedEnvironment } from "../reading/planned";
import type { PlanRule, Violation } from "../rule";

const approval = { label: "approve:destroy", people: 1 } as const;

export const nothingLostUnseen: PlanRule = {
  id: "P1",
  title: "What holds data or an identity is deleted or replaced only after a second look",
  why: "The data is gone, or everybody who knew it by its old identity no longer finds it.",
  mapsTo: [],
  check: (environment) => {
    const changes = environment.of(...Object.keys(losses));
    const gone = goneStacks(environment);
    if (changes.length === 0 && gone.length === 0) return "not applicable";
    return [
      ...gone,
      ...changes
        .filter((change) => change.deletes)
        .map((change) =>
          change.violation(
            undefined,
            `${change.replaces ? "is replaced" : "is deleted"}: ${lossOf(change)}`,
            "leave it as it is",
            approval,
          ),
        ),
    ];
  },
};

/** Whatever is in it: that a stack goes as a whole is never a detail. */
function goneStacks({ stacks, changes }: PlannedEnvironment): Violation[] {
  return stacks.flatMap(({ name, isGone }) => {
    const count = changes.filter((change) => change.stack === name && change.deletes).length;
    if (!isGone || count === 0) return [];
    const found = `is no longer in the code: everything in it is deleted, ${count} ${count === 1 ? "object" : "objects"}`;
    return [{ stack: name, found, todo: 'decide "keep" in environments/orphans.json', approval }];
  });
}

function lossOf({ type }: Change): string {
  return losses[type] ?? "it does not come back";
}
