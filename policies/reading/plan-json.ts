import type { Json } from "./json";

/** What Terraform does to one object. A replacement is two actions, in the order in which they happen. */
export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** A change of one value. https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export interface ChangeJson {
  readonly actions: readonly Action[];
  readonly before?: Json;
  readonly after?: Json;
  /** `true` in the place of each value that is known only after the apply. */
  readonly after_unknown?: Json;
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly change: ChangeJson;
}

/** What the rules read of `terraform show -json`. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChangeJson[];
  readonly output_changes?: { readonly [name: string]: ChangeJson };
}
