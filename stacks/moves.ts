import { TerraformResource } from "cdktf";
import type { Move } from "../environments/moves";
import type { EnvironmentStack } from "./environment-stack";

/**
 * Tells Terraform which objects have another name now, so that it renames them in the state instead of destroying and
 * making them. A stack gets the moves that lead to what it has, directly or by further moves.
 */
export function addMoves(stack: EnvironmentStack, moves: readonly Move[]): void {
  const own = movesOf(stack.node.id, addressesOf(stack), moves);
  if (own.length > 0) {
    stack.addOverride(
      "moved",
      own.map(({ from, to }) => ({ from, to })),
    );
  }
}

/**
 * The moves that a stack needs, in the order of the list.
 *
 * @param addresses of its resources
 */
export function movesOf(stack: string, addresses: ReadonlySet<string>, moves: readonly Move[]): Move[] {
  const candidates = moves.filter((move) => move.stack === undefined || move.stack === stack);
  const reached = new Set(addresses);
  const own = new Set<Move>();
  for (let before = -1; before < own.size; ) {
    before = own.size;
    for (const move of candidates) {
      if (!own.has(move) && reached.has(withoutIndex(move.to)) && !addresses.has(move.from)) {
        own.add(move);
        reached.add(withoutIndex(move.from));
      }
    }
  }
  return candidates.filter((move) => own.has(move));
}

function addressesOf(stack: EnvironmentStack): Set<string> {
  const resources = stack.node.findAll().filter((one) => TerraformResource.isTerraformResource(one));
  return new Set(
    resources.map((resource) => {
      const { terraformResourceType, friendlyUniqueId } = resource as TerraformResource;
      return `${terraformResourceType}.${friendlyUniqueId}`;
    }),
  );
}

/** `google_storage_bucket.a` of `google_storage_bucket.a["x"]`. */
function withoutIndex(address: string): string {
  return address.replace(/\[.*$/, "");
}
