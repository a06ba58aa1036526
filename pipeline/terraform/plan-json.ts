/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What Terraform does to one object. A replacement is two actions, in the order in which they happen. */
export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** A change of one value. https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export interface ChangeJson {
  actions: Action[];
  before?: Json;
  after?: Json;
  /** `true` in the place of each value that is known only after the apply. */
  after_unknown?: Json;
  /** `true` in the place of each value that must not be shown. */
  before_sensitive?: Json;
  after_sensitive?: Json;
  /** Attributes that force the replacement. */
  replace_paths?: (string | number)[][];
  importing?: { id?: string; identity?: Json };
}

export interface ResourceChangeJson {
  address: string;
  /** Where the object was in the state before; set when it is moved. */
  previous_address?: string;
  /** Key of an object that a replacement left behind; its resource has another one by now. */
  deposed?: string;
  mode: "managed" | "data";
  type: string;
  name: string;
  provider_name?: string;
  change: ChangeJson;
  action_reason?: string;
}

/** What this project reads of a plan. https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
export interface PlanJson {
  format_version: string;
  terraform_version?: string;
  errored?: boolean;
  resource_changes?: ResourceChangeJson[];
  /** What was changed behind Terraform's back. */
  resource_drift?: ResourceChangeJson[];
  /** Attributes outside of a changed resource that the change comes from. */
  relevant_attributes?: { resource: string; attribute: (string | number)[] }[];
  output_changes?: { [name: string]: ChangeJson };
}

/**
 * Reads the text of `terraform show -json`. Numbers that JavaScript can't hold exactly become texts: two of them that
 * differ must never look the same.
 */
export function readPlanJson(text: string): PlanJson {
  return JSON.parse(holdsLongNumber.test(text) ? text.replace(tokens, exactNumber) : text) as PlanJson;
}

/** Sixteen digits outside of a name; a cheap look before the careful one. */
const holdsLongNumber = /[:,[]\s*-?[\d.]{16,}/;
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function exactNumber(token: string): string {
  const isExact = token.startsWith('"') || token.length < 16 || JSON.stringify(JSON.parse(token)) === token;
  return isExact ? token : JSON.stringify(token);
}
