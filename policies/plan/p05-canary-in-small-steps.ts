import { type SplitChange, sameShares, splitChanges } from "../reading/traffic";
import { failsClosed, type PlanRule, type Violation } from "../rule";

export const canaryInSmallSteps: PlanRule = {
  id: "P5",
  title: "A canary moves traffic in small steps",
  why: "A bad version hurts as many customers as it gets.",
  mapsTo: [],
  check: (environment, { releases }) => {
    const changes = splitChanges(environment);
    if (changes.length === 0) return "not applicable";
    const { release } = environment.surroundings;
    return changes.flatMap((split): Violation[] => {
      const intent = release?.[split.service];
      if (intent && intent.strategy !== "canary") return [];
      if (split.after === undefined) {
        if (!failsClosed(environment.pack)) return [];
        return [
          split.change.violation(
            "split.allocations",
            "the new split is known only after the apply",
            "name versions by their ids",
          ),
        ];
      }
      // Back to what had the traffic before, at once: that is what a rollback is for.
      if (intent?.previousTraffic && sameShares(split.after, intent.previousTraffic)) return [];
      return steps(split, releases.canaryStep);
    });
  },
};

function steps({ change, service, before, after = {} }: SplitChange, limit: number): Violation[] {
  return Object.entries(after)
    .map(([version, share]) => ({ version, step: share - (before[version] ?? 0), share }))
    .filter(({ step }) => step > limit + 1e-9)
    .map(({ version, step, share }) =>
      change.violation(
        `split.allocations.${version}`,
        `${version} of ${service} goes from ${percent(share - step)} to ${percent(share)} in one step`,
        `move at most ${percent(limit)} at once; or say strategy "blue-green" in the manifest`,
      ),
    );
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
