import type { AttributeDiff, Differences } from "./diff";

/** Differences by the steps of their addresses. */
export interface DiffNode {
  difference?: AttributeDiff;
  children: Map<string, DiffNode>;
}

export function diffTree(differences: Differences): DiffNode {
  const root: DiffNode = { children: new Map() };
  for (const difference of differences.values()) {
    let node = root;
    for (const step of difference.address) {
      let next = node.children.get(step);
      if (!next) {
        next = { children: new Map() };
        node.children.set(step, next);
      }
      node = next;
    }
    node.difference = difference;
  }
  return root;
}

/** Whether any difference at or below a node satisfies a condition. */
export function someDifference(
  node: DiffNode,
  condition: (difference: AttributeDiff, lastStep: string) => boolean,
): boolean {
  const { difference } = node;
  if (difference && condition(difference, difference.address.at(-1) as string)) return true;
  for (const child of node.children.values()) {
    if (someDifference(child, condition)) return true;
  }
  return false;
}
