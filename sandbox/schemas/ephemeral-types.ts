import type { AttributeSchema, BlockSchema, DataSourceType, ProviderName, TypeExpression } from "./model";

const required = (type: TypeExpression): AttributeSchema => ({ type, required: true });
const optional = (type: TypeExpression): AttributeSchema => ({ type, optional: true });
const secret: AttributeSchema = { type: "string", computed: true, sensitive: true };
const delegates = optional(["set", "string"]);

/**
 * Ephemeral resource types: the same four in google and google-beta, none in mongodbatlas.
 * Source: `ephemeral_resource_schemas` of `terraform providers schema -json` with the real binaries.
 */
const GOOGLE: { [name: string]: BlockSchema["attributes"] } = {
  google_service_account_access_token: {
    access_token: secret,
    delegates,
    lifetime: { type: "string", optional: true, computed: true },
    scopes: required(["set", "string"]),
    target_service_account: required("string"),
  },
  google_service_account_id_token: {
    delegates,
    id_token: secret,
    include_email: optional("bool"),
    target_audience: required("string"),
    target_service_account: optional("string"),
  },
  google_service_account_jwt: {
    delegates,
    expires_in: optional("number"),
    jwt: secret,
    payload: required("string"),
    target_service_account: required("string"),
  },
  google_service_account_key: {
    key_algorithm: { type: "string", computed: true },
    name: required("string"),
    public_key: { type: "string", computed: true },
    public_key_type: optional("string"),
  },
};

/** All ephemeral resource types of a provider. */
export function ephemeralTypeNames(provider: ProviderName): string[] {
  return provider === "mongodbatlas" ? [] : Object.keys(GOOGLE);
}

/** An ephemeral resource type: like a data source, whose answer is never stored. */
export function ephemeralType(provider: ProviderName, name: string): DataSourceType | undefined {
  if (provider === "mongodbatlas" || !Object.hasOwn(GOOGLE, name)) return undefined;
  return { name, provider, block: { attributes: GOOGLE[name] ?? {}, blocks: {} } };
}
