import type { Owned } from "../behaviour";

/**
 * The parts of a resource's policy: they go with it.
 * @param named what policies call the resource @default - its id
 */
export function policyOf(type: string, named: (id: string) => string = (id) => id): Owned[] {
  const below = ({ id }: { id: string }): string => `${named(id)}/`;
  return [
    { type: `${type}_iam_member`, prefix: below },
    { type: `${type}_iam_binding`, prefix: below },
    {
      type: `${type}_iam_policy`,
      prefix: ({ id }) => named(id),
      of: (policy, { id }) => policy.id === named(id),
    },
  ];
}
