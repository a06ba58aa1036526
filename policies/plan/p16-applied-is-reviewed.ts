import type { PlanRule, Violation } from "../rule";

export const appliedIsReviewed: PlanRule = {
  id: "P16",
  title: "What is applied is what was reviewed, with the same providers",
  why: "Otherwise the review was about something else.",
  mapsTo: [],
  check: ({ changes, stacks, surroundings: { digests, lockFiles } }) => {
    if (changes.length === 0) return "not applicable";
    if (!digests && !lockFiles) return { notChecked: "nothing was reviewed yet: judged when it is applied" };
    const changing = stacks.filter(({ name }) => changes.some(({ stack }) => stack === name));
    const unreviewed = changing.filter(({ name }) => digests !== undefined && digests[name] === undefined);
    return [
      ...unreviewed.map(({ name }) => say(name, "a plan that nobody reviewed")),
      ...different(digests).map((name) => say(name, "another plan than the reviewed one")),
      ...different(lockFiles).map((name) =>
        say(name, "other providers than reviewed: the lock file changed"),
      ),
    ];
  },
};

function different(
  pairs: Readonly<Record<string, { readonly reviewed: string; readonly actual: string }>> = {},
): string[] {
  return Object.entries(pairs)
    .filter(([, { reviewed, actual }]) => reviewed !== actual)
    .map(([name]) => name);
}

function say(stack: string, found: string): Violation {
  return { stack, found, todo: "plan it again, and have that plan reviewed" };
}
