import type { PlanRule } from "../rule";

export const insideAWindow: PlanRule = {
  id: "P11",
  title: "Changes are applied inside a deployment window, and never in a freeze",
  why: "Outside of it, nobody is there who could help.",
  mapsTo: [],
  check: ({ changes, stacks, name, surroundings: { window } }) => {
    const [first] = changes;
    if (!first) return "not applicable";
    if (!window) return { notChecked: "windows are judged when it is applied" };
    if (window.open) return [];
    return [
      {
        stack: stacks.find((one) => one.name === first.stack)?.name ?? `${name}`,
        found: window.reason ?? "the window is closed",
        todo: window.opens === undefined ? "wait for a window" : `apply it from ${window.opens} on`,
      },
    ];
  },
};
