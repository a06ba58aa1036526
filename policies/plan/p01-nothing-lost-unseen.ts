import { losses } from "../reading/losses";
import type { Change } from "../reading/planned";
import type { PlanRule } from "../rule";

export const nothingLostUnseen: PlanRule = {
  id: "P1",
  title: "What holds data or an identity is deleted or replaced only after a second look",
  why: "The data is gone, or everybody who knew it by its old identity no longer finds it.",
  mapsTo: [],
  check: (environment) => {
    const changes = environment.of(...Object.keys(losses));
    if (changes.length === 0) return "not applicable";
    return changes
      .filter((change) => change.deletes)
      .map((change) =>
        change.violation(
          undefined,
          `${change.replaces ? "is replaced" : "is deleted"}: ${lossOf(change)}`,
          "leave it as it is",
          { label: "approve:destroy", people: 1 },
        ),
      );
  },
};

function lossOf({ type }: Change): string {
  return losses[type] ?? "it does not come back";
}
