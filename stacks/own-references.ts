import { UserError } from "@groundwork/user-error";

/** What is read of a stack's `cdk.tf.json`. */
export interface References {
  readonly resource?: Readonly<Record<string, object>>;
}

const reference = /(?<![\w.-])([a-z][a-z0-9]*_\w+)\.([A-Za-z_][\w-]*)/g;

/**
 * Holds decision 2 of the architecture: a stack names what is in another one, and never refers to it. CDKTF would make a
 * remote state of such a reference, in a second look at everything, which our stacks leave out.
 *
 * @param configurations by the stack's name
 * @throws UserError with every reference from one stack to another's resource
 */
export function refuseReferencesBetweenStacks(configurations: ReadonlyMap<string, References>): void {
  const owners = new Map<string, string>();
  const own = new Map([...configurations].map(([name, one]) => [name, new Set(addressesOf(one))]));
  for (const [name, addresses] of own) {
    for (const address of addresses) owners.set(address, name);
  }
  const problems = [...configurations].flatMap(([name, configuration]) =>
    [...new Set(referencesOf(configuration))].flatMap((address) => {
      const owner = owners.get(address);
      if (owner === undefined || own.get(name)?.has(address)) return [];
      return [{ field: name, found: `a reference to ${address} of ${owner}`, expected: "its computed name" }];
    }),
  );
  if (problems.length > 0) {
    throw new UserError("Stacks name what is in other stacks, they don't refer to it.", problems);
  }
}

function addressesOf({ resource = {} }: References): string[] {
  return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((id) => `${type}.${id}`));
}

function referencesOf(value: unknown): string[] {
  if (typeof value === "string") {
    if (!value.includes("${")) return [];
    return [...value.matchAll(reference)].map(([, type, id]) => `${type}.${id}`);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(referencesOf);
}
