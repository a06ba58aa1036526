/** Names that end like a secret. `TOKEN_LIFETIME` or `SECRET_NAME` say something about one, and pass. */
const secretName =
  /(^|_)(PASSWORD|PASSWD|PWD|PASSPHRASE|SECRET|SECRETS|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|CREDENTIALS?|CONNECTION_?STRING)$/i;

/** Texts that are a secret wherever they stand. */
const secretTexts: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, what: "a private key" },
  { pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"]*:[^\s/@"]+@/i, what: "an address with a password" },
  { pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/, what: "a signed token" },
  { pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, what: "an access key" },
  { pattern: /\bAIza[\w-]{35}/, what: "an API key" },
  { pattern: /\bya29\.[\w-]{20,}/, what: "an access token" },
  { pattern: /\bGOCSPX-[\w-]{20,}/, what: "an OAuth client's secret" },
  {
    pattern: /\b(gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|npm_\w{36})/,
    what: "an access token",
  },
  { pattern: /\bxox[abprs]-[\w-]{10,}/, what: "an access token" },
  { pattern: /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/, what: "an address with a token" },
  { pattern: /\b[rs]k_(live|test)_\w{16,}/, what: "a payment key" },
  { pattern: /"private_key(_id)?"\s*:\s*"[^"$]/, what: "a service account's key" },
];

/** Whether the name of a variable says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** What a text looks like when it looks like a secret; nothing otherwise. */
export function secretKind(text: string): string | undefined {
  return secretTexts.find(({ pattern }) => pattern.test(text))?.what;
}

/**
 * Attributes whose values stand readable in the state, by type. There is a way without each: a write-only attribute, a
 * user without a password, a thing made by hand and referred to.
 */
export const leakingAttributes: Readonly<Record<string, readonly string[]>> = {
  google_secret_manager_secret_version: ["secret_data"],
  google_secret_manager_regional_secret_version: ["secret_data"],
  google_app_engine_application: ["iap.oauth2_client_secret"],
  google_compute_backend_service: ["iap.oauth2_client_secret"],
  google_monitoring_notification_channel: [
    "sensitive_labels.auth_token",
    "sensitive_labels.password",
    "sensitive_labels.service_key",
  ],
  google_monitoring_uptime_check_config: ["http_check.auth_info.password"],
  google_sql_user: ["password"],
  google_sql_database_instance: ["root_password"],
  google_storage_hmac_key: ["secret"],
  google_iap_client: ["secret"],
  google_service_account_key: ["private_key"],
  mongodbatlas_database_user: ["password"],
  mongodbatlas_alert_configuration: [
    "notification.api_token",
    "notification.datadog_api_key",
    "notification.ops_genie_api_key",
    "notification.service_key",
    "notification.victor_ops_api_key",
    "notification.webhook_secret",
    "notification.webhook_url",
    "notification.microsoft_teams_webhook_url",
  ],
  mongodbatlas_third_party_integration: [
    "api_key",
    "api_token",
    "password",
    "routing_key",
    "secret",
    "service_key",
    "url",
  ],
  mongodbatlas_ldap_configuration: ["bind_password"],
  mongodbatlas_project_api_key: ["private_key"],
  mongodbatlas_api_key: ["private_key"],
  mongodbatlas_encryption_at_rest: ["google_cloud_kms_config.service_account_key"],
};
