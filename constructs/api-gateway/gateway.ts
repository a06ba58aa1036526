import { createHash } from "node:crypto";
import {
  GoogleApiGatewayApiConfigA,
  type GoogleApiGatewayApiConfigAConfig,
} from "@cdktf/provider-google-beta/lib/google-api-gateway-api-config";
import {
  GoogleApiGatewayGateway,
  type GoogleApiGatewayGatewayConfig,
} from "@cdktf/provider-google-beta/lib/google-api-gateway-gateway";
import { Construct } from "constructs";
import type { AccountLike } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { googleBeta } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { gatewayName, gatewayNameRule } from "./api";
import { type OwnDocument, ownDocumentProblems, withBackends } from "./document";
import { documentOf, type OpenApiDocument, type RouteSpec, routeProblems, type TokenIssuer } from "./openapi";

/** What a gateway answers: typed routes, or a document of one's own. */
export type ApiDefinition = { readonly routes: readonly RouteSpec[] } | OwnDocument;

/** A configuration of before, kept so that a rollback is a change of the gateway's pointer and nothing else. */
export interface KeptConfig {
  /** As it was: follows from the document and the account. */
  readonly id: string;
  /** The text that was uploaded. */
  readonly document: string;
}

/** Props of `Gateway`. */
export interface GatewayProps
  extends Transformable<{
    config: GoogleApiGatewayApiConfigAConfig;
    gateway: GoogleApiGatewayGatewayConfig;
  }> {
  /** The API, made in another stack. */
  readonly apiId: string;
  /** At most 49 characters. Can't change. */
  readonly gatewayId: string;
  /** Name that people read; title of the document. */
  readonly title: string;
  /** Where the gateway runs. Can't change. */
  readonly region: string;
  readonly definition: ApiDefinition;
  /** Issuers of the tokens that routes demand, by name. */
  readonly issuers: Readonly<Record<string, TokenIssuer>>;
  /** What the gateway calls the services with; never the project's default account. */
  readonly account: AccountLike;
  /** Configurations of before, at most 5. @default - none: the old configuration goes when the gateway has moved */
  readonly kept?: readonly KeptConfig[];
  /** Id of the configuration that the gateway serves. @default - the one that `definition` makes */
  readonly serving?: string;
}

/**
 * A gateway and the configuration that it serves. The configuration's id follows from its content: a changed route is
 * another configuration, made before the gateway moves to it and before the old one goes. (The provider compares only
 * the id: a changed document under the same id would never reach the gateway.)
 *
 * @throws UserError with everything that is wrong with the routes or the document
 */
export class Gateway extends Construct {
  /** `c-` and the first 12 digits of a hash. */
  readonly configId: string;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    this.validate(props);
    const document = writeDocument(props);
    this.configId = apiConfigId(document, props.account.email);
    const configs = [{ id: this.configId, document }, ...(props.kept ?? [])];
    this.createGateway(props, this.createConfigs(props, configs));
  }

  private validate({ apiId, gatewayId, definition, issuers, account, kept = [] }: GatewayProps): void {
    refuse(this, `gateway ${gatewayId}`, [
      checkName(apiId, gatewayName, "apiId", gatewayNameRule),
      checkName(gatewayId, gatewayName, "gatewayId", gatewayNameRule),
      ...("routes" in definition
        ? routeProblems(definition.routes, issuers)
        : ownDocumentProblems(definition)),
      check(kept.length <= 5, "kept", `${kept.length} configurations`, "at most 5"),
      ...kept.map(({ id, document }, index) =>
        check(
          id === apiConfigId(document, account.email),
          `kept[${index}].id`,
          id,
          `${apiConfigId(document, account.email)}, which follows from its document and the account`,
        ),
      ),
    ]);
  }

  /** Answers the one that is served. */
  private createConfigs(props: GatewayProps, configs: readonly KeptConfig[]): GoogleApiGatewayApiConfigA {
    const { serving = this.configId } = props;
    const made = new Map<string, GoogleApiGatewayApiConfigA>();
    for (const { id, document } of configs) {
      if (!made.has(id)) {
        made.set(id, this.createConfig(props, id, document));
      }
    }
    const served = made.get(serving);
    refuse(this, `gateway ${props.gatewayId}`, [
      check(served !== undefined, "serving", serving, `one of ${[...made.keys()].join(", ")}`),
    ]);
    return served as GoogleApiGatewayApiConfigA;
  }

  private createConfig({ apiId, title, account, transform }: GatewayProps, id: string, document: string) {
    return new GoogleApiGatewayApiConfigA(
      this,
      id,
      transformed<GoogleApiGatewayApiConfigAConfig>(
        {
          provider: googleBeta(this),
          api: apiId,
          apiConfigId: id,
          displayName: title,
          openapiDocuments: [
            { document: { path: "openapi.json", contents: Buffer.from(document).toString("base64") } },
          ],
          gatewayConfig: { backendConfig: { googleServiceAccount: account.email } },
          lifecycle: { createBeforeDestroy: true },
        },
        transform?.config,
      ),
    );
  }

  private createGateway(props: GatewayProps, config: GoogleApiGatewayApiConfigA): void {
    new GoogleApiGatewayGateway(
      this,
      "gateway",
      transformed<GoogleApiGatewayGatewayConfig>(
        {
          provider: googleBeta(this),
          gatewayId: props.gatewayId,
          displayName: props.title,
          region: props.region,
          apiConfig: config.id,
        },
        props.transform?.gateway,
      ),
    );
  }
}

/** The text that is uploaded: always the same for the same routes. */
function writeDocument({ title, definition, issuers }: GatewayProps): string {
  const document: OpenApiDocument =
    "routes" in definition
      ? documentOf(title, definition.routes, issuers)
      : withBackends(definition, issuers);
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Id of a configuration: a hash of the document and of the account that calls the services. */
export function apiConfigId(document: string, account: string): string {
  return `c-${createHash("sha256").update(`${account}\n${document}`).digest("hex").slice(0, 12)}`;
}
