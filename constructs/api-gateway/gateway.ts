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
import { checkName, refuse } from "../problems";
import { googleBeta } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { gatewayName, gatewayNameRule } from "./api";
import { type OwnDocument, ownDocumentProblems, withBackends } from "./document";
import { documentOf, type OpenApiDocument, type RouteSpec, routeProblems, type TokenIssuer } from "./openapi";

/** What a gateway answers: typed routes, or a document of one's own. */
export type ApiDefinition = { readonly routes: readonly RouteSpec[] } | OwnDocument;

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
    const config = this.createConfig(props, document);
    this.createGateway(props, config);
  }

  private validate({ apiId, gatewayId, definition, issuers }: GatewayProps): void {
    refuse(this, `gateway ${gatewayId}`, [
      checkName(apiId, gatewayName, "apiId", gatewayNameRule),
      checkName(gatewayId, gatewayName, "gatewayId", gatewayNameRule),
      ...("routes" in definition
        ? routeProblems(definition.routes, issuers)
        : ownDocumentProblems(definition)),
    ]);
  }

  private createConfig({ apiId, title, account, transform }: GatewayProps, document: string) {
    return new GoogleApiGatewayApiConfigA(
      this,
      this.configId,
      transformed<GoogleApiGatewayApiConfigAConfig>(
        {
          provider: googleBeta(this),
          api: apiId,
          apiConfigId: this.configId,
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
