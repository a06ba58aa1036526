import { createHash, createHmac } from "node:crypto";
import type { ChangeJson, Json, PlanJson, ResourceChangeJson } from "../terraform/plan-json";
import { canonical } from "./canonical";
import type { DigestKey } from "./digest-key";
import { type Side, sideAfter, sideBefore } from "./sides";
import { withoutStamps } from "./stamps";

/** `sha256:` and 64 hexadecimal digits. Public: it stands in comments and in the history of applies. */
export type Digest = `sha256:${string}`;

/** Another number when the same plan gets another digest than before, so that old and new ones never agree by chance. */
const format = 1;

/**
 * The digest of one stack's plan: equal exactly when two plans do the same to the same objects. docs/infra/digest.md
 * says what counts. Sensitive values count too, under the key, so that nobody can guess them from the digest.
 *
 * @param plan what `terraform show -json` says of a saved plan
 * @param key the environment's; plans without sensitive values have the same digest under every key
 */
export function digestOf(plan: PlanJson, key: DigestKey): Digest {
  const resources = (plan.resource_changes ?? []).filter(counts).map(describeResource);
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, change]) => isAction(change))
    .map(([name, change]) => describe({ output: name }, change));
  const all = [...resources, ...outputs];
  const open = all.map((one) => canonical(one.open)).sort();
  const sealed = all.flatMap((one) => (one.sealed === undefined ? [] : [canonical(one.sealed)])).sort();
  const seal =
    sealed.length === 0 ? null : createHmac("sha256", key.bytes).update(canonical(sealed)).digest("hex");
  return hash({ format, open, seal });
}

/**
 * One digest for the plans of several stacks, whatever their order.
 *
 * @param digests of the stacks that change, by name
 */
export function digestOfAll(digests: Readonly<Record<string, Digest>>): Digest {
  return hash({ format, stacks: { ...digests } });
}

function hash(value: Json): Digest {
  return `sha256:${createHash("sha256").update(canonical(value)).digest("hex")}`;
}

/** Objects that the plan touches, moves or takes over. Reading a data source changes nothing. */
function counts(resource: ResourceChangeJson): boolean {
  if (resource.mode === "data") return false;
  const { address, previous_address: from, change } = resource;
  return isAction(change) || change.importing !== undefined || (from !== undefined && from !== address);
}

function isAction({ actions }: ChangeJson): boolean {
  return actions.some((action) => action !== "no-op");
}

interface Described {
  open: Json;
  sealed?: Json;
}

function describeResource(resource: ResourceChangeJson): Described {
  const { address, previous_address, deposed, type, provider_name, change } = resource;
  const who: { [key: string]: Json } = {
    address,
    // Terraform repeats the address where nothing is moved.
    from: previous_address === undefined || previous_address === address ? null : previous_address,
    deposed: deposed ?? null,
    type,
    provider: provider_name ?? null,
    importing: change.importing ? { ...change.importing } : null,
  };
  return describe(who, withoutStamps(change));
}

function describe(who: { [key: string]: Json }, change: ChangeJson): Described {
  const [before, after]: [Side, Side] = [sideBefore(change), sideAfter(change)];
  const open = { who, actions: [...change.actions], before: before.open, after: after.open };
  const isSealed = Object.keys(before.sealed).length + Object.keys(after.sealed).length > 0;
  return isSealed ? { open, sealed: { who, before: before.sealed, after: after.sealed } } : { open };
}
