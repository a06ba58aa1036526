import type { ConfiguredProvider, ProviderLogic } from "../../providers/contract";
import { resourceType } from "../../schemas/catalogue";
import type { ProviderName, ResourceType } from "../../schemas/model";
import type { Services } from "../../services/contract";
import type { Diagnostic } from "../../values/diagnostic";
import type { CallName, Request, Response } from "../calls";
import type { ProtocolVersion } from "../schema-messages";

export type Operation = "validate" | "plan" | "create" | "read" | "update" | "delete" | "import";

/** Types whose schemas a provider tells. Names that it doesn't have are left out. */
export interface UsedTypes {
  resources: ReadonlySet<string>;
  data: ReadonlySet<string>;
}

/** What a provider's handlers stand on. */
export interface HandlerContext {
  provider: ProviderName;
  protocol: ProtocolVersion;
  logic: ProviderLogic;
  services: Services;
  typesInUse: (provider: ProviderName) => UsedTypes | "all";
  /** Asked before each operation; an error among the diagnostics ends it. */
  intercept?: ((operation: Operation, type: string) => Promise<Diagnostic[] | undefined>) | undefined;
}

/** One connection: Terraform opens one for every provider block that it configures. */
export interface Client {
  provider?: ConfiguredProvider;
}

export type Handlers = {
  [N in CallName]: (request: Request<N>, client: Client) => Response<N> | Promise<Response<N>>;
};

/** Ends a call with diagnostics for the user. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[]) {
    super(diagnostics.map(({ summary }) => summary).join("; "));
    this.diagnostics = diagnostics;
  }

  static of(summary: string, detail: string): Refusal {
    return new Refusal([{ severity: "error", summary, detail }]);
  }
}

/** @throws Refusal when the provider has no such resource type */
export function resourceTypeOf(context: HandlerContext, name: string): ResourceType {
  const type = resourceType(context.provider, name);
  if (!type) {
    throw Refusal.of(
      "Unknown resource type",
      `The sandbox's provider ${context.provider} has no resource type "${name}".`,
    );
  }
  return type;
}

/** @throws Refusal when this connection was never configured */
export function configuredProvider(context: HandlerContext, client: Client): ConfiguredProvider {
  if (!client.provider) {
    throw Refusal.of(
      "Provider not configured",
      `The sandbox's provider ${context.provider} was asked for a resource before it was configured.`,
    );
  }
  return client.provider;
}

/**
 * Lets a fault come first.
 * @returns warnings to be passed on
 * @throws Refusal when the fault is an error
 */
export async function passFaults(
  context: HandlerContext,
  operation: Operation,
  type: string,
): Promise<Diagnostic[]> {
  const diagnostics = (await context.intercept?.(operation, type)) ?? [];
  if (hasError(diagnostics)) throw new Refusal(diagnostics);
  return diagnostics;
}

export function hasError(diagnostics: Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
