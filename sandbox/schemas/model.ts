/** The type of an attribute, in the JSON notation of Terraform's type system. */
export type TypeExpression =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | ["list" | "set" | "map", TypeExpression]
  | ["object", { [name: string]: TypeExpression }];

export type Nesting = "single" | "list" | "set" | "map";

/** One attribute. Exactly one of `type` and `nested` is present. */
export interface AttributeSchema {
  type?: TypeExpression;
  /** A nested attribute of the plugin framework (protocol 6 only). */
  nested?: { nesting: Nesting; attributes: { [name: string]: AttributeSchema } };
  required?: boolean;
  optional?: boolean;
  computed?: boolean;
  sensitive?: boolean;
  writeOnly?: boolean;
  deprecated?: boolean;
}

export interface NestedBlockSchema {
  nesting: Exclude<Nesting, "map">;
  /** Fewest blocks allowed, as the real provider's schema tells Terraform. */
  minItems: number;
  /** Most blocks allowed; 0 is no limit. */
  maxItems: number;
  block: BlockSchema;
}

export interface BlockSchema {
  attributes: { [name: string]: AttributeSchema };
  blocks: { [name: string]: NestedBlockSchema };
  /** Terraform warns of its use: of the type, or of a block of this kind. */
  deprecated?: boolean;
}

export type ProviderName = "google" | "google-beta" | "mongodbatlas";

/**
 * Facts of one attribute or block, as recorded from the real provider; the format is described in
 * `schemas/README.md`. Flags are 1 when set and absent otherwise.
 */
export interface AttributeFacts {
  type?: "string" | "bool" | "int" | "float" | "list" | "set" | "map";
  kind?: string;
  elem?: AttributeFacts;
  elementType?: string;
  attrs?: { [name: string]: AttributeFacts };
  required?: 1;
  optional?: 1;
  computed?: 1;
  forceNew?: 1;
  default?: string | number | boolean;
  defaultText?: string;
  sensitive?: 1;
  writeOnly?: 1;
  deprecated?: 1;
  minItems?: number;
  maxItems?: number;
  validated?: 1;
  enum?: (string | number)[];
  range?: [number, number];
  min?: number;
  max?: number;
  length?: [number, number];
  regex?: string;
  format?: "cidr" | "ip";
  conflictsWith?: string[];
  exactlyOneOf?: string[];
  atLeastOneOf?: string[];
  requiredWith?: string[];
  diffSuppress?: 1;
  stateFunc?: 1;
  configMode?: "attr";
  useStateForUnknown?: 1;
  planModifiers?: number;
}

export interface ResourceFacts {
  attrs: { [name: string]: AttributeFacts };
  schemaVersion?: number;
  importer?: 1;
  customizeDiff?: 1;
  noUpdate?: 1;
  timeouts?: string[];
  framework?: 1;
  deprecated?: 1;
}

/** Everything the sandbox knows of one resource type of one provider. */
export interface ResourceType {
  name: string;
  provider: ProviderName;
  schemaVersion: number;
  /** What Terraform is told; derived from the facts. */
  block: BlockSchema;
  facts: ResourceFacts;
}

/** A data source or a provider block: only the schema is known. */
export interface DataSourceType {
  name: string;
  provider: ProviderName;
  block: BlockSchema;
}
