import {
  bool,
  bytes,
  int,
  many,
  manyEncoded,
  map,
  message,
  one,
  type Received,
  type Sent,
  string,
} from "./wire";

/** The messages of the plugin protocol. Protocol 5 and 6 differ in the names of calls, hardly in what they carry. */

export const DynamicValueMessage = message("DynamicValue", { msgpack: bytes(1), json: bytes(2) });
export type DynamicValue = Received<typeof DynamicValueMessage>;

const Step = message("Step", {
  attribute_name: string(1),
  element_key_string: string(2),
  element_key_int: int(3),
});
export const AttributePathMessage = message("AttributePath", { steps: many(1, Step) });
export type AttributePath = Sent<typeof AttributePathMessage>;

const DiagnosticMessage = message("Diagnostic", {
  severity: int(1),
  summary: string(2),
  detail: string(3),
  attribute: one(4, AttributePathMessage),
});
export type SentDiagnostic = Sent<typeof DiagnosticMessage>;

const RawState = message("RawState", { json: bytes(1) });
const value = (id: number) => one(id, DynamicValueMessage);
const diagnostics = (id: number) => many(id, DiagnosticMessage);

// Schemas. The attribute's numbers 10 and 11 are what differs between the two protocols (see AttributeMessage6).
export const AttributeMessage5 = message("Attribute5", {
  name: string(1),
  type: bytes(2),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  deprecated: bool(9),
  write_only: bool(10),
});
export const NestedObjectMessage = message("NestedObject", { attributes: manyEncoded(1), nesting: int(3) });
export const AttributeMessage6 = message("Attribute6", {
  name: string(1),
  type: bytes(2),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  deprecated: bool(9),
  nested_type: one(10, NestedObjectMessage),
  write_only: bool(11),
});
export const BlockMessage = message("Block", {
  attributes: manyEncoded(2),
  block_types: manyEncoded(3),
  deprecated: bool(6),
});
export const NestedBlockMessage = message("NestedBlock", {
  type_name: string(1),
  block: bytes(2),
  nesting: int(3),
  min_items: int(4),
  max_items: int(5),
});
export const SchemaMessage = message("Schema", { version: int(1), block: bytes(2) });
/** One entry of a map from names to schemas. */
export const SchemaEntryMessage = message("SchemaEntry", { key: string(1), value: bytes(2) });

const Capabilities = message("ServerCapabilities", {
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
});

const Parameter = message("FunctionParameter", {
  name: string(1),
  type: bytes(2),
  allow_null_value: bool(3),
  allow_unknown_values: bool(4),
  description: string(5),
});
const FunctionReturn = message("FunctionReturn", { type: bytes(1) });
const FunctionMessage = message("Function", {
  parameters: many(1, Parameter),
  return: one(3, FunctionReturn),
  summary: string(4),
  description: string(5),
});
export type FunctionDefinition = Sent<typeof FunctionMessage>;
const FunctionError = message("FunctionError", { text: string(1), function_argument: int(2) });

/** A call that is sent nothing. */
export const Empty = message("Empty", {});
/** A call that answers diagnostics only, under number 1. */
export const Judged = message("Judged", { diagnostics: diagnostics(1) });

/** Only the type is of interest. */
export const Named = message("Named", { type_name: string(1) });
const NamedFunction = message("NamedFunction", { name: string(1) });
export const Metadata = message("GetMetadataResponse", {
  server_capabilities: one(1, Capabilities),
  diagnostics: diagnostics(2),
  data_sources: many(3, Named),
  resources: many(4, Named),
  functions: many(5, NamedFunction),
  ephemeral_resources: many(6, Named),
});

export const ProviderSchema = message("GetProviderSchemaResponse", {
  provider: bytes(1),
  resource_schemas: manyEncoded(2),
  data_source_schemas: manyEncoded(3),
  diagnostics: diagnostics(4),
  server_capabilities: one(6, Capabilities),
  functions: map(7, FunctionMessage),
  ephemeral_resource_schemas: manyEncoded(8),
});

/** `GetResourceIdentitySchemas`: none of these provider versions has identities. */
export const IdentitySchemas = message("GetResourceIdentitySchemasResponse", { diagnostics: diagnostics(2) });
export const UpgradedIdentity = message("UpgradeResourceIdentityResponse", { diagnostics: diagnostics(2) });

export const ProviderConfig = message("ProviderConfigRequest", { config: value(1) });
export const PreparedConfig = message("PrepareProviderConfigResponse", {
  /** Protocol 5 only; ignored by protocol 6. */
  prepared_config: value(1),
  diagnostics: diagnostics(2),
});
export const ConfigureRequest = message("ConfigureRequest", {
  terraform_version: string(1),
  config: value(2),
});

export const TypedConfig = message("ValidateConfigRequest", { type_name: string(1), config: value(2) });

export const UpgradeRequest = message("UpgradeResourceStateRequest", {
  type_name: string(1),
  version: int(2),
  raw_state: one(3, RawState),
});
export const Upgraded = message("UpgradeResourceStateResponse", {
  upgraded_state: value(1),
  diagnostics: diagnostics(2),
});

export const ReadRequest = message("ReadResourceRequest", {
  type_name: string(1),
  current_state: value(2),
  private: bytes(3),
});
export const ReadResponse = message("ReadResourceResponse", {
  new_state: value(1),
  diagnostics: diagnostics(2),
  private: bytes(3),
});

export const PlanRequest = message("PlanResourceChangeRequest", {
  type_name: string(1),
  prior_state: value(2),
  proposed_new_state: value(3),
  config: value(4),
  prior_private: bytes(5),
});
export const PlanResponse = message("PlanResourceChangeResponse", {
  planned_state: value(1),
  requires_replace: many(2, AttributePathMessage),
  planned_private: bytes(3),
  diagnostics: diagnostics(4),
  legacy_type_system: bool(5),
});

export const ApplyRequest = message("ApplyResourceChangeRequest", {
  type_name: string(1),
  prior_state: value(2),
  planned_state: value(3),
  config: value(4),
  planned_private: bytes(5),
});
export const ApplyResponse = message("ApplyResourceChangeResponse", {
  new_state: value(1),
  private: bytes(2),
  diagnostics: diagnostics(3),
  legacy_type_system: bool(4),
});

export const ImportRequest = message("ImportResourceStateRequest", { type_name: string(1), id: string(2) });
const Imported = message("ImportedResource", { type_name: string(1), state: value(2), private: bytes(3) });
export const ImportResponse = message("ImportResourceStateResponse", {
  imported_resources: many(1, Imported),
  diagnostics: diagnostics(2),
});

export const MoveRequest = message("MoveResourceStateRequest", {
  source_provider_address: string(1),
  source_type_name: string(2),
  target_type_name: string(5),
});
export const MoveResponse = message("MoveResourceStateResponse", {
  target_state: value(1),
  diagnostics: diagnostics(2),
});

export const DataRequest = message("ReadDataSourceRequest", { type_name: string(1), config: value(2) });
export const DataResponse = message("ReadDataSourceResponse", {
  state: value(1),
  diagnostics: diagnostics(2),
});

export const Opened = message("OpenEphemeralResourceResponse", {
  diagnostics: diagnostics(1),
  result: value(3),
  private: bytes(4),
});

export const Functions = message("GetFunctionsResponse", {
  functions: map(1, FunctionMessage),
  diagnostics: diagnostics(2),
});
export const FunctionCall = message("CallFunctionRequest", {
  name: string(1),
  arguments: many(2, DynamicValueMessage),
});
export const FunctionResult = message("CallFunctionResponse", {
  result: value(1),
  error: one(2, FunctionError),
});

export const Stopped = message("StopResponse", { Error: string(1) });
