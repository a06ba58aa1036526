/**
 * Cloud Armor's ready-made rules against the attacks that OWASP's core rule set 3.3 knows, by what they look for.
 *
 * `methods` lets only GET, HEAD, POST and OPTIONS pass at sensitivity 1, so it is off unless it is wanted.
 *
 * @see https://cloud.google.com/armor/docs/waf-rules
 */
export const ruleSets = {
  "sql-injection": "sqli-v33-stable",
  "cross-site-scripting": "xss-v33-stable",
  "local-files": "lfi-v33-stable",
  "remote-files": "rfi-v33-stable",
  "remote-code": "rce-v33-stable",
  methods: "methodenforcement-v33-stable",
  scanners: "scannerdetection-v33-stable",
  protocol: "protocolattack-v33-stable",
  php: "php-v33-stable",
  "session-fixation": "sessionfixation-v33-stable",
  java: "java-v33-stable",
  nodejs: "nodejs-v33-stable",
  "known-exploits": "cve-canary",
} as const;

/** Name of a set of rules. */
export type RuleSet = keyof typeof ruleSets;

/**
 * How much a set of rules takes for an attack: 1 blocks what is one, hardly ever anything else; 4 blocks whatever could
 * be one.
 */
export type Sensitivity = 1 | 2 | 3 | 4;

/** The sets that are on unless they are switched off, for services that run Node.js. */
export const usualRules: Readonly<Partial<Record<RuleSet, Sensitivity>>> = {
  "sql-injection": 1,
  "cross-site-scripting": 1,
  "local-files": 1,
  "remote-files": 1,
  "remote-code": 1,
  scanners: 1,
  protocol: 1,
  "session-fixation": 1,
  nodejs: 1,
  "known-exploits": 1,
};

/** The expression of Cloud Armor that a set of rules becomes. */
export function attackExpression(set: RuleSet, sensitivity: Sensitivity, without: readonly string[]): string {
  const optOut =
    without.length > 0 ? `, 'opt_out_rule_ids': [${without.map((id) => `'${id}'`).join(", ")}]` : "";
  return `evaluatePreconfiguredWaf('${ruleSets[set]}', {'sensitivity': ${sensitivity}${optOut}})`;
}
