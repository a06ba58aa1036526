/** Name under which the gateway's own API key scheme stands in documents. */
export const API_KEY = "api-key";

/** One alternative of what a call must show: schemes by name, all of them. */
export type Requirement = Readonly<Record<string, readonly string[]>>;

/** Who may call a route: everybody, whoever has an API key, or the holders of a token of one of some issuers. */
export type Access = "public" | typeof API_KEY | (string & {}) | readonly string[];

/** Names of the issuers whose tokens are accepted. */
export function issuersOf(access: Access): readonly string[] {
  if (typeof access !== "string") {
    return access;
  }
  return access === "public" || access === API_KEY ? [] : [access];
}

/**
 * What a call must show.
 *
 * @param withKey whether an API key is demanded beside the token
 * @returns an empty list for everybody: OpenAPI's way to say that an operation is public on purpose
 */
export function requirementsOf(access: Access, withKey: boolean): Requirement[] {
  if (access === "public") {
    return [];
  }
  if (access === API_KEY) {
    return [{ [API_KEY]: [] }];
  }
  return issuersOf(access).map((issuer) => ({ [issuer]: [], ...(withKey ? { [API_KEY]: [] } : {}) }));
}

/** Whether everybody passes: nothing is demanded, or one alternative demands nothing. */
export function isOpen(requirements: readonly Requirement[] | undefined): boolean {
  return !requirements?.length || requirements.some((one) => Object.keys(one).length === 0);
}

/** Whether a scheme is demanded in every alternative. */
export function demands(
  requirements: readonly Requirement[] | undefined,
  schemes: readonly string[],
): boolean {
  return (
    !isOpen(requirements) &&
    (requirements ?? []).every((one) => Object.keys(one).some((name) => schemes.includes(name)))
  );
}
