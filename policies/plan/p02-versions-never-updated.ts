import { versionTypes } from "../reading/terms";
import type { PlanRule } from "../rule";

export const versionsNeverUpdated: PlanRule = {
  id: "P2",
  title: "A version of a service is never changed in place",
  why: "App Engine redeploys it under the same name: traffic is cut over at once, and there is no way back.",
  mapsTo: [],
  check: (environment) => {
    const changes = environment.of(...versionTypes);
    if (changes.length === 0) return "not applicable";
    return changes
      .filter((change) => change.updates)
      .map((change) =>
        change.violation(
          undefined,
          "is redeployed in place, with everybody's traffic on it",
          "make a new version: its id follows from its content, and traffic moves when the manifest says so",
        ),
      );
  },
};
