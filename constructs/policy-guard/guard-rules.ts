/** What a rule forbids or allows. */
export interface GuardRule {
  /** Google's name of the constraint. */
  readonly constraint: string;
  /** `enforced`: on or off. `nothing-allowed`: every value is denied. `listed`: only named values are allowed. */
  readonly kind: "enforced" | "nothing-allowed" | "listed";
  /** Why the platform has it. */
  readonly reason: string;
}

/**
 * Organisation policies by name. They are kept by Google whatever a state, a console or a script says.
 *
 * @see https://cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints
 */
export const guardRules = {
  "no-account-keys": {
    constraint: "iam.disableServiceAccountKeyCreation",
    kind: "enforced",
    reason: "A key file is a password that never expires; workloads sign in by their identity.",
  },
  "no-uploaded-account-keys": {
    constraint: "iam.disableServiceAccountKeyUpload",
    kind: "enforced",
    reason: "A key made elsewhere is a key all the same.",
  },
  "no-default-account-grants": {
    constraint: "iam.automaticIamGrantsForDefaultServiceAccounts",
    kind: "enforced",
    reason: "Default accounts would be Editors of the project from their first second on.",
  },
  "uniform-bucket-access": {
    constraint: "storage.uniformBucketLevelAccess",
    kind: "enforced",
    reason: "Who may read an object is said in one place, not object by object.",
  },
  "no-public-buckets": {
    constraint: "storage.publicAccessPrevention",
    kind: "enforced",
    reason: "What the public may read comes from Firebase Hosting, never from a bucket.",
  },
  "no-default-network": {
    constraint: "compute.skipDefaultNetworkCreation",
    kind: "enforced",
    reason: "The default network opens SSH and RDP to the world.",
  },
  "os-login": {
    constraint: "compute.requireOsLogin",
    kind: "enforced",
    reason: "Who may log in to a machine is a matter of IAM, not of keys in metadata.",
  },
  "no-serial-port": {
    constraint: "compute.disableSerialPortAccess",
    kind: "enforced",
    reason: "The serial port is reached from the Internet, past every firewall rule.",
  },
  "no-external-addresses": {
    constraint: "compute.vmExternalIpAccess",
    kind: "nothing-allowed",
    reason:
      "Machines leave through Cloud NAT; nothing comes in to them. Flexible services need internal addresses.",
  },
  "no-public-databases": {
    constraint: "sql.restrictPublicIp",
    kind: "enforced",
    reason: "Cloud SQL is reached from the private network only.",
  },
  "no-open-databases": {
    constraint: "sql.restrictAuthorizedNetworks",
    kind: "enforced",
    reason: "No range of the Internet is let in to Cloud SQL.",
  },
  "no-code-download": {
    constraint: "appengine.disableCodeDownload",
    kind: "enforced",
    reason: "What was deployed to App Engine is in the artifact bucket; nobody needs it back from a version.",
  },
  "members-of-domains": {
    constraint: "iam.allowedPolicyMemberDomains",
    kind: "listed",
    reason:
      "Rights go to people and accounts of the organisation only, never to a private address or everybody.",
  },
  "resource-locations": {
    constraint: "gcp.resourceLocations",
    kind: "listed",
    reason: "Data stays where the law and the customers expect it.",
  },
} as const satisfies Record<string, GuardRule>;

/** Name of a rule. */
export type GuardRuleName = keyof typeof guardRules;

/** Names of the rules that need values. */
export type ListedRuleName = {
  [Name in GuardRuleName]: (typeof guardRules)[Name]["kind"] extends "listed" ? Name : never;
}[GuardRuleName];

/** Names of the rules that are on or off. */
export type SwitchRuleName = Exclude<GuardRuleName, ListedRuleName>;

/** Every rule that is on or off. */
export const switchRules = (Object.keys(guardRules) as GuardRuleName[]).filter(
  (name): name is SwitchRuleName => guardRules[name].kind !== "listed",
);
