import { count, some } from "../reading/terms";
import type { PlanRule } from "../rule";

export const fewDeletions: PlanRule = {
  id: "P13",
  title: "One change deletes only a few things",
  why: "A wrong name or a lost file shows as many deletions at once.",
  mapsTo: [],
  check: ({ changes, name, surroundings: { deletionLimit: limit } }) => {
    if (changes.length === 0) return "not applicable";
    if (limit === undefined) return { notChecked: "how many deletions are allowed was not given" };
    const deleted = changes.filter((change) => change.deletes);
    const [first] = deleted;
    if (deleted.length <= limit || !first) return [];
    return [
      {
        stack: first.stack,
        found: `${count(deleted.length, "deletion or replacement", "deletions and replacements")} in ${name}, more than ${limit}: ${some(deleted.map(({ address }) => address))}`,
        todo: "split the change, if all of it is meant",
      },
    ];
  },
};
