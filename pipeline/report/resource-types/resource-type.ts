import type { RiskKind } from "../report";

/** What a change means for whoever depends on the thing. */
export interface Consequence {
  kind: RiskKind;
  /** Completes "deletes the cluster: …". */
  text: string;
}

/** How an attribute changes; texts and numbers with a unit in them are compared by their numbers. */
export type Movement =
  | "changes"
  | "is turned off"
  | "is turned on"
  | "is lowered"
  | "is raised"
  | "is removed";

/** A change of one attribute that a reviewer must see. */
export interface AttributeRisk {
  /** Path without the positions in lists: `replication_specs.region_configs.electable_specs.instance_size`. */
  path: string;
  when: Movement;
  kind: RiskKind;
  /** A whole clause: `the cluster can be destroyed by the next plan`. */
  text: string;
}

/** What a reviewer must know of a resource type. */
export interface ResourceTypeFacts {
  /** With its article: `the cluster`. */
  noun: string;
  /** Attributes that say which object in the world it is; two resources that agree in them are the same object. */
  identity: readonly string[];
  /** What its deletion means. @default - nothing beyond the deletion itself */
  deletion?: Consequence;
  /** What its replacement means. @default - as its deletion */
  replacement?: Consequence;
  /** What can't be taken back once it is there. @default - nothing */
  creation?: Consequence;
  /** @default - none */
  attributes?: readonly AttributeRisk[];
  /** What the bill depends on. @default - nothing that is known */
  costs?: readonly CostFact[];
}

/** An attribute that the bill depends on. */
export interface CostFact {
  /** Path without the positions in lists. */
  path: string;
  /** `size`: the name of one, such as M30; `amount`: a number; `switch`: on or off. */
  is: "size" | "amount" | "switch";
  /** Before the values: `electable nodes`; of a switch a clause: `the disk grows by itself`. @default - only the values */
  what?: string;
  /** `GB`. @default - none */
  unit?: string;
  /** The bill follows only if something else comes to it: clouds grow things by themselves, prices include a part. @default false */
  maybe?: boolean;
  /** Completes the sentence: `of which a tier includes some`. @default - nothing */
  note?: string;
}

export type ResourceTypeTable = Readonly<Record<string, ResourceTypeFacts>>;

export const loses = (text: string): Consequence => ({ kind: "data loss", text });
export const interrupts = (text: string): Consequence => ({ kind: "downtime", text });
export const isFinal = (text: string): Consequence => ({ kind: "irreversible", text });
export const opens = (text: string): Consequence => ({ kind: "access", text });

/** Members of a role: who loses or gains what. */
export function grant(noun: string, ...scope: readonly string[]): ResourceTypeFacts {
  return {
    noun,
    identity: [...scope, "role", "member"],
    deletion: opens("the member loses the role at once"),
    replacement: opens("for a moment the member has no access"),
  };
}
