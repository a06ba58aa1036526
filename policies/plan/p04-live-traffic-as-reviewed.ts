import { sameShares, sharesText, splitChanges } from "../reading/traffic";
import type { PlanRule } from "../rule";

export const liveTrafficAsReviewed: PlanRule = {
  id: "P4",
  title: "Traffic moves from where the manifest says it is",
  why: "Terraform never reads the live split: somebody may have moved traffic by hand, for a reason.",
  mapsTo: [],
  check: (environment) => {
    const changes = splitChanges(environment);
    if (changes.length === 0) return "not applicable";
    const { liveTraffic } = environment.surroundings;
    const unseen = changes.filter(({ service }) => liveTraffic?.[service] === undefined);
    if (unseen.length > 0) {
      return {
        notChecked: `the live traffic of ${unseen.map(({ service }) => service).join(", ")} was not given`,
      };
    }
    return changes.flatMap(({ change, service, before, after }) => {
      const live = liveTraffic?.[service] ?? {};
      // Where it is to go it may be already: a run broke off, or somebody was faster in an incident.
      if (sameShares(live, before) || (after && sameShares(live, after))) return [];
      return [
        change.violation(
          "split.allocations",
          `${service} is served by ${sharesText(live)}, the manifest had ${sharesText(before)}`,
          "find out who moved it; write the live split into the manifest first",
        ),
      ];
    });
  },
};
