import type { Delivery } from "../../environments/delivery-schema";
import { withFormer } from "../../environments/load-delivery";
import type { GitRepository } from "../git/repository";
import { type Stack, stagesOf } from "../synthesis/stack-list";

/**
 * How changes reach environments, with what a commit tells of those that the code no longer has. Only a commit of the main
 * branch is believed: a branch could say of production that it was a preview.
 *
 * @param since the commit, in any way git knows
 * @param stacks what it made
 */
export async function formerDelivery(
  delivery: Delivery,
  since: string | undefined,
  { stacks, repository }: { stacks: readonly Stack[]; repository: GitRepository },
): Promise<Delivery> {
  const commit = since === undefined ? undefined : await repository.commit(since);
  const isKnown = commit !== undefined && (await repository.isOn(commit, delivery.mainBranch));
  return isKnown ? withFormer(delivery, stagesOf(stacks)) : delivery;
}
