import { createHash } from "node:crypto";
import {
  GoogleApiGatewayApiConfigA,
  type GoogleApiGatewayApiConfigAConfig,
} from "@cdktf/provider-google-beta/lib/google-api-gateway-api-config";
import {
  GoogleApiGatewayGateway,
  type GoogleApiGatewayGatewayConfig,
} from "@cdktf/provider-google-beta/lib/google-api-gateway-gateway";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { AccountLike, Principal } from "../identity/principal";
import { check, checkName, refuse } from "../problems";
import { cloudOf, googleBeta } from "../provider/providers";
import { type Transformable, transformed } from "../transform";
import { type ApiLike, gatewayName, gatewayNameRule } from "./api";
import { type ApiDefinition, writeDefinition } from "./definition";
import { type GatewayAccess, grantOnGateway } from "./gateway-access";
import { limits, quotaProblem } from "./quota-guard";
import { type Quota, quotaProblems } from "./quotas";
import { gatewayRegions } from "./regions";
import { issuerProblems, type TokenIssuer } from "./token-issuers";

/** A configuration of before, kept so that a rollback is a change of the gateway's pointer and nothing else. */
export interface KeptConfig {
  /** As it was: follows from the document and the account. */
  readonly id: string;
  /** The text that was uploaded. */
  readonly document: string;
}

/** Configurations of before that are kept at most. */
const mostKept = 5;

/** A gateway, made here or in another stack. */
export interface GatewayLike {
  readonly gatewayId: string;
  /** Where it runs: `europe-west1`, `us-east1`. */
  readonly regions: readonly string[];
  /** What must be there before a load balancer points to it. @default - made before, by another stack */
  readonly resources?: readonly ITerraformDependable[];
}

/** Props of `Gateway`. */
export interface GatewayProps
  extends Transformable<{
    config: GoogleApiGatewayApiConfigAConfig;
    gateway: GoogleApiGatewayGatewayConfig;
  }> {
  readonly api: ApiLike;
  /** At most 49 characters. Can't change. */
  readonly gatewayId: string;
  /** Name that people read; title of the document. */
  readonly title: string;
  /** Where the gateway runs; several regions, each with its own host name, belong behind a `GatewayDomain`. */
  readonly region: string | readonly string[];
  readonly definition: ApiDefinition;
  /** Issuers of the tokens that routes demand, by name. */
  readonly issuers: Readonly<Record<string, TokenIssuer>>;
  /** What the gateway calls the services with; never the project's default account. */
  readonly account: AccountLike;
  /** What calling projects may spend, by name of the quota. @default - calls are not counted */
  readonly quotas?: Readonly<Record<string, Quota>>;
  /**
   * Whether browsers of other origins may call: `OPTIONS` of every path goes to its service, without a token. Which
   * origins pass is the service's answer.
   *
   * @default false
   */
  readonly cors?: boolean;
  /** OAuth client of the identity-aware proxy in front of the services. @default - no proxy: a token for the address */
  readonly iapClient?: string;
  /** Hosts outside this project that backends may be at. @default - none */
  readonly otherHosts?: readonly string[];
  /** Whether backends may be single versions, as a preview's are. @default false */
  readonly versions?: boolean;
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
export class Gateway extends Construct implements GatewayLike {
  readonly gatewayId: string;
  readonly regions: readonly string[];
  readonly resources: readonly GoogleApiGatewayGateway[];
  /** `c-` and the first 12 digits of a hash. */
  readonly configId: string;
  /** The text that is uploaded: what a release keeps for rollbacks. */
  readonly document: string;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    this.gatewayId = props.gatewayId;
    this.regions = typeof props.region === "string" ? [props.region] : props.region;
    this.document = this.validated(props);
    this.configId = apiConfigId(this.document, props.account.email);
    this.resources = this.createGateways(props, this.createConfigs(props));
  }

  /**
   * Lets somebody see or administer the gateway.
   *
   * @param id name of the grant, unique in the gateway
   */
  grant(id: string, principal: Principal, access: GatewayAccess): void {
    this.resources.forEach(({ gatewayId: gateway }, index) => {
      const region = this.regions[index] ?? "";
      grantOnGateway(this, `${id}-${region}`, { gateway, region }, principal, access);
    });
  }

  /** Answers the document. */
  private validated(props: GatewayProps): string {
    const { api, gatewayId, title, definition, issuers, account, quotas = {}, kept = [] } = props;
    const { cors = false, iapClient, otherHosts = [], versions = false } = props;
    const rules = { project: cloudOf(this).project, otherHosts, versions, issuers, quotas };
    const completion = { issuers, quotas, cors, iapClient };
    const { text, problems } = writeDefinition(definition, title, completion, rules);
    refuse(this, `gateway ${gatewayId}`, [
      checkName(api.apiId, gatewayName, "api.apiId", gatewayNameRule),
      checkName(gatewayId, gatewayName, "gatewayId", gatewayNameRule),
      check(
        this.regions.length > 0 && new Set(this.regions).size === this.regions.length,
        "region",
        this.regions,
        "at least one region, each once",
      ),
      ...this.regions.map((region) =>
        check(
          gatewayRegions.includes(region),
          "region",
          region,
          `a region that has API Gateway: ${gatewayRegions.join(", ")}`,
        ),
      ),
      check(
        iapClient === undefined || /^\d+-[a-z0-9]+\.apps\.googleusercontent\.com$/.test(iapClient),
        "iapClient",
        iapClient,
        "the id of an OAuth client: 123-abc.apps.googleusercontent.com",
      ),
      check(
        !Token.isUnresolved(account.email),
        "account",
        "an account whose address only Terraform knows",
        "accountByEmail(…): the address is part of the configuration's id",
      ),
      ...issuerProblems(issuers),
      ...quotaProblems(quotas),
      ...problems,
      check(kept.length <= mostKept, "kept", `${kept.length} configurations`, `at most ${mostKept}`),
      ...kept.map(({ id, document }, index) =>
        check(
          id === apiConfigId(document, account.email),
          `kept[${index}].id`,
          id,
          `${apiConfigId(document, account.email)}, which follows from its document and the account`,
        ),
      ),
      quotaProblem(this, `configurations of ${api.apiId}`, kept.length + 1, limits.configsPerApi, "kept"),
      ...this.regions.map((region) =>
        quotaProblem(this, `gateways in ${region}`, 1, limits.gatewaysPerRegion, "gatewayId"),
      ),
    ]);
    return text ?? "";
  }

  /** Answers the one that is served. */
  private createConfigs(props: GatewayProps): GoogleApiGatewayApiConfigA {
    const { serving = this.configId, kept = [] } = props;
    const made = new Map<string, GoogleApiGatewayApiConfigA>();
    for (const { id, document } of [{ id: this.configId, document: this.document }, ...kept]) {
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

  /** Its display name is its id: a title would be changed in every kept configuration when it changes. */
  private createConfig({ api, account, transform }: GatewayProps, id: string, document: string) {
    return new GoogleApiGatewayApiConfigA(
      this,
      id,
      transformed<GoogleApiGatewayApiConfigAConfig>(
        {
          provider: googleBeta(this),
          api: api.apiId,
          apiConfigId: id,
          displayName: id,
          openapiDocuments: [
            { document: { path: "openapi.json", contents: Buffer.from(document).toString("base64") } },
          ],
          gatewayConfig: { backendConfig: { googleServiceAccount: account.email } },
          lifecycle: { createBeforeDestroy: true },
          ...(api.resource ? { dependsOn: [api.resource] } : {}),
        },
        transform?.config,
      ),
    );
  }

  private createGateways(props: GatewayProps, config: GoogleApiGatewayApiConfigA): GoogleApiGatewayGateway[] {
    return this.regions.map(
      (region) =>
        new GoogleApiGatewayGateway(
          this,
          `gateway-${region}`,
          transformed<GoogleApiGatewayGatewayConfig>(
            {
              provider: googleBeta(this),
              gatewayId: props.gatewayId,
              displayName: props.title,
              region,
              apiConfig: config.id,
            },
            props.transform?.gateway,
          ),
        ),
    );
  }
}

/** A gateway that another stack makes. */
export function gatewayByName(gatewayId: string, ...regions: readonly string[]): GatewayLike {
  return { gatewayId, regions };
}

/** Id of a configuration: a hash of the document and of the account that calls the services. */
export function apiConfigId(document: string, account: string): string {
  return `c-${createHash("sha256").update(`${account}\n${document}`).digest("hex").slice(0, 12)}`;
}
