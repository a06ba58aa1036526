import type { Problem } from "@groundwork/user-error";

/** Names that end like a secret. `TOKEN_LIFETIME` or `SECRET_NAME` say something about one, and pass. */
const secretName =
  /(^|_)(PASSWORD|PASSWD|PWD|PASSPHRASE|SECRET|SECRETS|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|CREDENTIALS?|CONNECTION_?STRING)$/i;

/** Values that are a secret whatever their name. */
const secretValues: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, what: "a private key" },
  { pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, what: "an address with a password" },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/, what: "a signed token" },
  { pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, what: "an access key" },
  { pattern: /\bAIza[\w-]{35}\b/, what: "an API key" },
  { pattern: /\b(gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,})/, what: "an access token" },
  { pattern: /\bxox[abprs]-[\w-]{10,}/, what: "an access token" },
  { pattern: /\b[rs]k_(live|test)_\w{16,}/, what: "a payment key" },
  { pattern: /"private_key(_id)?"\s*:/, what: "a service account's key" },
];

/**
 * Environment variables that look like secrets. They would stand in code, in every plan and in the state; a secret's
 * place is a secret container, read at start by the service's own account. Values are never repeated.
 */
export function secretProblems(env: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const byValue = secretValues.find(({ pattern }) => pattern.test(value));
    const found = secretName.test(name)
      ? "the name of a secret"
      : byValue && `a value that looks like ${byValue.what}`;
    return found
      ? [
          {
            field: `env.${name}`,
            found,
            expected: "no secrets in variables: make it a secret and read it at start",
          },
        ]
      : [];
  });
}
