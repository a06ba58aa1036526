import * as m from "./messages";
import type { ProtocolVersion } from "./schema-messages";
import type { Message } from "./wire";

/** One remote call: its name in protocol 5 and in 6, what it is sent and what it answers. */
interface Call<Request, Response> {
  names: { [V in ProtocolVersion]: string };
  request: { decode(bytes: Uint8Array): Request };
  response: { encode(message: Response): Buffer };
}

function call<Q, QW, AR, A>(
  five: string,
  six: string,
  request: Message<Q, QW>,
  response: Message<AR, A>,
): Call<Q, A> {
  return { names: { 5: five, 6: six }, request, response };
}

/** Every call of the service `Provider`. */
export const CALLS = {
  metadata: call("GetMetadata", "GetMetadata", m.Empty, m.Metadata),
  schema: call("GetSchema", "GetProviderSchema", m.Empty, m.ProviderSchema),
  identitySchemas: call(
    "GetResourceIdentitySchemas",
    "GetResourceIdentitySchemas",
    m.Empty,
    m.IdentitySchemas,
  ),
  upgradeIdentity: call(
    "UpgradeResourceIdentity",
    "UpgradeResourceIdentity",
    m.UpgradeRequest,
    m.UpgradedIdentity,
  ),
  validateProvider: call(
    "PrepareProviderConfig",
    "ValidateProviderConfig",
    m.ProviderConfig,
    m.PreparedConfig,
  ),
  validateResource: call("ValidateResourceTypeConfig", "ValidateResourceConfig", m.TypedConfig, m.Judged),
  validateData: call("ValidateDataSourceConfig", "ValidateDataResourceConfig", m.TypedConfig, m.Judged),
  validateEphemeral: call(
    "ValidateEphemeralResourceConfig",
    "ValidateEphemeralResourceConfig",
    m.TypedConfig,
    m.Judged,
  ),
  configure: call("Configure", "ConfigureProvider", m.ConfigureRequest, m.Judged),
  upgradeState: call("UpgradeResourceState", "UpgradeResourceState", m.UpgradeRequest, m.Upgraded),
  read: call("ReadResource", "ReadResource", m.ReadRequest, m.ReadResponse),
  plan: call("PlanResourceChange", "PlanResourceChange", m.PlanRequest, m.PlanResponse),
  apply: call("ApplyResourceChange", "ApplyResourceChange", m.ApplyRequest, m.ApplyResponse),
  import: call("ImportResourceState", "ImportResourceState", m.ImportRequest, m.ImportResponse),
  move: call("MoveResourceState", "MoveResourceState", m.MoveRequest, m.MoveResponse),
  readData: call("ReadDataSource", "ReadDataSource", m.DataRequest, m.DataResponse),
  openEphemeral: call("OpenEphemeralResource", "OpenEphemeralResource", m.TypedConfig, m.Opened),
  renewEphemeral: call("RenewEphemeralResource", "RenewEphemeralResource", m.Named, m.Judged),
  closeEphemeral: call("CloseEphemeralResource", "CloseEphemeralResource", m.Named, m.Judged),
  functions: call("GetFunctions", "GetFunctions", m.Empty, m.Functions),
  callFunction: call("CallFunction", "CallFunction", m.FunctionCall, m.FunctionResult),
  stop: call("Stop", "StopProvider", m.Empty, m.Stopped),
};

export type CallName = keyof typeof CALLS;
export type Request<N extends CallName> = (typeof CALLS)[N] extends Call<infer Q, infer _> ? Q : never;
export type Response<N extends CallName> = (typeof CALLS)[N] extends Call<infer _, infer A> ? A : never;
